using Ocap.Bundler.BuiltIns;

namespace Ocap.Bundler.Graph;

/// <summary>Finds the module an import specifier means: a file beside the importer, or one of the built-in modules.</summary>
internal sealed class Resolver(string displayDirectory, Warnings warnings)
{
    private static readonly string[] DirectoryEndings = ["/index.js", "/index.mjs"];
    private static readonly string[] Endings = ["", ".js", ".mjs", ".json", .. DirectoryEndings];

    public ModuleSource Resolve(Module importer, ImportRequest request)
    {
        string specifier = request.Specifier;
        if (IsRelative(specifier))
        {
            return importer.File is { } file ? Relative(importer, request, file) : throw importer.Error(request.Index, $"A built-in module cannot import the file \"{specifier}\".");
        }
        if (specifier.StartsWith('/') || specifier.Contains(':', StringComparison.Ordinal))
        {
            throw importer.Error(request.Index, specifier.StartsWith("node:", StringComparison.Ordinal)
                ? $"\"{specifier}\" is a module of Node; vats have none of those."
                : $"\"{specifier}\" cannot be imported: name a file relative to this one (\"./…\"), or a package.");
        }
        return Package(importer, request);
    }

    private static bool IsRelative(string specifier) =>
        specifier is "." or ".." || specifier.StartsWith("./", StringComparison.Ordinal) || specifier.StartsWith("../", StringComparison.Ordinal);

    private static bool NamesDirectory(string specifier) => specifier.EndsWith('/') || specifier.Split('/')[^1] is "." or "..";

    private ModuleSource Relative(Module importer, ImportRequest request, string file)
    {
        string wanted = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, request.Specifier)));
        foreach (string ending in NamesDirectory(request.Specifier) ? DirectoryEndings : Endings)
        {
            string path = Path.GetFullPath(wanted + ending);
            if (!File.Exists(path))
            {
                continue;
            }
            if (Path.GetExtension(path) is not (".js" or ".mjs" or ".json"))
            {
                throw importer.Error(request.Index, $"\"{request.Specifier}\" is neither a .js, a .mjs nor a .json file.");
            }
            path = SourceReader.RealPath(path);
            return SourceReader.TryRead(path, SourceReader.DisplayName(path, displayDirectory), out ModuleSource? source, out string? failure)
                ? source
                : throw importer.Error(request.Index, $"\"{request.Specifier}\" cannot be used. {failure}");
        }
        throw importer.Error(request.Index, $"\"{request.Specifier}\" is not there (looked for {SourceReader.DisplayName(wanted, displayDirectory)}).");
    }

    private ModuleSource Package(Module importer, ImportRequest request)
    {
        string specifier = request.Specifier;
        ModuleSource? builtIn = BuiltInModules.Find(specifier);
        string package = PackageName(specifier);
        bool isInstalled = importer.File is { } file && IsInstalled(Path.GetDirectoryName(file)!, package);
        if (builtIn is not null)
        {
            if (isInstalled)
            {
                warnings.Add(importer.Note(request.Index, $"\"{specifier}\" is in node_modules, which this version of ocap does not bundle from; its built-in \"{specifier}\" is used."));
            }
            return builtIn;
        }
        throw importer.Error(request.Index, isInstalled
            ? $"\"{specifier}\" is in node_modules, but this version of ocap bundles only relative files and its built-in modules ({BuiltInModules.Listing})."
            : $"\"{specifier}\" is not known here: it is neither a relative file (\"./…\") nor one of the built-in modules ({BuiltInModules.Listing}).");
    }

    private static string PackageName(string specifier)
    {
        string[] parts = specifier.Split('/', 3);
        return specifier.StartsWith('@') && parts.Length > 1 ? $"{parts[0]}/{parts[1]}" : parts[0];
    }

    private static bool IsInstalled(string directory, string package)
    {
        for (string? at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (package.Length > 0 && Directory.Exists(Path.Combine(at, "node_modules", package)))
            {
                return true;
            }
        }
        return false;
    }
}
