using System.Text.Json;
using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Resolution;

/// <summary>Finds packages as Node does: in the <c>node_modules</c> of each directory upwards. What is known of a directory is kept for the run.</summary>
internal sealed class PackageFolders(BundleOptions options)
{
    private readonly Dictionary<string, PackageJson?> _inDirectory = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PackageJson?> _around = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Directory, string Package), string?> _found = [];

    /// <summary>The package that the files of <paramref name="directory"/> belong to.</summary>
    public PackageJson? Around(string directory)
    {
        if (!_around.TryGetValue(directory, out PackageJson? package))
        {
            bool isBoundary = Path.GetFileName(directory) is "node_modules";
            package = isBoundary ? null : In(directory) ?? (Path.GetDirectoryName(directory) is { } parent ? Around(parent) : null);
            _around.Add(directory, package);
        }
        return package;
    }

    /// <summary>The <c>package.json</c> right in <paramref name="directory"/>.</summary>
    public PackageJson? In(string directory)
    {
        if (!_inDirectory.TryGetValue(directory, out PackageJson? package))
        {
            try
            {
                package = PackageJson.Read(directory, options.Read);
            }
            catch (JsonException e)
            {
                throw new ResolutionException($"{DisplayName()} is not valid JSON: {e.Message}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ResolutionException($"{DisplayName()} cannot be read: {e.Message}");
            }
            _inDirectory.Add(directory, package);
        }
        return package;

        string DisplayName() => SourceReader.DisplayName(Path.Combine(directory, "package.json"), options.DisplayDirectory);
    }

    /// <summary>The directory of the package called <paramref name="name"/> as seen from <paramref name="directory"/>; null when it is not installed.</summary>
    public string? Find(string directory, string name)
    {
        if (_found.TryGetValue((directory, name), out string? found))
        {
            return found;
        }
        string candidate = Path.Combine(directory, "node_modules", name);
        found = Path.GetFileName(directory) is not "node_modules" && Directory.Exists(candidate)
            ? candidate
            : Path.GetDirectoryName(directory) is { } parent ? Find(parent, name) : null;
        _found.Add((directory, name), found);
        return found;
    }
}
