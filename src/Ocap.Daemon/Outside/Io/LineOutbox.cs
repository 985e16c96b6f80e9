using System.Net.Sockets;
using Ocap.Kernel.Services;
using Ocap.Marshal.Passables;

namespace Ocap.Daemon.Outside.Io;

/// <summary>Lines on their way to one client, in order, a bounded number of bytes of them. A write is answered when the system has taken its line.</summary>
internal sealed class LineOutbox(string name, Socket client, ChannelLimits limits, Action broken)
{
    private readonly Lock _lock = new();
    private readonly Queue<(byte[] Line, ServiceCall Call)> _lines = new();
    private long _bytes;
    private bool _isSending;
    private bool _isClosing;
    private bool _isBroken;

    internal string Gone => $"IO channel \"{name}\" has no connected client";

    /// <summary>Sends a line behind those that wait.</summary>
    internal void Send(byte[] line, ServiceCall call)
    {
        bool begins;
        string? refusal;
        lock (_lock)
        {
            refusal = _isBroken || _isClosing ? Gone
                : _bytes + line.Length > limits.UnsentBytes ? $"IO channel \"{name}\" has {_bytes} bytes that its client has not taken, and takes {limits.UnsentBytes} at most"
                : null;
            begins = refusal is null && !_isSending;
            if (refusal is null)
            {
                _lines.Enqueue((line, call));
                _bytes += line.Length;
                _isSending = true;
            }
        }

        if (refusal is not null)
        {
            call.Reject(refusal);
        }
        else if (begins)
        {
            _ = Task.Run(SendAllAsync);
        }
    }

    /// <summary>Closes the connection once everything that waits is sent.</summary>
    internal void CloseWhenSent()
    {
        lock (_lock)
        {
            _isClosing = true;
            if (_isSending)
            {
                return;
            }
        }

        broken();
    }

    /// <summary>The connection is gone: what waits is answered so.</summary>
    internal void Break()
    {
        ServiceCall[] left;
        lock (_lock)
        {
            _isBroken = true;
            left = [.. _lines.Select(static entry => entry.Call)];
            _lines.Clear();
            _bytes = 0;
        }

        foreach (ServiceCall call in left)
        {
            call.Reject(Gone);
        }
    }

    private async Task SendAllAsync()
    {
        while (TryNext(out byte[] line, out ServiceCall call))
        {
            try
            {
                for (ReadOnlyMemory<byte> rest = line; rest.Length > 0;)
                {
                    rest = rest[await client.SendAsync(rest, SocketFlags.None).ConfigureAwait(false)..];
                }

                Sent(line);
                call.Fulfill(Passable.Undefined);
            }
            catch (Exception)
            {
                // Whatever it was, this connection is over.
                call.Reject(Gone);
                broken();
                return;
            }
        }
    }

    private bool TryNext(out byte[] line, out ServiceCall call)
    {
        bool closes;
        lock (_lock)
        {
            if (_lines.TryDequeue(out (byte[] Line, ServiceCall Call) next))
            {
                (line, call) = next;
                return true;
            }

            (line, call) = ([], null!);
            _isSending = false;
            closes = _isClosing;
        }

        if (closes)
        {
            broken();
        }

        return false;
    }

    private void Sent(byte[] line)
    {
        lock (_lock)
        {
            _bytes = Math.Max(0, _bytes - line.Length);
        }
    }
}
