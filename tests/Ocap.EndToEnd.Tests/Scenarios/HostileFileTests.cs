using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>Files that never end, or that wait for somebody, in the place of bundles, sources and parameters.</summary>
public sealed class HostileFileTests
{
    private const string Zero = "file:///dev/zero";

    [Test]
    [Arguments("bundleSpec", Zero, "It is a device, not a file")]
    [Arguments("bundleSpec", "pipe.js", "It is a pipe, not a file")]
    [Arguments("bundleSpec", "folder", "It is a directory, not a file")]
    [Arguments("bundleSpec", "lost.bundle", "It is a link to nowhere, which is not there")]
    [Arguments("bundleSpec", "source.js", "Make one of it with 'ocap bundle ")]
    [Arguments("sourceSpec", Zero, "It is a device, not a file")]
    [Arguments("sourceSpec", "pipe.js", "It is a pipe, not a file")]
    [Arguments("sourceSpec", "imports-pipe.js", "It is a pipe, not a file")]
    [Arguments("sourceSpec", "lost.js", "It is a link to nowhere, which is not there")]
    public async Task A_vat_is_made_of_regular_files_only(string kind, string spec, string reason)
    {
        await using TestHome home = await HomeAsync();
        await home.RunAsync("daemon", "start");
        CommandResult result = await InUserAsync(home, "daemon", "exec", "launchSubcluster", $$$"""{"config":{"bootstrap":"a","vats":{"a":{"{{{kind}}}":"{{{spec}}}"} } } }""");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains(reason);
        // The daemon is as small as before, and serves.
        long pages = long.Parse((await File.ReadAllTextAsync($"/proc/{home.DaemonPid}/statm")).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        await Assert.That(pages * 4096).IsLessThan(500L * 1024 * 1024);
        await Assert.That((await home.RunAsync("daemon", "exec", "isRevoked", """{"kref":"ko1"}""")).Output).IsEqualTo("false\n");
    }

    [Test]
    [Arguments("pipe.js", "It is a pipe, not a file.")]
    [Arguments("imports-pipe.js", "It is a pipe, not a file.")]
    [Arguments("lost.js", "It is a link to nowhere, which is not there.")]
    [Arguments("/dev/zero", "It is a device, not a file.")]
    public async Task A_bundle_is_made_of_regular_files_only(string source, string reason)
    {
        await using TestHome home = await HomeAsync();
        CommandResult result = await InUserAsync(home, "bundle", "-o", home.User, source);
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains(reason);
    }

    [Test]
    [Arguments("@pipe.js", "Error: params-json cannot be read from pipe.js: It is a pipe, not a file.\n")]
    [Arguments("@/dev/zero", "Error: params-json cannot be read from /dev/zero: It is a device, not a file.\n")]
    [Arguments("@none.json", "Error: params-json cannot be read from none.json: There is no such file.\n")]
    public async Task Parameters_are_read_from_regular_files_only(string typed, string error)
    {
        await using TestHome home = await HomeAsync();
        await Assert.That(await InUserAsync(home, "daemon", "exec", "isRevoked", typed)).IsEqualTo(new CommandResult(1, "", error));
    }

    [Test]
    public async Task What_never_ends_on_standard_input_is_not_read_for_ever()
    {
        await using TestHome home = new();
        CommandResult result = await home.ShellAsync("\"$OCAP\" daemon exec isRevoked - </dev/zero");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", "Error: params-json cannot be read from standard input: It has more than 67108864 bytes, which are read at most.\n"));
    }

    private static async Task<TestHome> HomeAsync()
    {
        TestHome home = new();
        string At(string name) => Path.Combine(home.User, name);
        await home.ShellAsync("mkfifo \"$HOME/pipe.js\"");
        Directory.CreateDirectory(At("folder"));
        File.CreateSymbolicLink(At("lost.bundle"), "nowhere");
        File.CreateSymbolicLink(At("lost.js"), "nowhere");
        await File.WriteAllTextAsync(At("source.js"), "export const buildRootObject = () => 1;");
        await File.WriteAllTextAsync(At("imports-pipe.js"), "import './pipe.js';\nexport const buildRootObject = () => 1;");
        return home;
    }

    private static Task<CommandResult> InUserAsync(TestHome home, params string[] arguments) => Command.RunAsync(OcapBinary.Path, arguments, home.Environment, directory: home.User);
}
