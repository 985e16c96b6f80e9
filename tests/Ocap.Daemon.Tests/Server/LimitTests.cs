using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Tests.Server;

/// <summary>What one client may cost the daemon.</summary>
internal sealed class LimitTests
{
    private const string Ping = """{"id":1,"method":"pingVat","params":{"id":"v1"}}""";
    private const string Pong = """{"jsonrpc":"2.0","id":1,"result":"pong"}""";

    [Test]
    public async Task A_line_as_long_as_is_allowed_is_answered()
    {
        await using var server = new TestServer(ServerLimits.Default with { LineBytes = 1 << 20 });
        string padding = new('x', (1 << 20) - Ping.Length - "\n".Length - ",\"pad\":\"\"".Length);
        await Assert.That(await server.AskAsync(Ping[..^1] + $",\"pad\":\"{padding}\"}}")).IsEqualTo(Pong);
    }

    [Test]
    [Arguments(0)]
    [Arguments(8 << 20)]
    public async Task A_line_that_is_too_long_is_refused_and_the_client_can_read_why(int further)
    {
        await using var server = new TestServer(ServerLimits.Default with { LineBytes = 1 << 20 });
        using TestClient client = server.Connect();
        await client.SendAsync(Ping + "\n");
        await client.SendAsync(Encoding.ASCII.GetBytes(new string('x', (1 << 20) + further)));
        List<string> lines = await client.ReadToEndAsync();
        await Assert.That(lines).IsEquivalentTo([Pong, """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Request line is longer than 1048576 bytes"}}"""]);
    }

    [Test]
    [NotInParallel]
    public async Task Refusing_a_long_line_costs_less_than_twice_the_limit()
    {
        await using var server = new TestServer();
        int limit = ServerLimits.Default.LineBytes;
        byte[] chunk = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
        GC.Collect();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        using TestClient client = server.Connect();
        for (long sent = 0; sent < limit + (2 << 20); sent += chunk.Length)
        {
            await client.SendAsync(chunk);
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
        }

        await Assert.That((await client.ReadToEndAsync()).Single()).Contains($"longer than {limit} bytes");
        await Assert.That(most).IsLessThan(2L * limit);
    }

    [Test]
    public async Task Half_received_requests_share_one_budget_and_it_comes_back()
    {
        await using var server = new TestServer(ServerLimits.Default with { HalfReceivedBytes = 100_000 });
        byte[] half = Encoding.ASCII.GetBytes(new string('x', 60_000));
        using (TestClient first = server.Connect())
        using (TestClient second = server.Connect())
        {
            await first.SendAsync(half);
            await Task.Delay(50);
            await second.SendAsync(half);
            await Assert.That((await second.ReadToEndAsync()).Single()).Contains("Too much is being received at once");
            await first.SendAsync("\n" + Ping + "\n");
            await Assert.That(await first.ReadLineAsync()).Contains("-32700");
            await Assert.That(await first.ReadLineAsync()).IsEqualTo(Pong);
            await first.SendAsync(half);
        }

        await ConnectionTests.Until(() => server.Server.ConnectionCount == 0);
        using TestClient third = server.Connect();
        await third.SendAsync(half);
        await third.SendAsync("\n" + Ping + "\n");
        await Assert.That(await third.ReadLineAsync()).Contains("-32700");
        await Assert.That(await third.ReadLineAsync()).IsEqualTo(Pong);
    }

    [Test]
    [Arguments("")]
    [Arguments("{\"id\":1,")]
    [Arguments(Ping + "\n{")]
    public async Task A_line_that_does_not_end_in_time_ends_its_connection(string sent)
    {
        var time = new FakeTimeProvider();
        await using var server = new TestServer(time: time);
        using TestClient client = server.Connect();
        await client.SendAsync(sent);
        await ConnectionTests.Until(() => server.Server.ConnectionCount == 1);
        await Task.Delay(100);
        time.Advance(TimeSpan.FromSeconds(29));
        await Task.Delay(50);
        await Assert.That(server.Server.ConnectionCount).IsEqualTo(1);
        time.Advance(TimeSpan.FromSeconds(2));
        await Assert.That((await client.ReadToEndAsync())[^1]).Contains("Request line was not complete within 30 seconds");
    }

