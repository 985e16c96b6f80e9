using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.CommandLine;

/// <summary>Each test reads the lines a person would see, in order: what is said too often fails it as much as what is not said.</summary>
public sealed class WatchTests
{
    private const string Vat = "export const buildRootObject = () => ({});\n";
    private const string Importer = "import { a } from '../shared/lib.mjs';\nexport const buildRootObject = () => a;\n";

    [Test]
    public async Task Initial_sources_are_bundled_at_every_depth_but_what_npm_installed_is_not()
    {
        await using Tree tree = new();
        await tree.WriteAsync("vats/b.js", Vat);
        await tree.WriteAsync("vats/deep/er/a.js", Vat);
        await tree.WriteAsync("vats/node_modules/p/index.js", Vat);
        await tree.WriteAsync("vats/notes.txt", "");
        await using RunningCommand watch = await tree.WatchAsync();
        await Assert.That(await LinesAsync(watch, 4)).IsEquivalentTo([
            $"Source file added: {tree.Of("vats/b.js")}", $"Source file added: {tree.Of("vats/deep/er/a.js")}", Wrote(tree, "vats/b.bundle"), Wrote(tree, "vats/deep/er/a.bundle"),
        ]);
        await Assert.That(await watch.EndAsync()).IsEqualTo(new CommandResult(130, "", ""));
        await Assert.That(File.Exists(tree.Of("vats/node_modules/p/index.bundle"))).IsFalse();
    }

    [Test]
    public async Task Sources_that_come_change_and_go_take_their_bundles_with_them()
    {
        await using Tree tree = new();
        await using RunningCommand watch = await tree.WatchAsync();
        await tree.WriteAsync("vats/new/a.js", Vat);
        await Assert.That(await LinesAsync(watch, 2)).IsEquivalentTo([$"Source file added: {tree.Of("vats/new/a.js")}", Wrote(tree, "vats/new/a.bundle")]);
        await tree.WriteAsync("vats/new/a.js", Vat + "// and more\nexport const more = 1;\n");
        await Assert.That(await LinesAsync(watch, 2)).IsEquivalentTo([$"Source file changed: {tree.Of("vats/new/a.js")}", Wrote(tree, "vats/new/a.bundle")]);
        File.Delete(tree.Of("vats/new/a.js"));
        await Assert.That(await LinesAsync(watch, 2)).IsEquivalentTo([$"Source file removed: {tree.Of("vats/new/a.js")}", $"Removed: {tree.Of("vats/new/a.bundle")}"]);
        await Assert.That(File.Exists(tree.Of("vats/new/a.bundle"))).IsFalse();
        await tree.WriteAsync("vats/b.js", Vat);
        await Assert.That(await LinesAsync(watch, 2)).IsEquivalentTo([$"Source file added: {tree.Of("vats/b.js")}", Wrote(tree, "vats/b.bundle")]);
        Directory.Move(tree.Of("vats"), tree.Of("elsewhere"));
        await Assert.That(await watch.ErrorAsync()).IsEqualTo($"{tree.Of("vats")} is gone.");
    }

