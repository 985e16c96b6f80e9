using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>A vat configured by its source: bundled by the daemon whenever a bundle would be fetched.</summary>
public sealed class SourceSpecTests
{
    private const string Vat = "import { Far } from '@endo/far';\nimport { answer } from './answer.js';\nexport const buildRootObject = () => Far('root', { bootstrap: () => answer, answer: () => answer });\n";

    [Test]
    public async Task A_source_is_bundled_at_launch_and_at_restart_and_kept_for_a_daemon_that_starts_again()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string directory = Directory.CreateDirectory(Path.Combine(kernel.Home.Root, "src")).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "vat.js"), Vat);
        await File.WriteAllTextAsync(Path.Combine(directory, "answer.js"), "export const answer = 'first';\n");
        CommandResult launch = await Command.RunAsync(
            OcapBinary.Path,
            ["daemon", "exec", "launchSubcluster", """{"config":{"bootstrap":"a","vats":{"a":{"sourceSpec":"src/vat.js"}}}}"""],
            kernel.Home.Environment,
            directory: kernel.Home.Root);
        await Assert.That(launch.Output).Contains("first");
        await Assert.That(File.Exists(Path.Combine(directory, "vat.bundle"))).IsFalse();

        await File.WriteAllTextAsync(Path.Combine(directory, "answer.js"), "export const answer = 'second';\n");
        await Assert.That(await kernel.AskAsync("ko4", "answer")).IsEqualTo("\"first\"");
        await kernel.CallAsync("restartVat", """{"id":"v1"}""");
        await Assert.That(await kernel.AskAsync("ko4", "answer")).IsEqualTo("\"second\"");

        Directory.Delete(directory, recursive: true);
        await kernel.RestartAsync();
        await Assert.That(await kernel.AskAsync("ko4", "answer")).IsEqualTo("\"second\"");
    }

    [Test]
    public async Task A_source_that_cannot_be_bundled_fails_the_launch_with_its_place_and_reason()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string path = Path.Combine(kernel.Home.Root, "vat.js");
        await File.WriteAllTextAsync(path, "import './lib.js';\n");
        await File.WriteAllTextAsync(Path.Combine(kernel.Home.Root, "lib.js"), "\nlet x = ;\n");
        RpcReply reply = await kernel.CallAsync("launchSubcluster", $$$"""{"config":{"bootstrap":"a","vats":{"a":{"sourceSpec":"{{{path}}}"} } } }""");
        await Assert.That(reply.Message).IsEqualTo(
            $"Failed to launch vat v1 (a): {kernel.Home.Root}/lib.js:2:9: Unexpected token ';'.\n  2 | let x = ;\n    |         ^\n  imported by {path}");
        await Assert.That(await kernel.VatsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("vat.js", "Invalid sourceSpec: \"vat.js\"; give a full path or a file: URL (the command line turns a relative path into one)")]
    [Arguments("http://127.0.0.1/vat.js", "Invalid sourceSpec: \"http://127.0.0.1/vat.js\"; give a full path or a file: URL (the command line turns a relative path into one)")]
    [Arguments("file:///nowhere/vat.js", "/nowhere/vat.js: There is no such file.")]
    public async Task What_is_no_file_of_this_machine_fails_the_launch(string spec, string reason)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        RpcReply reply = await kernel.CallAsync("launchSubcluster", $$$"""{"config":{"bootstrap":"a","vats":{"a":{"sourceSpec":"{{{spec}}}"} } } }""");
        await Assert.That(reply.Message).IsEqualTo($"Failed to launch vat v1 (a): {reason}");
    }

    [Test]
    public async Task An_error_that_leaves_a_vat_is_logged_with_its_place_in_the_source()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string path = Path.Combine(kernel.Home.Root, "vat.ts");
        await File.WriteAllTextAsync(path, "import { Far } from '@endo/far';\n\n// Left out.\nexport const buildRootObject = () => Far('root', {\n    bootstrap(): void {},\n    fail(why: string): never { throw new TypeError(why); },\n});\n");
        await kernel.CallAsync("launchSubcluster", $$$"""{"config":{"bootstrap":"a","vats":{"a":{"sourceSpec":"{{{path}}}"} } } }""");
        await Assert.That((await kernel.SendAsync("ko4", "fail", "\"boom\"")).IsError).IsTrue();
        string log = await File.ReadAllTextAsync(kernel.Home.In("daemon.log"));
        await Assert.That(log).Contains("Logging sent error stack").And.Contains("TypeError: boom").And.Contains("vat.ts:6:38");
    }
}
