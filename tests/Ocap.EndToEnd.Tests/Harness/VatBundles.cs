namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>The vats under <c>vats/</c>, bundled once by the executable under test.</summary>
internal static class VatBundles
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    /// <summary>The bundle of <c>vats/&lt;name&gt;.js</c>.</summary>
    internal static async Task<string> PathAsync(string name) => Path.Combine(await Made.Value, name + ".bundle");

    /// <summary>Bundles one source text into a directory of the test's own.</summary>
    internal static async Task<string> WriteAsync(string directory, string name, string source)
    {
        string path = Path.Combine(directory, name + ".js");
        await File.WriteAllTextAsync(path, source);
        CommandResult result = await Command.RunAsync(OcapBinary.Path, ["bundle", path], new Dictionary<string, string?>(StringComparer.Ordinal));
        return result.ExitCode == 0 ? Path.ChangeExtension(path, ".bundle") : throw new InvalidOperationException(result.Error);
    }

    [After(TestSession)]
    public static async Task RemoveAsync()
    {
        if (Made.IsValueCreated)
            Directory.Delete(await Made.Value, recursive: true);
    }

    private static async Task<string> MakeAsync()
    {
        string directory = Directory.CreateTempSubdirectory("ocap-vats-").FullName;
        List<string> files = [];
        foreach (string source in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "vats"), "*.js"))
        {
            files.Add(Path.Combine(directory, Path.GetFileName(source)));
            File.Copy(source, files[^1]);
        }
        CommandResult result = await Command.RunAsync(OcapBinary.Path, ["bundle", .. files], new Dictionary<string, string?>(StringComparer.Ordinal));
        return result.ExitCode == 0 ? directory : throw new InvalidOperationException(result.Error);
    }
}
