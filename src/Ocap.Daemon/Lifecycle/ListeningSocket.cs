using System.Net.Sockets;
using System.Runtime.Versioning;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>The daemon's socket, mode 0600, opened in place of one that a dead daemon left. Only the holder of the home's lock may.</summary>
/// <remarks>
/// It is bound by the C library: a socket that .NET binds deletes its path when it is closed, whosever file is there by then. A home can be removed and made
/// anew under a daemon, and then that is the next daemon's.
/// </remarks>
[UnsupportedOSPlatform("windows")]
internal sealed class ListeningSocket
{
    private const int Backlog = 512;

    private readonly string _path;
    private readonly FileStatus? _file;

    private ListeningSocket(Socket socket, string path)
    {
        Socket = socket;
        _path = path;
        _file = FileStatus.Of(path, followLinks: false);
    }

    /// <summary>Listens. Its owner closes it, after <see cref="Withdraw"/>.</summary>
    internal Socket Socket { get; }

    /// <exception cref="DaemonException">Somebody else listens there, something that is no socket is in the way, or the system refuses.</exception>
    internal static ListeningSocket Open(string path)
    {
        Clear(path);
        Socket? listener = null;
        try
        {
            listener = Bind(path);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(Backlog);
            return new ListeningSocket(listener, path);
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException)
        {
            listener?.Dispose();
            throw new DaemonException($"Cannot listen on {path}: {fault.Message.TrimEnd('.')}. {WhatToDo(path)}");
        }
    }

    /// <summary>
    /// Deletes the file by which clients find it, unless another has taken its place. To be called before the socket is closed: until then no other file can
    /// have its number.
    /// </summary>
    internal void Withdraw()
    {
        if (_file is { } ours && FileStatus.Of(_path, followLinks: false) is { } there && (there.Device, there.Inode) == (ours.Device, ours.Inode))
            File.Delete(_path);
    }

    /// <summary>Removes a socket that nobody listens on.</summary>
    /// <exception cref="DaemonException">Somebody does, or it is no socket.</exception>
    internal static void Clear(string path)
    {
        if (FileStatus.Of(path, followLinks: false) is not { } found)
            return;
        if (!found.IsSocket)
            throw new DaemonException($"{path} is not a socket, so it is not removed. Move it away, or choose another OCAP_SOCKET_PATH.");
        // The lock says that no daemon of this home lives, but OCAP_SOCKET_PATH may name the socket of another home's.
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            File.Delete(path);
            return;
        }
        throw new DaemonException($"Another daemon listens on {path}. Choose another OCAP_SOCKET_PATH, or unset it.");
    }

    private static unsafe Socket Bind(string path)
    {
        int descriptor = Libc.UnixSocket();
        SafeSocketHandle handle = descriptor >= 0 ? new SafeSocketHandle(descriptor, ownsHandle: true) : throw new IOException(Libc.Describe(Libc.LastError));
        System.Net.SocketAddress address = new UnixDomainSocketEndPoint(path).Serialize();
        fixed (byte* bytes = address.Buffer.Span)
        {
            if (Libc.Bind(handle, bytes, (uint)address.Size) == 0)
                return new Socket(handle);
        }
        string why = Libc.Describe(Libc.LastError);
        handle.Dispose();
        throw new IOException(why);
    }

    private static string WhatToDo(string path) => Path.GetDirectoryName(path) is { } directory && !Directory.Exists(directory)
        ? $"There is no directory {directory}: make it, or choose another OCAP_SOCKET_PATH."
        : "Its directory must be yours to write to.";
}
