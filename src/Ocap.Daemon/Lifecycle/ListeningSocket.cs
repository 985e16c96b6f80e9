using System.Net.Sockets;
using System.Runtime.Versioning;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>Opens the daemon's socket, mode 0600, in place of one that a dead daemon left. Only the holder of the home's lock may.</summary>
[UnsupportedOSPlatform("windows")]
internal static class ListeningSocket
{
    private const int Backlog = 512;

    /// <exception cref="DaemonException">Somebody else listens there, something that is no socket is in the way, or the system refuses.</exception>
    internal static Socket Open(string path)
    {
        Clear(path);
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(Backlog);
            return listener;
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            throw new DaemonException($"Cannot listen on {path}: {fault.Message}. Does its directory exist, and is it yours?");
        }
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
}