    [Test]
    public async Task A_connection_may_be_idle_between_requests()
    {
        var time = new FakeTimeProvider();
        await using var server = new TestServer(time: time);
        using TestClient client = server.Connect();
        for (int i = 0; i < 2; i++)
        {
            await client.SendAsync(Ping + "\n");
            await Assert.That(await client.ReadLineAsync()).IsEqualTo(Pong);
            await Task.Delay(30);
            time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Test]
    public async Task When_full_the_one_longest_without_a_request_makes_room_but_nobody_who_waits()
    {
        await using var server = new TestServer(ServerLimits.Default with { Connections = 3 });
        server.Kernel.Holds = true;
        using TestClient waiting = server.Connect();
        await waiting.SendAsync("""{"id":1,"method":"queueMessage","params":["ko1","held",[]]}""" + "\n");
        await ConnectionTests.Until(() => server.Kernel.Asked.Length == 1);
        using TestClient silent = server.Connect();
        using TestClient recent = server.Connect();
        await recent.SendAsync(Ping + "\n");
        await Assert.That(await recent.ReadLineAsync()).IsEqualTo(Pong);
        using TestClient newcomer = server.Connect();
        await newcomer.SendAsync(Ping + "\n");
        await Assert.That(await newcomer.ReadLineAsync()).IsEqualTo(Pong);
        await Assert.That(await silent.ReadToEndAsync()).IsEmpty();
        await recent.SendAsync(Ping + "\n");
        await Assert.That(await recent.ReadLineAsync()).IsEqualTo(Pong);
        server.Kernel.Release("held");
        await Assert.That(await waiting.ReadLineAsync()).Contains("held");
    }

    [Test]
    public async Task When_everybody_waits_a_newcomer_is_turned_away_until_a_client_leaves()
    {
        await using var server = new TestServer(ServerLimits.Default with { Connections = 1 });
        server.Kernel.Holds = true;
        using (TestClient waiting = server.Connect())
        {
            await waiting.SendAsync("""{"id":1,"method":"queueMessage","params":["ko1","held",[]]}""" + "\n");
            await ConnectionTests.Until(() => server.Kernel.Asked.Length == 1);
            using TestClient refused = server.Connect();
            await Assert.That((await refused.ReadToEndAsync()).Single()).Contains("Every connection of the daemon waits for an answer; try again later");
        }

        using TestClient next = server.Connect();
        await next.SendAsync(Ping + "\n");
        await Assert.That(await next.ReadLineAsync()).IsEqualTo(Pong);
    }

    [Test]
    public async Task Trickling_clients_do_not_slow_others_down()
    {
        await using var server = new TestServer();
        TestClient[] trickling = [.. Enumerable.Range(0, 256).Select(_ => server.Connect())];
        using var end = new CancellationTokenSource();
        Task trickle = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                foreach (TestClient client in trickling)
                {
                    await client.SendAsync(" ");
                }

                await Task.Delay(100);
            }
        });
        var slowest = TimeSpan.Zero;
        using TestClient other = server.Connect();
        for (int i = 0; i < 300; i++)
        {
            var one = System.Diagnostics.Stopwatch.StartNew();
            await other.SendAsync(Ping + "\n");
            await Assert.That(await other.ReadLineAsync()).IsEqualTo(Pong);
            slowest = one.Elapsed > slowest ? one.Elapsed : slowest;
        }

        await end.CancelAsync();
        await trickle;
        Array.ForEach(trickling, client => client.Dispose());
        await Assert.That(slowest).IsLessThan(TimeSpan.FromSeconds(2));
    }
}
