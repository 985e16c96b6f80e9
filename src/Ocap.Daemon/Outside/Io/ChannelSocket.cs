using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Daemon.Outside.Io;

/// <summary>
/// A channel's listening socket and its file. Bound by the system call itself: a socket that .NET has bound deletes the file of that name when it is closed,
/// whosever it is by then.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ChannelSocket
{
    /// <summary>One client is served, and one looked at to be turned away.</summary>
    private const int Backlog = 8;

    private readonly string _path;
    private readonly FileStatus _file;

    private ChannelSocket(string path, FileStatus file, Socket listener) => (_path, _file, Listener) = (path, file, listener);

    internal Socket Listener { get; }

    /// <summary>Listens on a path, mode 0600, in place of a socket that nobody listens on any more.</summary>
    /// <exception cref="ChannelRefusedException">It cannot; nothing was changed.</exception>
    /// <param name="path">Absolute.</param>
    /// <param name="isTaken">Whether a channel of this daemon has it: that is not tried out, or its vat would see a client come and go.</param>
    internal static ChannelSocket Listen(string path, Func<string, bool> isTaken)
    {
        RequirePath(path);
        try
        {
            Clear(path, isTaken);
            int descriptor = UnixListener.Open(path, Backlog);
            var listener = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return new ChannelSocket(path, FileStatus.Of(path, followLinks: false) ?? default, listener);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DaemonException or SocketException)
        {
            throw new ChannelRefusedException($"the daemon cannot listen on {path}: {fault.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Whether it is this socket that is found under a path.</summary>
    internal bool IsAt(string path) => FileStatus.Of(path, followLinks: false) is { } there && there == _file;

    /// <summary>Stops listening, and removes the file if it is still this socket's.</summary>
    internal void Close()
    {
        Listener.Dispose();
        try
        {
            if (IsAt(_path))
            {
                File.Delete(_path);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DaemonException)
        {
            // The directory has gone, or is no longer ours: so is the file.
        }
    }

    private static void RequirePath(string path)
    {
        if (!Path.IsPathRooted(path))
        {
            throw new ChannelRefusedException($"its path must be absolute, and \"{path}\" is not.");
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ChannelRefusedException("its path has a character in it that no path has (U+0000).");
        }

        if (Encoding.UTF8.GetByteCount(path) > SocketAddress.MaxBytes)
        {
            throw new ChannelRefusedException($"{path} is longer than the {SocketAddress.MaxBytes} bytes a socket's path may have. Choose a shorter one.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new ChannelRefusedException($"there is no directory for {path}. Make it first.");
        }
    }

    private static void Clear(string path, Func<string, bool> isTaken)
    {
        if (FileStatus.Of(path, followLinks: false) is not { } found)
        {
            return;
        }

        if (!found.IsSocket)
        {
            throw new ChannelRefusedException($"{path} is there and is not a socket, so it is not removed. Move it away, or choose another path.");
        }

        if (isTaken(path) || IsAlive(path))
        {
            throw new ChannelRefusedException($"somebody listens on {path}. Choose another path.");
        }

        File.Delete(path);
    }

    /// <summary>Whether anybody listens. A full backlog is somebody too, and is not waited for.</summary>
    private static bool IsAlive(string path)
    {
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode is not (SocketError.ConnectionRefused or SocketError.AddressNotAvailable or SocketError.HostNotFound);
        }
    }
}
