namespace Ocap.Bundler.Resolution;

/// <summary>One file is one module, under whichever link it or a directory above it is found. Directories are asked once.</summary>
internal sealed class RealPaths
{
    private readonly Dictionary<string, string> _directories = new(StringComparer.Ordinal);

    /// <summary>The path without links of a file or directory.</summary>
    public string Of(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }
        string real = Path.Combine(Directory(parent), Path.GetFileName(path));
        return Target(real) is { } target ? Of(target) : real;
    }

    /// <summary>A link to nothing, or in a circle, stays what it is: whoever reads it is told.</summary>
    private static string? Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target && Path.Exists(target.FullName) ? target.FullName : null;
        }
        catch (IOException)
        {
            return null;
        }
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
