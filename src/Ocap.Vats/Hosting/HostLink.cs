using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Vats.Hosting;

/// <summary>
/// One end of the connection between the daemon and a vat host: frames of <c>length (4), message (1), worker (4), payload</c>, little-endian.
/// One thread receives, any thread sends; a frame is one system call.
/// </summary>
/// <param name="socket">This end; owned.</param>
/// <param name="mayWait">A send may wait for the other side to read. If not, what does not fit is sent in the background, in order.</param>
/// <param name="mostIncoming">The longest payload that is received: who sends a longer one is hung up on.</param>
[UnsupportedOSPlatform("windows")]
public sealed class HostLink(SafeHandle socket, bool mayWait, int mostIncoming = HostLink.MostToHost) : IDisposable
{
    /// <summary>The longest payload for a host.</summary>
    public const int MostToHost = 256 << 20;

    /// <summary>The longest payload from a host. Less than the other way: the daemon, which has no limit on its heap, takes what a host sends apart into many objects.</summary>
    public const int MostFromHost = 64 << 20;

    private const int HeaderBytes = 9;
    private const int UsualBuffer = 64 << 10;

    private readonly Lock _sending = new();
    private readonly Queue<byte[]> _backlog = new();
    private long _waiting;

    private byte[] _outgoing = new byte[UsualBuffer];
    private byte[] _incoming = new byte[UsualBuffer];
    private int _start;
    private int _end;
    private bool _isGone;

    /// <summary>A link and the socket of its other end, which a child is to inherit.</summary>
    public static (HostLink Link, SafeHandle Child) Pair()
    {
        (SafeHandle ours, SafeHandle theirs) = SystemSocket.Pair();
        return (new HostLink(ours, mayWait: false, MostFromHost), theirs);
    }

    /// <summary>Bytes that may wait for the other side to read. Who lets more gather will not read any more, and is hung up on.</summary>
    internal long MostWaiting { get; init; } = 2L * MostToHost;

    /// <summary>Waits for the next frame. False when the other side is gone or talks nonsense.</summary>
    public bool TryReceive(out HostFrame frame)
    {
        frame = default;
        if (!TryFill(HeaderBytes))
        {
            return false;
        }

        ReadOnlySpan<byte> header = _incoming.AsSpan(_start);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length < 0 || length > mostIncoming || !TryFill(HeaderBytes + length))
        {
            return false;
        }

        // The buffer may have moved.
        header = _incoming.AsSpan(_start);
        frame = new HostFrame((HostMessage)header[4], BinaryPrimitives.ReadInt32LittleEndian(header[5..]), header.Slice(HeaderBytes, length));
        _start += HeaderBytes + length;
        return true;
    }

    /// <summary>Sends a frame. Nothing happens when the other side is gone: <see cref="TryReceive"/> tells.</summary>
    /// <exception cref="ArgumentException">It is longer than any that is received: sent, it would end the connection, and with it all that others have to say.</exception>
    public void Send(HostMessage message, int worker, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MostToHost)
        {
            throw new ArgumentException($"a payload of {payload.Length} bytes is longer than {MostToHost}", nameof(payload));
        }

        int length = HeaderBytes + payload.Length;
        lock (_sending)
        {
            if (_isGone)
            {
                return;
            }

            byte[] bytes = length <= _outgoing.Length ? _outgoing : new byte[length];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, payload.Length);
            bytes[4] = (byte)message;
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(5), worker);
            payload.CopyTo(bytes.AsSpan(HeaderBytes));
            Write(bytes.AsSpan(0, length));
        }
    }

    /// <summary>Hangs up: the other side, and who waits in <see cref="TryReceive"/>, see the end.</summary>
    public void HangUp()
    {
        lock (_sending)
        {
            if (!socket.IsClosed)
            {
                SystemSocket.Shutdown(socket);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_sending)
        {
            _isGone = true;
            _backlog.Clear();
            socket.Dispose();
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_backlog.Count > 0)
        {
            Enqueue(bytes);
            return;
        }

        while (!bytes.IsEmpty)
        {
            int sent = SystemSocket.Send(socket, bytes, mayWait);
            if (sent < 0)
            {
                _isGone = true;
                return;
            }

            if (sent == 0)
            {
                Enqueue(bytes);
                new Thread(SendBacklog) { IsBackground = true, Name = "host backlog" }.Start();
                return;
            }

            bytes = bytes[sent..];
        }
    }

    private void Enqueue(ReadOnlySpan<byte> bytes)
    {
        _waiting += bytes.Length;
        if (_waiting > MostWaiting)
        {
            _isGone = true;
            _backlog.Clear();
            SystemSocket.Shutdown(socket);
            return;
        }

        _backlog.Enqueue(bytes.ToArray());
    }

    private void SendBacklog()
    {
        while (true)
        {
            byte[]? next;
            lock (_sending)
            {
                if (!_backlog.TryPeek(out next))
                {
                    return;
                }
            }

            bool isSent = TrySendAll(next);
            lock (_sending)
            {
                if (!isSent)
                {
                    _isGone = true;
                    _backlog.Clear();
                    return;
                }

                _waiting -= _backlog.TryDequeue(out byte[]? sent) ? sent.Length : 0;
            }
        }
    }

    private bool TrySendAll(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                int sent = SystemSocket.Send(socket, bytes, mayWait: true);
                if (sent < 0)
                {
                    return false;
                }

                bytes = bytes[sent..];
            }

            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Makes sure that so many bytes are there, from <c>_start</c> on.</summary>
    private bool TryFill(int count)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        if (_start == _end)
        {
            _start = _end = 0;
            if (_incoming.Length > UsualBuffer)
            {
                _incoming = new byte[UsualBuffer];
            }
        }

        if (_start + count > _incoming.Length)
        {
            byte[] roomier = count > _incoming.Length ? new byte[count] : _incoming;
            _incoming.AsSpan(_start, _end - _start).CopyTo(roomier);
            _incoming = roomier;
            (_start, _end) = (0, _end - _start);
        }

        while (_end - _start < count)
        {
            int received = SystemSocket.Receive(socket, _incoming.AsSpan(_end));
            if (received == 0)
            {
                return false;
            }

            _end += received;
        }

        return true;
    }
}

/// <summary>A frame as it lies in the link's buffer: gone with the next one.</summary>
public readonly ref struct HostFrame(HostMessage message, int worker, ReadOnlySpan<byte> payload)
{
    /// <summary>What it says.</summary>
    public HostMessage Message { get; } = message;

    /// <summary>The worker it is about, or 0.</summary>
    public int Worker { get; } = worker;

    /// <summary>What comes with it.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;
}
