using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>A launch that fails at any point says why and leaves nothing behind (architecture §8.2, peer tests 65, 66).</summary>
public sealed class FailedLaunchTests
{
    [Test]
    [Arguments("throw new Error('at the top');\nexport const buildRootObject = () => 1;", "Failed to launch vat v1 (main): at the top")]
    [Arguments("export const buildRootObject = () => { throw new Error('while building'); };", "Failed to launch vat v1 (main): while building")]
    [Arguments("import { Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { bootstrap() { throw new Error('in bootstrap'); } });", "in bootstrap")]
    [Arguments("import { Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { async bootstrap() { await null; throw harden({ code: 7 }); } });", "Rejected with {\"code\":7}")]
    [Arguments("import { Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { bootstrap() { Promise.reject(new Error('nobody listens')); return 'ok'; } });", "Failed to launch vat v1 (main): uncaught rejection in bootstrap: nobody listens")]
    [Arguments("import { E, Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { bootstrap({ other }) { E(other).noSuchMethod(); return new Promise(() => {}); } });", "Failed to launch vat v1 (main): uncaught rejection in bootstrap: target has no method \"noSuchMethod\", has [\"__getMethodNames__\",\"bootstrap\",\"count\",\"countAll\",\"history\",\"starts\"]")]
    public async Task A_vat_that_throws_while_it_is_launched_leaves_nothing(string source, string message)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await CheckAsync(kernel, source, reply => reply == message);
    }

    [Test]
    public async Task A_root_without_bootstrap_fails_the_launch()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await CheckAsync(
            kernel,
            "import { Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { ping: () => 'pong' });",
            message => message.StartsWith("target has no method \"bootstrap\", has [", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_bundle_that_is_not_there_or_none_fails_the_launch()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string missing = Path.Combine(kernel.Home.Root, "missing.bundle"), broken = Path.Combine(kernel.Home.Root, "broken.bundle");
        await File.WriteAllTextAsync(broken, "{ this is no bundle");
        foreach (string bundle in (string[])[missing, broken])
        {
            RpcReply reply = await kernel.TryLaunchAsync(new("main", "counter"), new("other", bundle));
            await Assert.That(reply.Message).StartsWith("Failed to launch vat v").And.Contains("(other): ");
            await AssertNothingLeftAsync(kernel);
        }
        await AssertWorksAsync(kernel);
    }

    [Test]
    [Arguments("kernelFacet")]
    [Arguments("testService")]
    public async Task A_service_that_is_not_offered_fails_the_launch(string service)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string parameters = (await TestKernel.LaunchParametersAsync(new LaunchedVat("main", "counter"))).Replace("\"bootstrap\":", $"\"services\":[\"{service}\"],\"bootstrap\":", StringComparison.Ordinal);
        await Assert.That((await kernel.CallAsync("launchSubcluster", parameters)).Message).IsEqualTo($"no registered kernel service '{service}'");
        await AssertNothingLeftAsync(kernel);
    }

    private static async Task CheckAsync(TestKernel kernel, string source, Func<string, bool> isExpected)
    {
        string bundle = await VatBundles.WriteAsync(kernel.Home.Root, "main", source);
        RpcReply reply = await kernel.TryLaunchAsync(new("main", bundle), new("other", "counter"));
        await Assert.That(isExpected(reply.Message)).IsTrue().Because(reply.Message);
        await AssertNothingLeftAsync(kernel);
        await AssertWorksAsync(kernel);
    }

    private static async Task AssertNothingLeftAsync(TestKernel kernel)
    {
        await Assert.That(await kernel.VatsAsync()).IsEmpty();
        await Assert.That(await kernel.SubclustersAsync()).IsEmpty();
        await Assert.That(await kernel.QueryAsync(
            "SELECT key FROM kv WHERE key GLOB 'v[0-9]*' OR key LIKE 'vatConfig.%' OR key LIKE 'vatBundle.%' OR key LIKE 'launching.%' OR key GLOB 'e.*' OR key LIKE '%.owner' AND value <> 'kernel' UNION ALL SELECT key FROM kv_vatstore")).IsEmpty();
    }

    private static async Task AssertWorksAsync(TestKernel kernel)
    {
        LaunchAnswer launch = await kernel.LaunchAsync(new LaunchedVat("main", "counter"));
        await Assert.That(await kernel.AskAsync(launch.Root, "count")).IsEqualTo("1");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }
}
