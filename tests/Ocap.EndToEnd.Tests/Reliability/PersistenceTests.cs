using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Reliability;

/// <summary>What vats keep across restarts, of the daemon and of themselves (peer tests 67, 68, 70; architecture §8.6).</summary>
public sealed class PersistenceTests
{
    [Test]
    public async Task Counters_and_presences_in_baggage_outlive_the_daemon_and_bootstrap_is_not_repeated()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new("main", "counter"), new("one", "counter"), new("two", "counter"));
        await Assert.That(await kernel.AskAsync("ko4", "countAll", "[\"one\",\"two\"]")).IsEqualTo("[1,1]");
        await kernel.RestartAsync();
        await Assert.That(await kernel.AskAsync("ko4", "countAll", "[\"one\",\"two\"]")).IsEqualTo("[2,2]");
        await kernel.KillAsync();
        await kernel.ResumeAsync();
        await Assert.That(await kernel.AskAsync("ko4", "countAll", "[\"one\",\"two\"]")).IsEqualTo("[3,3]");
        await Assert.That(await kernel.AskAsync("ko4", "history")).IsEqualTo("""{"bootstraps":1,"starts":3}""");
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v1 v2 v3");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_restarted_vat_goes_on_counting_and_runs_the_bundle_as_it_is_now()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string bundle = await VatBundles.WriteAsync(kernel.Home.Root, "changing", Source("old"));
        await kernel.LaunchAsync(new LaunchedVat("main", bundle));
        await Assert.That(await kernel.AskAsync("ko4", "speak")).IsEqualTo("\"old 1\"");
        await VatBundles.WriteAsync(kernel.Home.Root, "changing", Source("new"));
        await kernel.RestartAsync();
        await Assert.That(await kernel.AskAsync("ko4", "speak")).IsEqualTo("\"old 2\"").Because("a daemon's restart changes no code");
        await Assert.That((await kernel.CallAsync("restartVat", """{"id":"v1"}""")).Result.ValueKind).IsEqualTo(JsonValueKind.Null);
        await Assert.That(await kernel.AskAsync("ko4", "speak")).IsEqualTo("\"new 3\"");
        await kernel.RestartAsync();
        await Assert.That(await kernel.AskAsync("ko4", "speak")).IsEqualTo("\"new 4\"");

        static string Source(string word) => $$"""
            import { Far } from '@endo/far';
            export const buildRootObject = (_powers, _parameters, baggage) => Far('root', {
              bootstrap() { baggage.init('count', 0); },
              speak() { baggage.set('count', baggage.get('count') + 1); return `{{word}} ${baggage.get('count')}`; },
            });
            """;
    }

    [Test]
    public async Task A_bundle_file_that_was_moved_stops_no_daemon_and_no_vat()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string bundle = Path.Combine(kernel.Home.Root, "moving.bundle");
        File.Copy(await VatBundles.PathAsync("counter"), bundle);
        await kernel.LaunchAsync(new LaunchedVat("main", bundle));
        File.Move(bundle, bundle + ".moved");
        await kernel.RestartAsync();
        await Assert.That(await kernel.AskAsync("ko4", "count")).IsEqualTo("1");
        RpcReply reply = await kernel.CallAsync("restartVat", """{"id":"v1"}""");
        await Assert.That(reply.Message).StartsWith("Failed to restart vat v1 (main): ").And.Contains("moving.bundle");
        File.Move(bundle + ".moved", bundle);
        await Assert.That((await kernel.CallAsync("restartVat", """{"id":"v1"}""")).IsError).IsFalse();
        await Assert.That(await kernel.AskAsync("ko4", "count")).IsEqualTo("2");
    }

    [Test]
    public async Task A_vat_whose_kept_bundle_is_lost_is_reported_and_stops_nobody()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new("main", "counter"), new("lost", "caller"));
        string[] kept = await kernel.QueryAsync("SELECT value FROM kv WHERE key = 'vatBundle.v2'");
        await kernel.StopAsync();
        File.Delete(Path.Combine(kernel.Home.In("bundles"), kept.Single() + ".bundle"));
        await kernel.ResumeAsync();
        await Assert.That(await kernel.AskAsync("ko4", "count")).IsEqualTo("1");
        await Assert.That((await kernel.CallAsync("pingVat", """{"id":"v2"}""")).Message).StartsWith("Vat v2 could not start: ").And.Contains(kept.Single());
        await Assert.That((await kernel.SendAsync("ko5", "ping")).Message).StartsWith("[KERNEL:ENDPOINT_UNREACHABLE]");
        JsonElement failed = (await kernel.CallAsync("getDaemonInfo")).Result.GetProperty("vats").GetProperty("failed");
        await Assert.That(failed.GetArrayLength()).IsEqualTo(1);
        await Assert.That(failed[0].GetProperty("reason").GetString()!).Contains(kept.Single());
        await Assert.That((await kernel.CallAsync("restartVat", """{"id":"v2"}""")).IsError).IsFalse();
        await Assert.That(await kernel.AskAsync("ko5", "ping")).IsEqualTo("\"pong\"");
    }

    [Test]
    public async Task A_message_that_waited_in_the_file_is_delivered_at_the_next_start()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new("main", "caller"), new("bob", "unruly"), new("count", "counter"));
        // Bob never comes to the end of his message, so it stays in the queue, and the daemon dies meanwhile.
        Task<RpcReply> busy = kernel.SendAsync("ko5", "loop");
        Task<RpcReply> waiting = kernel.SendAsync("ko4", "call", "\"count\",\"count\"");
        await Assert.That((await waiting).Body).IsEqualTo("1");
        await kernel.KillAsync();
        await Assert.That(async () => await busy).Throws<IOException>();
        LeftState left = LeftState.Of(kernel.Home);
        await Assert.That(left.Problems).IsEmpty();
        await Assert.That(left.Rows.Where(row => row.Key.StartsWith("queue.run.", StringComparison.Ordinal) && row.Value.Contains("loop", StringComparison.Ordinal)).Select(row => row.Value)).HasSingleItem();
        await kernel.ResumeAsync();
        await Assert.That(await kernel.AskAsync("ko6", "count")).IsEqualTo("2");
        for (int i = 0; i < 300 && (await kernel.VatsAsync()).Contains("v2"); i++)
            await Task.Delay(100);
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v1 v3").Because("the endless message was delivered again, and ended its vat");
    }
}
