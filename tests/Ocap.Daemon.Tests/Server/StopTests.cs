using System.Net.Sockets;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Tests.Server;

/// <summary>How the server stops.</summary>
internal sealed class StopTests
{
    private const string Held = """{"id":1,"method":"queueMessage","params":["ko1","held",[]]}""" + "\n";

    [Test]
    public async Task A_call_that_ends_in_time_is_answered_and_idle_clients_are_closed()
    {
        await using var server = new TestServer(ServerLimits.Default with { StopTime = TimeSpan.FromSeconds(10) });
        server.Kernel.Holds = true;
        using TestClient idle = server.Connect();
        using TestClient waiting = server.Connect();
        await waiting.SendAsync(Held);
        await ConnectionTests.Until(() => server.Kernel.Asked.Length == 1);
        Task stopping = server.StopAsync();
        await Assert.That(await idle.ReadLineAsync()).IsNull();
        await Assert.That(stopping.IsCompleted).IsFalse();
        server.Kernel.Release("held");
        await Assert.That(await waiting.ReadLineAsync()).Contains("held");
        await Assert.That(await waiting.ReadLineAsync()).IsNull();
        await stopping.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task A_call_that_never_ends_is_told_that_it_is_not_waited_for()
    {
        await using var server = new TestServer(ServerLimits.Default with { StopTime = TimeSpan.FromMilliseconds(100) });
        server.Kernel.Holds = true;
        using TestClient waiting = server.Connect();
        await waiting.SendAsync(Held);
        await ConnectionTests.Until(() => server.Kernel.Asked.Length == 1);
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(5));
        await Assert.That(await waiting.ReadLineAsync()).Contains("The daemon is stopping and did not wait for this call.");
        await Assert.That(await waiting.ReadLineAsync()).IsNull();

        // The answer that comes too late finds nobody and does no harm.
        server.Kernel.Release("held");
    }

    [Test]
    [Arguments("""{"id":1,"method":"queueMessage","params":["ko1","held",[]]}""", "What it sent is kept and goes on at the next start.")]
    [Arguments("""{"id":1,"method":"launchSubcluster","params":{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"file:///a"}}}}}""", "The daemon is stopping; the subcluster was not launched.")]
    [Arguments("""{"id":1,"method":"restartVat","params":{"id":"v1"}}""", "Make it again when it has started anew.")]
    public async Task A_call_that_is_not_waited_for_is_told_what_becomes_of_it(string call, string sentence)
    {
        await using var server = new TestServer(ServerLimits.Default with { StopTime = TimeSpan.FromMilliseconds(100) });
        server.Kernel.HoldsAll = true;
        using TestClient waiting = server.Connect();
        await waiting.SendAsync(call + "\n");
        await ConnectionTests.Until(() => server.Kernel.Asked.Length == 1);
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(5));
        await Assert.That(await waiting.ReadLineAsync()).Contains(sentence);
    }

    [Test]
    public async Task A_client_that_does_not_read_cannot_keep_the_server_from_stopping()
    {
        await using var server = new TestServer(ServerLimits.Default with { StopTime = TimeSpan.FromMilliseconds(100) });
        server.Rows = _ => $"[\"{new string('x', 1_000_000)}\"]";
        using TestClient slow = server.Connect();
        await slow.SendAsync("""{"id":1,"method":"executeDBQuery","params":{"sql":"s"}}""" + "\n");
        await slow.SendAsync("""{"id":2,"method":"executeDBQuery","params":{"sql":"s"}}""" + "\n");
        await ConnectionTests.Until(() => server.Kernel.Asked.Length == 2);
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task After_stopping_nobody_connects()
    {
        await using var server = new TestServer();
        await server.StopAsync();
        await Assert.That(() => server.Connect()).Throws<SocketException>();
    }

    [Test]
    public async Task A_shutdown_by_notification_or_by_a_client_that_has_gone_counts_too()
    {
        await using var server = new TestServer();
        using (TestClient client = server.Connect())
        {
            await client.SendAsync("""{"method":"shutdown"}""" + "\n");
        }

        await Assert.That(await server.ShutdownRequested.Task.WaitAsync(TimeSpan.FromSeconds(10))).IsEqualTo("RPC shutdown");
    }
}
