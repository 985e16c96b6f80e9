using System.Net.Sockets;
using System.Text;
using Ocap.Daemon.Server;
using Ocap.Kernel.Services;
using Ocap.Rpc.Framing;

namespace Ocap.Daemon.Outside.Io;

/// <summary>The one client of a channel: its lines go to the inbox, what is written goes to it. It reads no faster than lines are read.</summary>
internal sealed class ChannelClient
{
    private readonly string _name;
    private readonly Socket _socket;
    private readonly LineInbox _inbox;
    private readonly ChannelLimits _limits;
    private readonly LineOutbox _outbox;
    private readonly Lock _lock = new();
    private bool _hasEnded;
    private bool _isGone;

    internal ChannelClient(string name, Socket socket, LineInbox inbox, ChannelLimits limits)
    {
        (_name, _socket, _inbox, _limits) = (name, socket, inbox, limits);
        _outbox = new LineOutbox(name, socket, limits, () => Leave(null));
    }

    /// <summary>Still somebody's: who comes now is turned away. One that has said all it will, or hung up, makes room.</summary>
    internal bool IsLive
    {
        get
        {
            lock (_lock)
            {
                return !_hasEnded && !_isGone && !PeerSocket.IsHungUp(_socket);
            }
        }
    }

    internal bool IsGone
    {
        get
        {
            lock (_lock)
            {
                return _isGone;
            }
        }
    }

    internal void Start() => _ = Task.Run(ReceiveAsync);

    internal void Write(byte[] line, ServiceCall call) => _outbox.Send(line, call);

    /// <summary>Another client takes its place, or the channel is closed: nothing of it reaches the inbox any more.</summary>
    internal void Drop() => Go(static () => { });

    private async Task ReceiveAsync()
    {
        // One byte more than a line: its end.
        using var buffer = new LineBuffer(_limits.LineBytes + 1);
        try
        {
            while (true)
            {
                await _inbox.Room().ConfigureAwait(false);
                int received = await _socket.ReceiveAsync(buffer.GetMemory(), SocketFlags.None).ConfigureAwait(false);
                if (received == 0)
                {
                    Ended(buffer);
                    return;
                }

                buffer.Advance(received);
                while (buffer.TryReadLine(out ReadOnlyMemory<byte> line))
                {
                    Take(line.Span);
                }

                if (buffer.IsOverLimit)
                {
                    Leave($"IO channel \"{_name}\" was sent a line of more than {_limits.LineBytes} bytes; its client was disconnected");
                    return;
                }

                buffer.Release();
            }
        }
        catch (Exception)
        {
            // Whatever it was, this connection is over.
            TakeRest(buffer);
            Leave(null);
        }
    }

    /// <summary>The client sends no more. It may still listen, unless it is gone altogether.</summary>
    private void Ended(LineBuffer buffer)
    {
        TakeRest(buffer);
        if (PeerSocket.IsHungUp(_socket))
        {
            Leave(null);
            return;
        }

        lock (_lock)
        {
            _hasEnded = true;
            if (!_isGone)
            {
                _inbox.EndInput(_outbox.CloseWhenSent);
            }
        }
    }

    private void TakeRest(LineBuffer buffer)
    {
        if (buffer.PendingBytes > 0)
        {
            Take(buffer.Rest.Span);
        }
    }

    /// <summary>Whole lines are decoded: a character never spans two, and what is no UTF-8 becomes U+FFFD.</summary>
    private void Take(ReadOnlySpan<byte> line)
    {
        string text = Encoding.UTF8.GetString(line);
        lock (_lock)
        {
            if (!_isGone)
            {
                _inbox.Add(text, line.Length);
            }
        }
    }

    /// <summary>The connection has come to its end by itself.</summary>
    private void Leave(string? error) => Go(() => _inbox.Left(error));

    /// <summary>Under the lock the inbox hears of it before it can hear of another client.</summary>
    private void Go(Action tell)
    {
        lock (_lock)
        {
            if (_isGone)
            {
                return;
            }

            _isGone = true;
            tell();
        }

        _socket.Dispose();
        _outbox.Break();
    }
}
