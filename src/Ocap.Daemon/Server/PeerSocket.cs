using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ocap.Daemon.Server;

/// <summary>What the operating system knows about the process at the other end of a Unix socket.</summary>
internal static partial class PeerSocket
{
    private const short PollError = 0x8;
    private const short PollHungUp = 0x10;

    /// <summary>
    /// Whether the client runs under our user. On Linux and macOS the kernel vouches for it; on Windows the directory's access list is what keeps others out.
    /// </summary>
    internal static bool IsOurs(Socket socket)
    {
        if (OperatingSystem.IsLinux())
        {
            // SOL_SOCKET, SO_PEERCRED: struct ucred { pid_t pid; uid_t uid; gid_t gid; }
            Span<byte> credentials = stackalloc byte[12];
            return socket.GetRawSocketOption(1, 17, credentials) == 12 && MemoryMarshal.Read<uint>(credentials[4..]) == EffectiveUserId();
        }

        if (OperatingSystem.IsMacOS())
        {
            // SOL_LOCAL, LOCAL_PEERCRED: struct xucred { u_int version; uid_t uid; short ngroups; gid_t groups[16]; }
            Span<byte> credentials = stackalloc byte[76];
            return socket.GetRawSocketOption(0, 1, credentials) >= 8 && MemoryMarshal.Read<uint>(credentials[4..]) == EffectiveUserId();
        }

        return OperatingSystem.IsWindows();
    }

    /// <summary>True when the client has closed both directions. Only Linux tells that apart from a client that has merely ended its input.</summary>
    internal static bool IsHungUp(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        bool isHeld = false;
        try
        {
            socket.SafeHandle.DangerousAddRef(ref isHeld);
            var poll = new PollDescriptor { Descriptor = (int)socket.SafeHandle.DangerousGetHandle() };
            return Poll(ref poll, 1, 0) > 0 && (poll.Returned & (PollError | PollHungUp)) != 0;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
        finally
        {
            if (isHeld)
            {
                socket.SafeHandle.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Requested;
        public short Returned;
    }
}
