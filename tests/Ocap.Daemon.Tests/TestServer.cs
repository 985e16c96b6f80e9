using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Ocap.Daemon.Hosts;
using Ocap.Daemon.Log;
using Ocap.Daemon.Query;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Tests;

/// <summary>A server on a socket in a directory of its own, in front of a <see cref="FakeKernel"/>.</summary>
internal sealed class TestServer : IDatabaseQuery, IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ocap-daemon-").FullName;
    private readonly DaemonLog _log;
    private int _stopped;

    internal TestServer(ServerLimits? limits = null, TimeProvider? time = null, Task<string>? peerId = null)
    {
        Path = System.IO.Path.Combine(_directory, "d.sock");
        LogPath = System.IO.Path.Combine(_directory, "daemon.log");
        _log = new DaemonLog(LogPath, TimeProvider.System);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        listener.Listen(512);
        Task<string> identity = peerId ?? Task.FromResult("12D3KooWPeer");
        var services = new RpcServices(
            Kernel,
            _ => identity,
            () => new DaemonInfo("1.2.3", 1, 42, DateTimeOffset.UnixEpoch, "/home/me/.ocap", "/home/me/.ocap/daemon.sock", "/home/me/.ocap/daemon.log"),
            this,
            reason => ShutdownRequested.TrySetResult(reason))
        {
            Hosts = () => Hosts,
        };
        Server = new RpcServer(listener, services, limits ?? ServerLimits.Default, _log, time ?? TimeProvider.System);
        Server.Start();
    }

    internal string Path { get; }

    internal string LogPath { get; }

    internal FakeKernel Kernel { get; } = new();

    internal RpcServer Server { get; }

    internal IReadOnlyList<VatHostStatus> Hosts { get; set; } = [];

    internal TaskCompletionSource<string> ShutdownRequested { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a query answers.</summary>
    internal Func<string, string> Rows { get; set; } = _ => "[]";

    void IDatabaseQuery.Run(string sql, IBufferWriter<byte> rows) => rows.Write(Encoding.UTF8.GetBytes(Rows(sql)));

    internal TestClient Connect() => new(Path);

    /// <summary>Sends one line on a connection of its own and reads the one answer.</summary>
    internal async Task<string> AskAsync(string line)
    {
        using TestClient client = Connect();
        await client.SendAsync(line + "\n");
        return await client.ReadLineAsync() ?? "(closed)";
    }

    internal async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            await Server.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _log.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
