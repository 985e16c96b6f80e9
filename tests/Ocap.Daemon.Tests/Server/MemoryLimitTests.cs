using Ocap.Daemon.Server;
using Ocap.Kernel.Api;
using Ocap.Marshal;

namespace Ocap.Daemon.Tests.Server;

/// <summary>What clients may cost the daemon in memory.</summary>
internal sealed class MemoryLimitTests
{
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(200);
    private static readonly string Large = new('x', 70_000);

    [Test]
    public async Task A_connection_is_not_read_from_while_what_it_sent_is_not_on_disk()
    {
        await using var server = new TestServer(ServerLimits.Default with { RequestBytes = 150_000 });
        server.Kernel.HoldsWrites = server.Kernel.Holds = true;
        using TestClient client = server.Connect();
        Task sent = client.SendAsync(string.Concat(Enumerable.Range(1, 8).Select(Message)));
        await ConnectionTests.Until(() => Messages(server) == 3);
        await Task.Delay(AMoment);
        await Assert.That(Messages(server)).IsEqualTo(3);

        // None of them is answered yet: what counts is the disk, for one may wait for what comes behind it.
        server.Kernel.Write();
        await ConnectionTests.Until(() => Messages(server) == 6);
        server.Kernel.Write();
        await ConnectionTests.Until(() => Messages(server) == 8);
        await sent;
    }

    [Test]
    public async Task All_connections_share_what_may_be_in_memory_of_requests_and_small_ones_are_not_counted()
    {
        await using var server = new TestServer(ServerLimits.Default with { AllRequestBytes = 100_000 });
        server.Kernel.HoldsWrites = server.Kernel.Holds = true;
        using TestClient first = server.Connect();
        await first.SendAsync(Message(1) + Message(2));
        await ConnectionTests.Until(() => Messages(server) == 2);
        using TestClient second = server.Connect();
        await second.SendAsync(Message(3));
        await Task.Delay(AMoment);
        await Assert.That(Messages(server)).IsEqualTo(2);
        server.Kernel.Write();
        await ConnectionTests.Until(() => Messages(server) == 3);
        server.Kernel.Write();
        for (int i = 0; i < 1000; i++)
        {
            await second.SendAsync("""{"id":1,"method":"pingVat","params":{"id":"v1"}}""" + "\n");
            await Assert.That(await second.ReadLineAsync()).IsNotNull();
        }
    }

    [Test]
    public async Task Who_does_not_read_gets_errors_in_place_of_results_and_can_go_on_after_reading()
    {
        await using var server = new TestServer(ServerLimits.Default with { MostUnreadBytes = 10_000_000 });
        server.Kernel.Holds = true;
        server.Kernel.Settle = static (_, _) => Answer<Settlement>.Ok(new Settlement(false, new CapData($"#\"{new string('y', 1_000_000)}\"", [])));
        using TestClient client = server.Connect();
        for (int i = 1; i <= 20; i++)
        {
            await client.SendAsync($$"""{"id":{{i}},"method":"queueMessage","params":["ko1","m{{i}}m",[]]}""" + "\n");
        }

        await ConnectionTests.Until(() => Messages(server) == 20);
        for (int i = 1; i <= 20; i++)
        {
            server.Kernel.Release($"m{i}m");
        }

        List<string> answers = [];
        for (int i = 1; i <= 20; i++)
        {
            answers.Add((await client.ReadLineAsync())!);
        }

        await Assert.That(answers.Count(static answer => answer.Contains("too many results have not been read yet", StringComparison.Ordinal))).IsBetween(10, 16);
        await Assert.That(answers.Count(static answer => answer.Length > 1_000_000)).IsBetween(4, 10);
        server.Kernel.Holds = false;
        await client.SendAsync("""{"id":21,"method":"queueMessage","params":["ko1","last",[]]}""" + "\n");
        await Assert.That((await client.ReadLineAsync())!.Length).IsGreaterThan(1_000_000);
    }

    [Test]
    public async Task A_long_result_is_written_as_a_short_one_wherever_it_is_cut()
    {
        string text = string.Concat(Enumerable.Repeat("\ud83d\ude00\"\\\n\u00e9x", 5000));
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        for (int shift = 0; shift < 7; shift++)
        {
            string body = new string('a', shift) + text;
            server.Kernel.Settle = (_, _) => Answer<Settlement>.Ok(new Settlement(false, new CapData(body, ["ko1"])));
            await client.SendAsync("""{"id":1,"method":"queueMessage","params":["ko1","m",[]]}""" + "\n");
            string expected = body.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            await Assert.That(await client.ReadLineAsync()).IsEqualTo($$$"""{"jsonrpc":"2.0","id":1,"result":{"body":"{{{expected}}}","slots":["ko1"]}}""");
        }
    }

    private static string Message(int id) => $$"""{"id":{{id}},"method":"queueMessage","params":["ko1","m{{id}}",["{{Large}}"]]}""" + "\n";

    private static int Messages(TestServer server) => server.Kernel.Asked.Count(static asked => asked.StartsWith("queueMessage", StringComparison.Ordinal));
}
