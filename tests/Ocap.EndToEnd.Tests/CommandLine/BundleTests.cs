using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.CommandLine;

public sealed class BundleTests
{
    private const string Module = "export function buildRootObject() { return {}; }\n";

    [Test]
    public async Task A_bundle_is_written_beside_its_module_and_no_home_is_made()
    {
        await using TestHome home = new();
        string source = Path.Combine(home.Root, "a.vat.js");
        await File.WriteAllTextAsync(source, Module);
        CommandResult result = await Command.RunAsync(OcapBinary.Path, ["bundle", "a.vat.js"], home.Environment, directory: home.Root);
        string bundle = Path.Combine(home.Root, "a.vat.bundle");
        await Assert.That(result).IsEqualTo(new CommandResult(0, $"Wrote {bundle}: {new FileInfo(bundle).Length} bytes\n", ""));
        await Assert.That(Directory.Exists(home.Ocap)).IsFalse();
    }

    [Test]
    public async Task A_directory_stands_for_the_modules_directly_in_it()
    {
        await using TestHome home = new();
        string directory = Directory.CreateDirectory(Path.Combine(home.Root, "d", "deeper")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "b.js"), Module);
        await File.WriteAllTextAsync(Path.Combine(directory, "a.js"), Module);
        await File.WriteAllTextAsync(Path.Combine(directory, "notes.txt"), "");
        await File.WriteAllTextAsync(Path.Combine(directory, "deeper", "c.js"), Module);
        CommandResult result = await home.RunAsync("bundle", directory);
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Output).StartsWith($"Bundling directory: {directory}\nWrote {directory}/a.bundle: ");
        await Assert.That(Directory.EnumerateFiles(home.Root, "*.bundle", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!)).IsEquivalentTo((string[])["a.bundle", "b.bundle"]);
    }

    [Test]
    public async Task One_that_fails_is_told_on_standard_error_and_the_others_are_written()
    {
        await using TestHome home = new();
        string good = Path.Combine(home.Root, "good.js");
        string bad = Path.Combine(home.Root, "bad.js");
        await File.WriteAllTextAsync(good, Module);
        await File.WriteAllTextAsync(bad, "export const = 1;");
        CommandResult result = await home.RunAsync("bundle", bad, Path.Combine(home.Root, "missing.js"), good);
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains("bad.js").And.Contains("missing.js");
        await Assert.That(result.Output).StartsWith($"Wrote {home.Root}/good.bundle: ");
        await Assert.That(File.Exists(Path.Combine(home.Root, "bad.bundle"))).IsFalse();
    }
}
