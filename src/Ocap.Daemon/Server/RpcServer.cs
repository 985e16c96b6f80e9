using System.Net.Sockets;
using Ocap.Daemon.Log;
using Ocap.Daemon.Methods;
using Ocap.Rpc;

namespace Ocap.Daemon.Server;

/// <summary>Answers JSON-RPC on a listening socket (design/architecture.md §5): owns the accept loop and every connection.</summary>
public sealed class RpcServer
{
    private static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(20);

    private static readonly byte[] Busy =
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32603,\"message\":\"Every connection of the daemon waits for an answer; try again later\"}}\n"u8.ToArray();

    private readonly Lock _gate = new();
    private readonly ServerScope _scope;
    private Task _accepting = Task.CompletedTask;
    private volatile Socket _listener;
    private volatile bool _stopping;

    /// <summary>A server that has not started.</summary>
    /// <param name="listener">A Unix socket, bound and listening; the server closes it.</param>
    /// <param name="services">What the methods work with.</param>
    /// <param name="limits">What clients may cost.</param>
    /// <param name="log">The daemon's log.</param>
    /// <param name="time">The clock of all time limits.</param>
    public RpcServer(Socket listener, RpcServices services, ServerLimits limits, DaemonLog log, TimeProvider time)
    {
        _listener = listener;
        _scope = new ServerScope(limits, log, time, new Dispatcher(new MethodTable(services, limits, log, time), limits, log), services);
    }

    /// <summary>Connections that are open.</summary>
    internal int ConnectionCount => _scope.Connections.Count;

    /// <summary>Begins to accept clients.</summary>
    public void Start() => _accepting = Task.Run(() => AcceptAsync(_listener));

    /// <summary>Accepts clients from another socket in place of the one before, which is closed. The clients there are stay.</summary>
    /// <param name="listener">A Unix socket, bound and listening; the server closes it.</param>
    public void ServeAnew(Socket listener)
    {
        Socket old;
        lock (_gate)
        {
            old = _stopping ? listener : _listener;
            if (!_stopping)
            {
                _listener = listener;
                _accepting = Task.WhenAll(_accepting, Task.Run(() => AcceptAsync(listener)));
            }
        }

        old.Dispose();
    }

    /// <summary>Accepts no further clients and requests, answers what is running as far as it ends within <see cref="ServerLimits.StopTime"/>, closes every connection.</summary>
    public async Task StopAsync()
    {
        lock (_gate)
        {
            _stopping = true;
        }

        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        Connection[] open = _scope.Connections.All();
        foreach (Connection connection in open)
        {
            connection.StopReading();
        }

        Task ended = Task.WhenAll(open.Select(connection => connection.Ended));
        if (!await EndsAsync(ended, _scope.Limits.StopTime).ConfigureAwait(false))
        {
            foreach (Connection connection in open)
            {
                connection.FailRunning(RpcErrorCode.InternalError);
            }

            await EndsAsync(ended, _scope.Limits.StopTime).ConfigureAwait(false);
        }

        foreach (Connection connection in open)
        {
            connection.Close();
        }
    }

    private async Task<bool> EndsAsync(Task task, TimeSpan within)
    {
        try
        {
            await task.WaitAsync(within, _scope.Time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception) when (_stopping || !ReferenceEquals(listener, _listener))
            {
                return;
            }
            catch (SocketException e)
            {
                // The client waits in the backlog: without a free descriptor somebody else makes room for it, or it waits until one leaves.
                _scope.Log.Debug("A client could not be accepted yet.", e.Message);
                if (e.SocketErrorCode != SocketError.TooManyOpenSockets || _scope.Connections.MakeRoom(_scope.Time) != Room.Made)
                {
                    await Task.Delay(PauseWhenFull, _scope.Time).ConfigureAwait(false);
                }

                continue;
            }

            await AdmitAsync(client).ConfigureAwait(false);
        }
    }

    private async Task AdmitAsync(Socket client)
    {
        try
        {
            if (!PeerSocket.IsOurs(client))
            {
                _scope.Log.Warn("A connection of another user was closed.");
                client.Dispose();
                return;
            }

            var connection = new Connection(client, _scope);
            while (!_scope.Connections.TryAdd(connection))
            {
                Room room = _scope.Connections.MakeRoom(_scope.Time);
                if (room == Room.None || _stopping)
                {
                    _scope.Log.Warn("A client was turned away: every connection waits for an answer.");
                    client.Send(Busy);
                    connection.Close();
                    return;
                }

                if (room == Room.Soon)
                {
                    await Task.Delay(PauseWhenFull, _scope.Time).ConfigureAwait(false);
                }
            }

            _ = Task.Run(connection.RunAsync);
        }
        catch (SocketException)
        {
            // The client has left meanwhile.
            client.Dispose();
        }
    }
}
