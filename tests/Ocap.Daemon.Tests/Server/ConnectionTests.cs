using System.Net.Sockets;
using System.Text;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Tests.Server;

/// <summary>What a connection promises (design/architecture.md §5).</summary>
internal sealed class ConnectionTests
{
    private const string Pong = """{"jsonrpc":"2.0","id":1,"result":"pong"}""";

    private static string Ping(int id) => $$$"""{"id":{{{id}}},"method":"pingVat","params":{"id":"v{{{id}}}"}}""";

    private static string Message(int id, string label) => $$"""{"id":{{id}},"method":"queueMessage","params":["ko1","{{label}}",[]]}""";

    [Test]
    public async Task Many_requests_are_started_in_order_and_all_answered()
    {
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        // Sent while the answers are read: a client that only sends is, after a while, not read from.
        Task sent = client.SendAsync(string.Concat(Enumerable.Range(1, 5000).Select(i => Ping(i) + "\n")));
        for (int i = 1; i <= 5000; i++)
        {
            await Assert.That(await client.ReadLineAsync()).IsEqualTo(Pong.Replace("\"id\":1,", $"\"id\":{i},", StringComparison.Ordinal));
        }

        await sent;
        await Assert.That(server.Kernel.Asked.SequenceEqual(Enumerable.Range(1, 5000).Select(i => $"pingVat v{i}"))).IsTrue();
    }

    [Test]
    public async Task Answers_come_as_calls_finish_not_as_they_were_sent()
    {
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        server.Kernel.Holds = true;
        await client.SendAsync(Message(1, "slow") + "\n" + Message(2, "slower") + "\n" + Ping(3) + "\n");
        await Assert.That(await client.ReadLineAsync()).Contains("\"id\":3,");
        server.Kernel.Release("slower");
        await Assert.That(await client.ReadLineAsync()).Contains("\"id\":2,");
        server.Kernel.Release("slow");
        await Assert.That(await client.ReadLineAsync()).Contains("\"id\":1,");
    }

    [Test]
    public async Task A_notification_is_carried_out_and_not_answered()
    {
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        await client.SendAsync("""{"method":"pingVat","params":{"id":"v9"}}""" + "\n" + """{"method":"nosuch"}""" + "\n" + """{"method":"pingVat"}""" + "\n");
        client.EndInput();
        await Assert.That(await client.ReadToEndAsync()).IsEmpty();
        await Assert.That(server.Kernel.Asked).IsEquivalentTo(["pingVat v9"]);
    }

    [Test]
    public async Task A_batch_is_answered_as_one_in_its_order()
    {
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        server.Kernel.Holds = true;
        await client.SendAsync($$$"""[{{{Message(1, "held")}}}, 5, {"method":"pingVat","params":{"id":"v7"}}, {{{Ping(2)}}}, {"id":3,"method":"nosuch"}]""" + "\n");
        await client.SendAsync(Ping(4) + "\n");
        await Assert.That(await client.ReadLineAsync()).Contains("\"id\":4,");
        server.Kernel.Release("held");
        await Assert.That(await client.ReadLineAsync()).IsEqualTo(
            """[{"jsonrpc":"2.0","id":1,"result":{"body":"#[\"held\",[]]","slots":[]}},""" +
            """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request: missing method"}},""" +
            """{"jsonrpc":"2.0","id":2,"result":"pong"},""" +
            """{"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"The method does not exist / is not available."}}]""");
        await Assert.That(server.Kernel.Asked[1]).IsEqualTo("pingVat v7");
    }

    [Test]
    public async Task A_batch_of_notifications_is_not_answered()
    {
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        await client.SendAsync("""[{"method":"clearState"},{"method":"collectGarbage"}]""" + "\n");
        client.EndInput();
        await Assert.That(await client.ReadToEndAsync()).IsEmpty();
        await Assert.That(server.Kernel.Asked).IsEquivalentTo(["clearState", "collectGarbage"]);
    }