    /// <summary>Same length and, by the clock's grain, perhaps the same time: only the event tells.</summary>
    [Test]
    [Arguments("rename")]
    [Arguments("rewrite")]
    public async Task However_an_editor_saves_the_new_text_is_bundled_once(string way)
    {
        await using Tree tree = new();
        string source = tree.Of("vats/a.js");
        await tree.WriteAsync("vats/a.js", "export const v = 10;\n");
        await using RunningCommand watch = await tree.WatchAsync();
        await LinesAsync(watch, 2);
        for (int v = 11; v < 16; v++)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"export const v = {v};\n");
            if (way is "rename")
                await tree.WriteAsync("vats/a.js", text);
            else
                await File.WriteAllTextAsync(source, text);
            await Assert.That(await LinesAsync(watch, 2)).IsEquivalentTo([$"Source file changed: {source}", Wrote(tree, "vats/a.bundle")]);
            await Assert.That(await File.ReadAllTextAsync(tree.Of("vats/a.bundle"))).Contains(string.Create(CultureInfo.InvariantCulture, $"v = {v};"));
        }
    }

    /// <summary>Some move the old text away first. How many lines that makes depends on how fast they are; what is bundled in the end does not.</summary>
    [Test]
    public async Task A_source_that_is_moved_away_and_written_anew_is_bundled_in_the_end()
    {
        await using Tree tree = new();
        await tree.WriteAsync("vats/a.js", Vat);
        await using RunningCommand watch = await tree.WatchAsync();
        await LinesAsync(watch, 2);
        File.Move(tree.Of("vats/a.js"), tree.Of("vats/a.js.bak"));
        await File.WriteAllTextAsync(tree.Of("vats/a.js"), "export const v = 2;\n");
        do
            await watch.UntilAsync("Wrote ");
        while (!(await File.ReadAllTextAsync(tree.Of("vats/a.bundle"))).Contains("v = 2;", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_changed_dependency_outside_of_the_directory_rebuilds_every_bundle_it_is_in_and_no_other()
    {
        await using Tree tree = new();
        await tree.WriteAsync("shared/lib.mjs", "export const a = 1;\n");
        await tree.WriteAsync("vats/one.js", Importer);
        await tree.WriteAsync("vats/two.js", Importer);
        await tree.WriteAsync("vats/three.js", Vat);
        await using RunningCommand watch = await tree.WatchAsync();
        await LinesAsync(watch, 6);
        await tree.WriteAsync("shared/lib.mjs", "export const a = 22;\n");
        await Assert.That(await LinesAsync(watch, 3)).IsEquivalentTo([$"Source file changed: {tree.Of("shared/lib.mjs")}", Wrote(tree, "vats/one.bundle"), Wrote(tree, "vats/two.bundle")]);
        await Assert.That(await File.ReadAllTextAsync(tree.Of("vats/two.bundle"))).Contains("a = 22;");
        await Assert.That(await watch.EndAsync("TERM")).IsEqualTo(new CommandResult(0, "", ""));
    }

    [Test]
    public async Task A_failure_is_told_once_and_its_end_too_wherever_what_was_missing_turns_up()
    {
        await using Tree tree = new();
        await tree.WriteAsync("vats/one.js", Importer);
        await tree.WriteAsync("vats/two.js", Vat);
        await using RunningCommand watch = await tree.WatchAsync();
        await LinesAsync(watch, 3);
        await Assert.That(await watch.ErrorAsync()).IsEqualTo("Failed to bundle file: vats/one.js:1:19: \"../shared/lib.mjs\" is not there (looked for shared/lib.mjs).");
        await Assert.That(await watch.ErrorAsync()).IsEqualTo("  1 | import { a } from '../shared/lib.mjs';");
        await Assert.That(await watch.ErrorAsync()).IsEqualTo("    |                   ^");
        await tree.WriteAsync("vats/two.js", Vat + Vat);
        await Assert.That(await watch.LineAsync()).IsEqualTo($"Source file changed: {tree.Of("vats/two.js")}");
        await Assert.That(await watch.ErrorAsync()).StartsWith("Failed to bundle file: vats/two.js:2:14: ");
        await tree.WriteAsync("vats/two.js", Vat);
        await Assert.That(await LinesAsync(watch, 2)).IsEquivalentTo([$"Source file changed: {tree.Of("vats/two.js")}", Wrote(tree, "vats/two.bundle")]);
        await tree.WriteAsync("shared/lib.mjs", "export const a = 1;\n");
        await Assert.That(await LinesAsync(watch, 2)).IsEquivalentTo([Wrote(tree, "vats/one.bundle"), "All bundles are up to date again."]);
        CommandResult end = await watch.EndAsync();
        await Assert.That((end.ExitCode, end.Output)).IsEqualTo((130, ""));
        await Assert.That(end.Error).DoesNotContain("Failed");
    }

    [Test]
    public async Task Start_watches_and_serves_what_it_wrote()
    {
        await using Tree tree = new();
        await tree.WriteAsync("vats/a.js", "export const v = 1;\n");
        await using RunningCommand start = RunningCommand.Start(tree.Home, "start", "vats", "-p", "0");
        string ready = $"Bundling and serving {tree.Of("vats")} on localhost:";
        List<string> lines = await start.UntilAsync(ready);
        await Assert.That(lines.Select(WithoutSize).SkipLast(1)).IsEquivalentTo([$"Watching {tree.Of("vats")}...", $"Source file added: {tree.Of("vats/a.js")}", Wrote(tree, "vats/a.bundle")]);
        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(20) };
        string url = $"http://localhost:{lines[^1][ready.Length..]}/a.bundle";
        await Assert.That(await client.GetStringAsync(url)).Contains("v = 1;");
        await tree.WriteAsync("vats/a.js", "export const v = 22;\n");
        await LinesAsync(start, 2);
        await Assert.That(await client.GetStringAsync(url)).Contains("v = 22;");
        CommandResult second = await Command.RunAsync(OcapBinary.Path, ["start", "vats", "-p", lines[^1][ready.Length..]], tree.Home.Environment, directory: tree.Home.Root);
        await Assert.That((second.ExitCode, second.Output)).IsEqualTo((1, ""));
        await Assert.That(second.Error).StartsWith($"Port {lines[^1][ready.Length..]} is in use.");
        CommandResult end = await start.EndAsync();
        await Assert.That((end.ExitCode, end.Output)).IsEqualTo((130, ""));
    }

    private static string Wrote(Tree tree, string bundle) => $"Wrote {tree.Of(bundle)}";

    /// <summary>The next lines, sizes left out: the test says what the text must hold where it matters.</summary>
    private static async Task<List<string>> LinesAsync(RunningCommand command, int count)
    {
        List<string> lines = [];
        while (lines.Count < count)
            lines.Add(WithoutSize(await command.LineAsync()));
        return lines;
    }

    private static string WithoutSize(string line) => line.StartsWith("Wrote ", StringComparison.Ordinal) ? line[..line.LastIndexOf(": ", StringComparison.Ordinal)] : line;

    /// <summary>Sources in a temporary directory, <c>vats</c> being the one that is watched.</summary>
    private sealed class Tree : IAsyncDisposable
    {
        internal Tree() => Directory.CreateDirectory(Of("vats"));

        internal TestHome Home { get; } = new();

        internal string Of(string path) => Path.Combine(Home.Root, path);

        /// <summary>Saves a file as most editors do: in one step. A new directory comes with what is in it.</summary>
        internal async Task WriteAsync(string path, string text)
        {
            string draft = Of("draft");
            await File.WriteAllTextAsync(draft, text);
            string directory = Path.GetDirectoryName(Of(path))!;
            if (Directory.Exists(directory))
            {
                File.Move(draft, Of(path), overwrite: true);
                return;
            }
            Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
            Directory.CreateDirectory(Of("drafts"));
            File.Move(draft, Path.Combine(Of("drafts"), Path.GetFileName(path)));
            Directory.Move(Of("drafts"), directory);
        }

        internal async Task<RunningCommand> WatchAsync()
        {
            RunningCommand watch = RunningCommand.Start(Home, "watch", "vats");
            await Assert.That(await watch.LineAsync()).IsEqualTo($"Watching {Of("vats")}...");
            return watch;
        }

        public ValueTask DisposeAsync() => Home.DisposeAsync();
    }
}
