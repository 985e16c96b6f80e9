using System.Security.Cryptography;
using System.Text.Json;
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
    public async Task An_output_directory_must_be_one()
    {
        await using TestHome home = new();
        string source = Path.Combine(home.Root, "a.js"), link = Path.Combine(home.Root, "link");
        await File.WriteAllTextAsync(source, Module);
        File.CreateSymbolicLink(link, "nowhere");
        await Assert.That(await home.RunAsync("bundle", source, "-o", source)).IsEqualTo(new CommandResult(1, "", $"--out-dir must name a directory, and {source} is a file.\n"));
        await Assert.That(await home.RunAsync("bundle", source, "-o", link)).IsEqualTo(new CommandResult(1, "", $"--out-dir must name a directory, and {link} is a link to nowhere, which is not there.\n"));
        await Assert.That(await home.RunAsync("watch", link)).IsEqualTo(new CommandResult(1, "", $"{link} is a link to nowhere, which is not there.\n"));
    }

    [Test]
    [Arguments("", "is empty; a vat cannot start from this bundle.")]
    [Arguments(" \n", "is empty; a vat cannot start from this bundle.")]
    [Arguments("// nothing\n", "exports no buildRootObject; a vat cannot start from this bundle.")]
    [Arguments("exports.x = 1;\n", "exports no buildRootObject; a vat cannot start from this bundle.")]
    [Arguments("exports.buildRootObject = () => 1;\n", null)]
    public async Task A_module_that_no_vat_can_start_from_is_bundled_with_a_warning(string source, string? warning)
    {
        await using TestHome home = new();
        await File.WriteAllTextAsync(Path.Combine(home.Root, "a.js"), source);
        CommandResult result = await Command.RunAsync(OcapBinary.Path, ["bundle", "a.js"], home.Environment, directory: home.Root);
        await Assert.That((result.ExitCode, result.Error)).IsEqualTo((0, warning is null ? "" : $"Warning: a.js: {warning}\n"));
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

    [Test]
    public async Task A_failure_shows_the_line_a_caret_and_the_import_chain()
    {
        await using TestHome home = new();
        await File.WriteAllTextAsync(Path.Combine(home.Root, "vat.js"), "import './lib.js';\n");
        await File.WriteAllTextAsync(Path.Combine(home.Root, "lib.js"), "\nlet x = ;\n");
        CommandResult result = await InAsync(home, "bundle", "vat.js");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", "lib.js:2:9: Unexpected token ';'.\n  2 | let x = ;\n    |         ^\n  imported by vat.js\n"));
    }

    [Test]
    public async Task Many_are_told_in_the_order_they_were_named_and_none_leaves_a_part_behind()
    {
        await using TestHome home = new();
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"v{39 - i:00}")];
        foreach (string name in names)
            await File.WriteAllTextAsync(Path.Combine(home.Root, name + ".mjs"), Module);
        CommandResult result = await InAsync(home, ["bundle", .. names.Select(n => n + ".mjs"), names[0] + ".mjs", "-o", "out/deep"]);
        await Assert.That(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Path.GetFileNameWithoutExtension(l.Split(": ")[0]))).IsEquivalentTo(names);
        await Assert.That(result.Output).StartsWith($"Wrote {home.Root}/out/deep/v39.bundle: ");
        await Assert.That(result.Error).IsEqualTo("");
        await Assert.That(Directory.EnumerateFiles(Path.Combine(home.Root, "out", "deep")).Count()).IsEqualTo(40);
    }

    [Test]
    public async Task Two_that_would_be_written_to_one_file_are_refused_and_the_rest_is_written()
    {
        await using TestHome home = new();
        foreach (string name in (string[])["a.js", "a.mjs", "b.js"])
            await File.WriteAllTextAsync(Path.Combine(home.Root, name), Module);
        CommandResult result = await InAsync(home, "bundle", "a.js", "a.mjs", "b.js");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).StartsWith($"a.js and a.mjs would both be written to {home.Root}/a.bundle. ");
        await Assert.That(Directory.EnumerateFiles(home.Root, "*.bundle").Select(f => Path.GetFileName(f)!)).IsEquivalentTo((string[])["b.bundle"]);
    }

    [Test]
    public async Task The_summary_is_JSON_and_holds_what_failed()
    {
        await using TestHome home = new();
        await File.WriteAllTextAsync(Path.Combine(home.Root, "a.js"), Module);
        await File.WriteAllTextAsync(Path.Combine(home.Root, "b.js"), "import './a.js';\nimport { no } from './a.js';\n");
        CommandResult result = await InAsync(home, "bundle", "--json", "a.js", "b.js");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement made = json.RootElement[0];
        byte[] bundle = await File.ReadAllBytesAsync(Path.Combine(home.Root, "a.bundle"));
        await Assert.That(made.GetProperty("sha256").GetString()).IsEqualTo(Convert.ToHexStringLower(SHA256.HashData(bundle)));
        await Assert.That(made.GetProperty("bytes").GetInt32()).IsEqualTo(bundle.Length);
        await Assert.That(made.GetProperty("modules").GetInt32()).IsEqualTo(1);
        JsonElement error = json.RootElement[1].GetProperty("error");
        await Assert.That((error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32())).IsEqualTo(("b.js", 2, 10));
        await Assert.That(result.Error).StartsWith("b.js:2:10: ");
    }

    [Test]
    public async Task One_bundle_can_be_printed_instead_of_written()
    {
        await using TestHome home = new();
        await File.WriteAllTextAsync(Path.Combine(home.Root, "a.js"), Module);
        CommandResult printed = await InAsync(home, "bundle", "a.js", "--stdout");
        await Assert.That(File.Exists(Path.Combine(home.Root, "a.bundle"))).IsFalse();
        await InAsync(home, "bundle", "a.js");
        await Assert.That(printed).IsEqualTo(new CommandResult(0, await File.ReadAllTextAsync(Path.Combine(home.Root, "a.bundle")), ""));
        CommandResult two = await InAsync(home, "bundle", "a.js", "b.js", "--stdout");
        await Assert.That(two).IsEqualTo(new CommandResult(1, "", "--stdout prints one bundle, and 2 would be made. Name one module.\n"));
    }

    [Test]
    public async Task A_person_at_a_terminal_sees_how_far_it_is()
    {
        await using TestHome home = new();
        foreach (string name in (string[])["a.js", "b.js", "c.js"])
            await File.WriteAllTextAsync(Path.Combine(home.Root, name), Module);
        CommandResult result = await Command.RunAsync("script", ["-qec", $"{OcapBinary.Path} bundle a.js b.js c.js >out.txt", "/dev/null"], home.With(new() { ["TERM"] = "xterm" }), directory: home.Root);
        await Assert.That(result.Output).Contains("\r\e[KBundling (1 of 3)").And.EndsWith("\r\e[K");
        await Assert.That((await File.ReadAllLinesAsync(Path.Combine(home.Root, "out.txt"))).Length).IsEqualTo(3);
    }

    private static Task<CommandResult> InAsync(TestHome home, params string[] arguments) => Command.RunAsync(OcapBinary.Path, arguments, home.Environment, directory: home.Root);
}
