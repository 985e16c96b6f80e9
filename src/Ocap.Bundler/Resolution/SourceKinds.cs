namespace Ocap.Bundler.Resolution;

/// <summary>Which files can be modules, by their endings.</summary>
internal static class SourceKinds
{
    public static string Checked(string path, string specifier) => Path.GetExtension(path) switch
    {
        ".js" or ".mjs" or ".cjs" or ".ts" or ".mts" or ".json" or "" => path,
        ".node" => throw new ResolutionException($"\"{specifier}\" is native code of Node; vats run JavaScript only."),
        _ => throw new ResolutionException($"\"{specifier}\" is neither a .js, a .mjs, a .cjs, a .ts nor a .json file."),
    };

    /// <summary>What the ending says of the kind of module; null when it says nothing.</summary>
    public static bool? IsEsm(string path) => Path.GetExtension(path) switch
    {
        ".mjs" or ".mts" => true,
        ".cjs" => false,
        _ => null,
    };
}
