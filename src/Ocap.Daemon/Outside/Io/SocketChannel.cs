using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Ocap.Daemon.Log;
using Ocap.Kernel.Services;
using Ocap.Kernel.Services.Io;

namespace Ocap.Daemon.Outside.Io;

/// <summary>An IO channel on a Unix socket: lines of UTF-8, one client at a time (spec/cluster-config.md §3).</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class SocketChannel : IIoChannel
{
    private static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(20);

    private readonly string _name;
    private readonly ChannelSocket _socket;
    private readonly ChannelLimits _limits;
    private readonly DaemonLog _log;
    private readonly Action<SocketChannel> _closed;
    private readonly LineInbox _inbox;
    private readonly Lock _lock = new();
    private ChannelClient? _client;
    private bool _isClosed;

    internal SocketChannel(string name, ChannelSocket socket, ChannelLimits limits, DaemonLog log, Action<SocketChannel> closed)
    {
        (_name, _socket, _limits, _log, _closed) = (name, socket, limits, log, closed);
        _inbox = new LineInbox(name, limits);
    }

    /// <summary>Begins to take clients.</summary>
    internal void Start() => _ = Task.Run(AcceptAsync);

    /// <summary>Whether it is this channel that is found under a path.</summary>
    internal bool IsAt(string path) => _socket.IsAt(path);

    public void Read(ServiceCall call) => _inbox.Read(call);

    public void Write(ServiceCall call, string data)
    {
        ChannelClient? client;
        bool isClosed;
        lock (_lock)
        {
            (client, isClosed) = (_client is { IsGone: false } there ? there : null, _isClosed);
        }

        if (isClosed)
        {
            call.Reject($"IO channel \"{_name}\" is closed");
        }
        else if (client is null)
        {
            call.Reject($"IO channel \"{_name}\" has no connected client");
        }
        else if (Encoding.UTF8.GetByteCount(data) > _limits.LineBytes)
        {
            call.Reject($"IO channel \"{_name}\" writes lines of {_limits.LineBytes} bytes at most");
        }
        else
        {
            client.Write(Encoding.UTF8.GetBytes(data + "\n"), call);
        }
    }

    public void Close()
    {
        ChannelClient? client;
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            (client, _client) = (_client, null);
        }

        _socket.Close();
        client?.Drop();
        _inbox.Close();
        _closed(this);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                Admit(await _socket.Listener.AcceptAsync().ConfigureAwait(false));
            }
            catch (Exception fault)
            {
                lock (_lock)
                {
                    if (_isClosed)
                    {
                        return;
                    }
                }

                _log.Debug($"IO channel \"{_name}\" could not take a client yet.", fault.Message);
                await Task.Delay(PauseWhenFull).ConfigureAwait(false);
            }
        }
    }

    private void Admit(Socket socket)
    {
        lock (_lock)
        {
            if (_isClosed || _client is { IsLive: true })
            {
                socket.Dispose();
                return;
            }

            _client?.Drop();
            _inbox.Forget();
            _client = new ChannelClient(_name, socket, _inbox, _limits);
            _client.Start();
        }
    }
}
