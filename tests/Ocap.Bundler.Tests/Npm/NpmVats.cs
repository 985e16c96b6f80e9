using System.Runtime.CompilerServices;

namespace Ocap.Bundler.Tests.Npm;

/// <summary>The vats of <c>npm/vats</c>, which import real packages, and the tools beside them.</summary>
internal static class NpmVats
{
    /// <summary>The folder that holds <c>package.json</c> and <c>node_modules</c>.</summary>
    internal static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "npm"));

    /// <summary>A vat beside them that is about CommonJS requiring ES modules.</summary>
    internal const string Mixed = "mixed";

    internal static IEnumerable<string> Names => Directory.EnumerateFiles(Path.Combine(Folder, "vats"), "*.js").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    internal static BundleResult Build(string name) => Bundle.Build(Path.Combine(Folder, name is Mixed ? Mixed : "vats", name + ".js"), new BundleOptions { DisplayDirectory = Folder });

    /// <summary>What a script of the folder prints.</summary>
    internal static Task<string> NodeAsync(string script, params string[] arguments) => NodeProcess.RunAsync(Folder, [Path.Combine(Folder, script), .. arguments]);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