    [Test]
    public async Task A_batch_that_is_too_long_is_refused_whole()
    {
        await using var server = new TestServer(ServerLimits.Default with { BatchRequests = 2 });
        await Assert.That(await server.AskAsync($"[{Ping(1)},{Ping(2)},{Ping(3)}]"))
            .IsEqualTo("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request: a batch takes at most 2 requests"}}""");
        await Assert.That(server.Kernel.Asked).IsEmpty();
    }

    [Test]
    [Arguments("\n")]
    [Arguments("\r\n")]
    [Arguments("")]
    public async Task After_a_half_close_whole_requests_are_still_answered(string end)
    {
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        server.Kernel.Holds = true;
        await client.SendAsync(Message(2, "held") + "\n" + Ping(1) + end);
        client.EndInput();
        await Assert.That(await client.ReadLineAsync()).IsEqualTo(Pong);
        server.Kernel.Release("held");
        List<string> rest = await client.ReadToEndAsync();
        await Assert.That(rest).Count().IsEqualTo(1);
        await Assert.That(rest[0]).Contains("\"id\":2,");
    }

    [Test]
    [Arguments("")]
    [Arguments("   ")]
    [Arguments("""{"id":1,"method":"clearState" """)]
    public async Task A_last_line_that_is_cut_off_is_dropped_in_silence(string text)
    {
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        await client.SendAsync(text);
        client.EndInput();
        await Assert.That(await client.ReadToEndAsync()).IsEmpty();
        await Assert.That(server.Kernel.Asked).IsEmpty();
    }

    [Test]
    public async Task A_character_may_be_split_over_two_packets()
    {
        await using var server = new TestServer();
        using TestClient client = server.Connect();
        byte[] line = Encoding.UTF8.GetBytes("""{"id":"é€😀","method":"pingVat","params":{"id":"v1"}}""" + "\n");
        foreach (byte[] packet in line.Chunk(1))
        {
            await client.SendAsync(packet);
        }

        await Assert.That(await client.ReadLineAsync()).IsEqualTo("""{"jsonrpc":"2.0","id":"é€😀","result":"pong"}""");
    }

    [Test]
    public async Task A_call_runs_on_when_its_client_has_gone()
    {
        await using var server = new TestServer();
        server.Kernel.Holds = true;
        using (TestClient client = server.Connect())
        {
            await client.SendAsync(Message(1, "held") + "\n" + """{"id":2,"method":"clearState"}""" + "\n");
        }

        await Until(() => server.Kernel.Asked.Length == 2 && server.Server.ConnectionCount == 0);
        server.Kernel.Release("held");
        await Assert.That(await server.AskAsync(Ping(1))).IsEqualTo(Pong);
    }

    [Test]
    public async Task A_client_that_does_not_read_stops_nobody_and_is_not_read_from()
    {
        await using var server = new TestServer(ServerLimits.Default with { UnreadAnswers = 8 });
        server.Rows = _ => $"[\"{new string('x', 100_000)}\"]";
        using TestClient slow = server.Connect();
        slow.Socket.Blocking = false;
        byte[] request = Encoding.UTF8.GetBytes("""{"id":1,"method":"executeDBQuery","params":{"sql":"s"}}""" + "\n");
        long sent = 0;
        var quiet = System.Diagnostics.Stopwatch.StartNew();
        while (quiet.ElapsedMilliseconds < 300 && sent < 64 * 1024 * 1024)
        {
            try
            {
                sent += slow.Socket.Send(request);
                quiet.Restart();
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                await Task.Delay(10);
            }
        }

        int asked = server.Kernel.Asked.Length;
        await Assert.That(asked).IsLessThan(64);
        await Assert.That(sent).IsLessThan(8 * 1024 * 1024);
        await Assert.That(await server.AskAsync(Ping(1))).IsEqualTo(Pong);

        // Once it reads again, it gets everything.
        slow.Socket.Blocking = true;
        slow.EndInput();
        await Assert.That((await slow.ReadToEndAsync()).Count).IsEqualTo((int)(sent / request.Length));
    }

    [Test]
    public async Task No_more_calls_run_than_the_limit_and_the_rest_follow()
    {
        await using var server = new TestServer(ServerLimits.Default with { RunningCalls = 3 });
        using TestClient client = server.Connect();
        server.Kernel.Holds = true;
        await client.SendAsync(string.Concat(Enumerable.Range(1, 6).Select(i => Message(i, $"m{i}") + "\n")));
        await Until(() => server.Kernel.Asked.Length == 3);
        await Task.Delay(30);
        await Assert.That(server.Kernel.Asked.Length).IsEqualTo(3);
        for (int i = 1; i <= 6; i++)
        {
            await Until(() => server.Kernel.Asked.Length >= i);
            server.Kernel.Release($"m{i}");
            await Assert.That(await client.ReadLineAsync()).Contains($"\"id\":{i},");
        }
    }

    internal static async Task Until(Func<bool> condition)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !condition(); await Task.Delay(5))
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(10))
            {
                throw new TimeoutException("What the test waits for did not happen within 10 s.");
            }
        }
    }
}
