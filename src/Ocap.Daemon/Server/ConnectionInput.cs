using System.Net.Sockets;
using Ocap.Daemon.Kernel;
using Ocap.Daemon.Log;
using Ocap.Rpc;
using Ocap.Rpc.Framing;
using Ocap.Rpc.Requests;

namespace Ocap.Daemon.Server;

/// <summary>The reading half of a connection: bytes to lines to requests, within the limits.</summary>
internal sealed class ConnectionInput
{
    private static readonly TimeSpan DiscardTime = TimeSpan.FromSeconds(2);

    private readonly Connection _connection;
    private readonly Socket _socket;
    private readonly ServerScope _scope;
    private readonly LineBuffer _lines;
    private readonly ITimer _deadline;
    private bool _deadlineIsSet;
    private bool _anyLine;
    private long _charged;
    private volatile bool _stopped;
    private volatile bool _late;
    private volatile bool _discarding;

    internal ConnectionInput(Connection connection, Socket socket, ServerScope scope)
    {
        _connection = connection;
        _socket = socket;
        _scope = scope;
        _lines = new LineBuffer(scope.Limits.LineBytes);
        _deadline = scope.Time.CreateTimer(static input => ((ConnectionInput)input!).OnDeadline(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads until the client has no more to say, is not allowed to say more, or the server stops.</summary>
    internal async Task RunAsync()
    {
        try
        {
            await ReadLinesAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client is gone, or the connection was closed on our side. What runs, runs on.
        }
        catch (Exception e)
        {
            _scope.Log.Error("A connection was closed because reading from it failed.", LoggedException.Describe(e));
        }
        finally
        {
            await _deadline.DisposeAsync().ConfigureAwait(false);
            _scope.HalfReceived.Return(_charged);
            _lines.Dispose();
        }
    }

    /// <summary>Ends the reading, from any thread.</summary>
    internal void Stop()
    {
        _stopped = true;
        Shutdown(SocketShutdown.Receive);
    }

    /// <summary>Everything that was to be sent has been: a client whose input is being discarded may now see the end.</summary>
    internal void OutputDone()
    {
        if (_discarding)
        {
            Shutdown(SocketShutdown.Send);
        }
    }

    private async Task ReadLinesAsync()
    {
        // Stopping shuts the receiving direction down: what had arrived before is still read, and then comes the end. So a client whose request was taken
        // by the system is answered, and one that comes later is told so by its own write.
        while (true)
        {
            _lines.Release();
            Memory<byte> room = _lines.GetMemory();
            SetDeadline();
            int count = await _socket.ReceiveAsync(room, SocketFlags.None).ConfigureAwait(false);
            if (count == 0)
            {
                EndOfInput();
                return;
            }

            _lines.Advance(count);
            // What has been read is started even when the server stops: a client that sees the end without an answer would not know whether it was.
            while (!TryStartLines())
            {
                await _connection.RoomAsync().ConfigureAwait(false);
            }

            if (_lines.IsOverLimit)
            {
                await RefuseAsync($"Request line is longer than {_scope.Limits.LineBytes} bytes").ConfigureAwait(false);
                return;
            }

            if (!TryCharge())
            {
                await RefuseAsync("Too much is being received at once; send this request again later").ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>Starts the requests that have arrived. False when too much is running already for the rest of them.</summary>
    private bool TryStartLines()
    {
        using LentThread.Scope lent = LentThread.Lend();
        while (!_connection.IsCrowded)
        {
            if (!_lines.TryReadLine(out ReadOnlyMemory<byte> line))
            {
                return true;
            }

            _anyLine = true;
            ClearDeadline();
            _scope.Dispatcher.Start(_connection, line);
            _connection.Started(line.Length);
        }

        return false;
    }

    /// <summary>People pipe a request without newline into <c>nc</c>: a last line that is whole is a request.</summary>
    private void EndOfInput()
    {
        if (_late)
        {
            Answer($"Request line was not complete within {_scope.Limits.LineTime.TotalSeconds} seconds");
        }
        else if (!_stopped && RequestLine.IsJson(_lines.Rest.Span))
        {
            _scope.Dispatcher.Start(_connection, _lines.Rest);
        }
    }

    /// <summary>Says why no more is read, and swallows what the client still sends for a while: closing at once would fail its write before it reads.</summary>
    private async Task RefuseAsync(string reason)
    {
        ClearDeadline();
        _lines.Dispose();
        _discarding = true;
        Answer(reason);
        using var enough = new CancellationTokenSource(DiscardTime, _scope.Time);
        try
        {
            Memory<byte> scratch = _lines.GetMemory();
            while (await _socket.ReceiveAsync(scratch, SocketFlags.None, enough.Token).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (OperationCanceledException)
        {
            // It has had its time.
        }
    }

    private void Answer(string error) => _connection.Begin("null"u8.ToArray(), batch: null).Fail(RpcErrorCode.InvalidRequest, error);

    private bool TryCharge()
    {
        int pending = _lines.PendingBytes;
        if (pending > _charged && !_scope.HalfReceived.TryTake(pending - _charged))
        {
            return false;
        }

        if (pending < _charged)
        {
            _scope.HalfReceived.Return(_charged - pending);
        }

        _charged = pending;
        return true;
    }

    private void SetDeadline()
    {
        bool isNeeded = !_anyLine || _lines.PendingBytes > 0;
        if (isNeeded != _deadlineIsSet)
        {
            _deadline.Change(isNeeded ? _scope.Limits.LineTime : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _deadlineIsSet = isNeeded;
        }
    }

    private void ClearDeadline()
    {
        if (_deadlineIsSet)
        {
            _deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _deadlineIsSet = false;
        }
    }

    private void OnDeadline()
    {
        _late = true;
        Shutdown(SocketShutdown.Receive);
    }

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Already closed.
        }
    }
}
