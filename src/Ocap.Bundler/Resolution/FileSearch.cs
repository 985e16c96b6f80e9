namespace Ocap.Bundler.Resolution;

/// <summary>Finds the file that a path without ending, or of a directory, means.</summary>
internal sealed class FileSearch(PackageFolders packages)
{
    private static readonly string[] Endings = ["", ".js", ".mjs", ".cjs", ".ts", ".json"];
    private static readonly string[] IndexFiles = ["index.js", "index.mjs", "index.cjs", "index.ts", "index.json"];

    /// <param name="path">The path that was named.</param>
    /// <param name="isDirectory">It can only be a directory: it ends in a slash or in dots.</param>
    /// <param name="isRequire">CommonJS wants it.</param>
    /// <returns>The file; null when there is none.</returns>
    public string? Find(string path, bool isDirectory, bool isRequire)
    {
        if (!isDirectory)
        {
            foreach (string ending in Endings)
            {
                if (File.Exists(path + ending))
                {
                    return path + ending;
                }
            }
            // TypeScript's authors name the file that a compiler would write.
            if (Path.GetExtension(path) is ".js" or ".mjs" && path[..^2] + "ts" is var source && File.Exists(source))
            {
                return source;
            }
        }
        return Directory.Exists(path) ? InDirectory(path, isRequire) : null;
    }

    /// <summary>The module that a directory stands for: the main file of its <c>package.json</c>, or its index.</summary>
    public string? InDirectory(string directory, bool isRequire)
    {
        if (packages.In(directory) is { } package)
        {
            foreach (string main in package.MainFiles(isRequire))
            {
                string path = Path.GetFullPath(Path.Combine(directory, main));
                if (!string.Equals(Path.TrimEndingDirectorySeparator(path), directory, StringComparison.Ordinal) && (Find(path, isDirectory: false, isRequire) ?? Index(path)) is { } file)
                {
                    return file;
                }
            }
        }
        return Index(directory);
    }

    private static string? Index(string directory) =>
        IndexFiles.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
