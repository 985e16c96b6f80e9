using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Services;

/// <summary>A subcluster that a daemon has by itself, and what it may do (spec/cluster-config.md §5, case 73 of the reference).</summary>
public sealed class SystemSubclusterTests
{
    [Test]
    public async Task It_is_there_by_itself_rules_the_kernel_and_is_taken_up_again()
    {
        TestHome home = await HomeAsync("shell");
        await using TestKernel kernel = await TestKernel.StartInAsync(home);
        string root = await RootAsync(kernel);
        await Assert.That(await kernel.AskAsync(root, "call", "\"ping\"")).IsEqualTo("\"pong\"");
        await Assert.That(await kernel.AskAsync(root, "call", "\"getSystemSubclusterRoot\",\"shell\"")).IsEqualTo($"\"{root}\"");

        string bundle = new Uri(await VatBundles.PathAsync("counter")).AbsoluteUri;
        string launched = await kernel.AskAsync(root, "call", $$$$$"""
            "launchSubcluster",{"bootstrap":"c","vats":{"c":{"bundleSpec":"{{{{{bundle}}}}}"}}}
            """);
        using (JsonDocument document = JsonDocument.Parse(launched))
        {
            await Assert.That(document.RootElement.GetProperty("subclusterId").GetString()).IsEqualTo("s2");
        }

        await Assert.That(await kernel.SubclustersAsync()).IsEquivalentTo(["s1", "s2"]);
        await Assert.That(await kernel.AskAsync(root, "call", "\"getStatus\"")).Contains("\"identity-only\"");
        await Assert.That((await kernel.SendAsync(root, "call", "\"launchSubcluster\",{\"bootstrap\":7}")).Message)
            .StartsWith("[KERNEL:DELIVERY_FAILED] invalid cluster config: At path: bootstrap -- Expected a string");
        await Assert.That((await kernel.SendAsync(root, "call", "\"terminateSubcluster\",\"s2\"")).IsError).IsFalse();
        await Assert.That(await kernel.SubclustersAsync()).IsEquivalentTo(["s1"]);

        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
        await kernel.ResumeAsync();
        await Assert.That(await kernel.AskAsync(root, "bootstraps")).IsEqualTo("1");
        await Assert.That(await kernel.AskAsync(root, "call", "\"ping\"")).IsEqualTo("\"pong\"");

        File.Delete(home.In("system-subclusters.json"));
        await kernel.RestartAsync();
        await Assert.That(await kernel.SubclustersAsync()).IsEmpty();
    }

    [Test]
    [Arguments("{}", "Expected an array value, but received: [object Object]")]
    [Arguments("[{\"name\":\"a\"}]", "At path: 0.config -- Expected an object, but received: undefined")]
    [Arguments("[", "system-subclusters.json says no system subclusters")]
    public async Task A_file_that_cannot_be_understood_keeps_the_daemon_from_starting_and_is_named(string content, string why)
    {
        await using TestHome home = new();
        Directory.CreateDirectory(home.Ocap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(home.In("system-subclusters.json"), content);
        CommandResult result = await home.RunAsync("daemon", "start");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains(home.In("system-subclusters.json"));
        await Assert.That(result.Error).Contains(why);
    }

    private static async Task<TestHome> HomeAsync(string name)
    {
        TestHome home = new();
        Directory.CreateDirectory(home.Ocap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string bundle = new Uri(await VatBundles.PathAsync("shell")).AbsoluteUri;
        await File.WriteAllTextAsync(home.In("system-subclusters.json"), $$$"""
            [{"name":"{{{name}}}","config":{"bootstrap":"shell","services":["kernelFacet"],"vats":{"shell":{"bundleSpec":"{{{bundle}}}"} } } }]
            """);
        return home;
    }

    /// <summary>Its root, as soon as it is launched: the daemon is ready before that.</summary>
    private static async Task<string> RootAsync(TestKernel kernel)
    {
        for (int tries = 0; tries < 200; tries++)
        {
            string[] rows = await kernel.QueryAsync("SELECT value FROM kv WHERE key = 'v1.c.o+0' AND NOT EXISTS (SELECT 1 FROM kv WHERE key = 'launching.s1')");
            if (rows.Length > 0)
            {
                return rows[0];
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("the system subcluster is not launched");
    }
}
