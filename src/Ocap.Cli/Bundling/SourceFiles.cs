using Ocap.Daemon.Home;

namespace Ocap.Cli.Bundling;

/// <summary>Which files are modules of their own, and where their bundles go (spec/cli.md §6).</summary>
internal static class SourceFiles
{
    internal const string BundleExtension = ".bundle";

    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Reads a source. One may have 64 MiB.</summary>
    internal static byte[] Read(string path) => RegularFile.Read(path, MostBytes);

    /// <summary>What <c>bundle</c> takes of a directory: the modules directly in it, in the order of their names.</summary>
    internal static IEnumerable<string> In(string directory) => Directory.EnumerateFiles(directory)
        .Where(f => Path.GetExtension(f) is ".js" or ".mjs" or ".ts" && !IsDeclarations(f))
        .Order(StringComparer.Ordinal);

    /// <summary>The bundle beside a source, or in another directory.</summary>
    internal static string BundleOf(string source, string? directory = null)
    {
        string beside = Path.GetFullPath(Path.ChangeExtension(source, BundleExtension));
        return directory is null ? beside : Path.Combine(Path.GetFullPath(directory), Path.GetFileName(beside));
    }

    private static bool IsDeclarations(string path) => path.EndsWith(".d.ts", StringComparison.Ordinal);
}
