using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Client;

/// <summary>A connection to a daemon: blocking, one request at a time, no more machinery than that needs.</summary>
internal sealed class DaemonConnection : IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    private const int SendPiece = 64 * 1024;
    private readonly Socket _socket;

    private DaemonConnection(Socket socket) => _socket = socket;

    /// <summary>Connects; null when nobody listens.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="limit">How long to wait for a listener that has many clients waiting; null waits as long as it takes.</param>
    /// <exception cref="NoAnswerException">It did not take another client within the limit.</exception>
    /// <exception cref="DaemonException">The socket is there but not for us.</exception>
    internal static DaemonConnection? TryOpen(string path, TimeSpan? limit = null)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = Milliseconds(limit);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return Trusted(new DaemonConnection(socket), path);
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            if (limit is not null && fault.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
                throw new NoAnswerException($"Socket read timed out: the daemon took no connection within {Seconds(limit)}.", null);
            // AddressNotAvailable is .NET's word for a missing file, SocketError for what it has no word for: a file where a directory should be.
            return fault.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.AddressNotAvailable or SocketError.SocketError
                ? null
                : throw new DaemonException($"Cannot connect to {path}: {fault.Message}.");
        }
    }

    /// <summary>The process that listens; null where the system does not tell.</summary>
    internal int? PeerPid => Peer()?.Pid;

    /// <summary>Sends a request line and waits for the answer's.</summary>
    /// <param name="request">One line with its newline.</param>
    /// <param name="limit">How long sending it and the answer may take together; null waits as long as it takes.</param>
    /// <exception cref="NoAnswerException">No answer came in time, or the daemon closed the connection without one.</exception>
    /// <exception cref="NotServedException">The daemon went away before it had read the request: it may be sent again.</exception>
    /// <exception cref="DaemonException">No answer came.</exception>
    internal ReadOnlyMemory<byte> Call(ReadOnlySpan<byte> request, TimeSpan? limit)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            for (int sent = 0; sent < request.Length;)
            {
                // In pieces, for the system begins to count anew with each call.
                _socket.SendTimeout = Milliseconds(limit - Stopwatch.GetElapsedTime(start));
                sent += _socket.Send(request.Slice(sent, Math.Min(SendPiece, request.Length - sent)));
            }
            return ReceiveLine(start, limit);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new NoAnswerException($"Socket read timed out: the daemon{Named} did not answer within {Seconds(limit)}. What it was asked for may still be done.", PeerPid);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            // A Unix socket is reset only when bytes of ours were never read; the newline is the last of them, so nothing was executed.
            throw new NotServedException();
        }
        catch (SocketException fault)
        {
            throw new DaemonException($"The connection to the daemon failed: {fault.Message}.");
        }
    }

    public void Dispose() => _socket.Dispose();

    private string Named => PeerPid is { } pid ? $" (process {pid})" : "";

    private static string Seconds(TimeSpan? limit) => $"{limit?.TotalSeconds:0.#} s";

    /// <summary>What a socket takes for it: 0 is as long as it takes.</summary>
    private static int Milliseconds(TimeSpan? left) => left is { } time ? (int)Math.Clamp(time.TotalMilliseconds, 1, int.MaxValue) : 0;

    /// <summary>A socket may lie where others can make one too: what is typed here is only for a daemon of ours.</summary>
    private static DaemonConnection Trusted(DaemonConnection connection, string path)
    {
        if (OperatingSystem.IsWindows() || connection.Peer() is not { } peer || peer.User == HomeGuard.CurrentUser)
            return connection;
        connection.Dispose();
        throw new DaemonException($"What listens on {path} belongs to user {peer.User}, and you are user {HomeGuard.CurrentUser}. Choose another home with --home, or unset OCAP_SOCKET_PATH.");
    }

    private (int Pid, uint User)? Peer()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> credentials = stackalloc byte[12]; // SO_PEERCRED of SOL_SOCKET: pid, uid, gid
        return _socket.GetRawSocketOption(1, 17, credentials) == credentials.Length
            ? (BinaryPrimitives.ReadInt32LittleEndian(credentials), BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]))
            : null;
    }

    private ReadOnlyMemory<byte> ReceiveLine(long start, TimeSpan? limit)
    {
        byte[] buffer = new byte[FirstBuffer];
        int filled = 0;
        while (true)
        {
            _socket.ReceiveTimeout = Milliseconds(limit - Stopwatch.GetElapsedTime(start));
            int received = _socket.Receive(buffer.AsSpan(filled));
            if (received == 0)
                throw new NoAnswerException($"Socket closed before response received: the daemon{Named} has ended, or was stopped. What it was asked for may have been done or not.", PeerPid);
            int newline = buffer.AsSpan(filled, received).IndexOf((byte)'\n');
            if (newline >= 0)
                return buffer.AsMemory(0, filled + newline);
            filled += received;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }
}

/// <summary>A daemon was asked and did not answer.</summary>
/// <param name="message">What happened, as a sentence.</param>
/// <param name="pid">Which process; null where the system does not tell.</param>
internal sealed class NoAnswerException(string message, int? pid) : Exception(message)
{
    internal int? Pid => pid;
}

/// <summary>A daemon went away before it had read a request.</summary>
internal sealed class NotServedException() : Exception("The daemon went away before it had read the request");
