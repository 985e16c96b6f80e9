namespace Ocap.Bundler.Resolution;

/// <summary>One file is one module, under whichever link it or a directory above it is found. Directories are asked once.</summary>
internal sealed class RealPaths
{
    private readonly Dictionary<string, string> _directories = new(StringComparer.Ordinal);

    /// <summary>The path without links of a file or directory that exists.</summary>
    public string Of(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }
        string real = Path.Combine(Directory(parent), Path.GetFileName(path));
        return File.ResolveLinkTarget(real, returnFinalTarget: true) is { } target ? Of(target.FullName) : real;
    }

    private string Directory(string path)
    {
        if (!_directories.TryGetValue(path, out string? real))
        {
            real = Of(path);
            _directories.Add(path, real);
        }
        return real;
    }
}
