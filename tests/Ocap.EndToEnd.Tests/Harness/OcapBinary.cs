namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>The executable under test: what OCAP_BINARY names, else <c>artifacts/ocap</c> of this repository.</summary>
internal static class OcapBinary
{
    internal static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("OCAP_BINARY") is { Length: > 0 } named)
            return System.IO.Path.GetFullPath(named);
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(at.FullName, "ocap.slnx")))
                continue;
            string built = System.IO.Path.Combine(at.FullName, "artifacts", "ocap");
            return File.Exists(built) ? built : throw new InvalidOperationException($"There is no {built}: run scripts/build.sh, or set OCAP_BINARY.");
        }
        throw new InvalidOperationException("The repository was not found above the tests: set OCAP_BINARY.");
    }
}
