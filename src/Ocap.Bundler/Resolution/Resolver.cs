using Ocap.Bundler.BuiltIns;
using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Resolution;

/// <summary>Finds what an import specifier means: a file, a file of an installed package, or one of the built-in modules.</summary>
internal sealed class Resolver(BundleOptions options, Warnings warnings)
{
    private readonly PackageFolders _packages = new(options);
    private readonly RealPaths _realPaths = new();
    private readonly StandIns _standIns = new(warnings);

    private FileSearch Files => field ??= new FileSearch(_packages);

    /// <summary>Says, once, which packages the built-in modules had to stand in for.</summary>
    public void WarnOfStandIns() => _standIns.Warn();

    /// <exception cref="ResolutionException">There is no such module, or it cannot be used.</exception>
    public Resolved Resolve(Module importer, string specifier, bool isRequire)
    {
        if (importer.File is not { } file)
        {
            return BuiltInModules.Has(specifier) ? new Resolved(null, specifier) : throw new ResolutionException($"A built-in module cannot import \"{specifier}\".");
        }
        string directory = Path.GetDirectoryName(file)!;
        Resolved found = IsRelative(specifier) ? Relative(directory, specifier, isRequire) : Bare(directory, specifier, isRequire);
        return found.File is { } path ? found with { File = SourceKinds.Checked(path, specifier) } : found;
    }

    /// <summary>The path of a file without links.</summary>
    public string RealPath(string path) => File.Exists(path) ? _realPaths.Of(path) : path;

    /// <summary>The package that a file belongs to.</summary>
    public PackageJson? PackageOf(string file) => _packages.Around(Path.GetDirectoryName(file)!);

    private static bool IsRelative(string specifier) =>
        specifier is "." or ".." || specifier.StartsWith("./", StringComparison.Ordinal) || specifier.StartsWith("../", StringComparison.Ordinal);

    private static bool NamesDirectory(string specifier) => specifier.EndsWith('/') || specifier.Split('/')[^1] is "." or "..";

    private Resolved Relative(string directory, string specifier, bool isRequire)
    {
        string wanted = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(directory, specifier)));
        return Files.Find(wanted, NamesDirectory(specifier), isRequire) is { } file
            ? InBrowser(file, isRequire)
            : throw new ResolutionException($"\"{specifier}\" is not there (looked for {SourceReader.DisplayName(wanted, options.DisplayDirectory)}).", isAbsent: true);
    }

    private Resolved Bare(string directory, string specifier, bool isRequire)
    {
        PackageJson? own = _packages.Around(directory);
        if (own is not null && own.Browser.TryReplace(specifier, out string? replacement))
        {
            return Replacement(own, replacement, isRequire);
        }
        if (specifier.StartsWith('#'))
        {
            return own?.Imports is { } imports && ExportsMap.Match(imports, specifier, isRequire) is { } target
                ? IsRelative(target) ? Relative(own.Directory, target, isRequire) : Bare(own.Directory, target, isRequire)
                : throw new ResolutionException($"\"{specifier}\" is not among the \"imports\" of the package.json around this file.", isAbsent: true);
        }
        if (NodeModules.Refusal(specifier) is { } isNode && _packages.Find(directory, Specifier.Parse(specifier).Package) is null)
        {
            throw new ResolutionException(isNode);
        }
        if (specifier.StartsWith('/') || specifier.Contains(':', StringComparison.Ordinal))
        {
            throw new ResolutionException($"\"{specifier}\" cannot be imported: name a file relative to this one (\"./…\"), or a package.");
        }
        if (own?.Exports is { } exports && Specifier.Parse(specifier) is var (package, subpath) && string.Equals(package, own.Name, StringComparison.Ordinal))
        {
            return Exported(own, exports, specifier, subpath, isRequire);
        }
        return Package(directory, specifier, isRequire);
    }

    private Resolved Package(string directory, string specifier, bool isRequire)
    {
        var (name, subpath) = Specifier.Parse(specifier);
        if (name.Length == 0)
        {
            throw new ResolutionException($"\"{specifier}\" is no name of a package.");
        }
        if (_packages.Find(directory, name) is not { } folder)
        {
            return _standIns.TryFor(specifier, name) ?? throw new ResolutionException(
                $"\"{specifier}\" is not installed: no node_modules from {SourceReader.DisplayName(directory, options.DisplayDirectory)} upwards has it. Get it with: npm install {name}", isAbsent: true);
        }
        if (_packages.In(folder) is { Exports: { } exports } package)
        {
            return BuiltInModules.Has(specifier) && ExportsMap.Export(exports, subpath, isRequire) is null
                ? _standIns.TryFor(specifier, name)!.Value
                : Exported(package, exports, specifier, subpath, isRequire);
        }
        string? file = subpath is "." ? Files.InDirectory(folder, isRequire) : Files.Find(Path.GetFullPath(Path.Combine(folder, subpath)), NamesDirectory(subpath), isRequire);
        return file is not null ? InBrowser(file, isRequire) : throw new ResolutionException(subpath is "."
            ? $"The package \"{name}\" has no main module."
            : $"The package \"{name}\" has no module \"{subpath}\".", isAbsent: true);
    }

    private Resolved Exported(PackageJson package, System.Text.Json.JsonElement exports, string specifier, string subpath, bool isRequire)
    {
        if (ExportsMap.Export(exports, subpath, isRequire) is not { } target)
        {
            throw new ResolutionException($"\"{specifier}\" is not exported: the \"exports\" of its package.json have no \"{subpath}\" for {(isRequire ? "require" : "import")}.", isAbsent: true);
        }
        string path = Path.GetFullPath(Path.Combine(package.Directory, target));
        if (!path.StartsWith(package.Directory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ResolutionException($"\"{specifier}\" is exported as \"{target}\", which is outside of its package.");
        }
        return File.Exists(path) ? InBrowser(path, isRequire) : throw new ResolutionException($"\"{specifier}\" is exported as \"{target}\", and that file is missing from the package.", isAbsent: true);
    }

    // The package that a file belongs to may name another file for use without Node.
    private Resolved InBrowser(string file, bool isRequire)
    {
        string real = _realPaths.Of(file);
        return PackageOf(real) is { } package && package.Browser.TryReplace("./" + SourceReader.DisplayName(real, package.Directory), out string? replacement)
            ? Replacement(package, replacement, isRequire)
            : new Resolved(real, null);
    }

    private Resolved Replacement(PackageJson package, string? replacement, bool isRequire)
    {
        if (replacement is null)
        {
            return Resolved.Empty;
        }
        if (!IsRelative(replacement) && _packages.Find(package.Directory, Specifier.Parse(replacement).Package) is not null)
        {
            return Package(package.Directory, replacement, isRequire);
        }
        return Files.Find(Path.GetFullPath(Path.Combine(package.Directory, replacement)), isDirectory: false, isRequire) is { } file
            ? new Resolved(_realPaths.Of(file), null)
            : throw new ResolutionException($"The \"browser\" map of \"{package.Name}\" names \"{replacement}\", which is missing.", isAbsent: true);
    }
}
