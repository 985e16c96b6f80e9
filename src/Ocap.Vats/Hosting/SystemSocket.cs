using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Vats.Hosting;

/// <summary>The socket calls of the C library that a link needs: with .NET's own class a send cannot be told, call by call, not to wait.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class SystemSocket
{
    private const int UnixDomain = 1;
    private const int Stream = 1;
    private const int Interrupted = 4;

    // On Linux with "no signal" too: the other side may be gone. (.NET ignores that signal; nobody else need rely on it.)
    private static readonly int s_dontWait = OperatingSystem.IsMacOS() ? 0x80 : 0x40;
    private static readonly int s_always = OperatingSystem.IsMacOS() ? 0 : 0x4000;
    private static readonly int s_again = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>Two connected ends. Both are inherited by programs that are started: the caller sees to that.</summary>
    internal static (SafeHandle One, SafeHandle Other) Pair()
    {
        int* ends = stackalloc int[2];
        return SocketPair(UnixDomain, Stream, 0, ends) == 0
            ? (Own(ends[0]), Own(ends[1]))
            : throw new IOException($"no pair of sockets: {System.Runtime.InteropServices.Marshal.GetLastPInvokeErrorMessage()}");
    }

    internal static SafeHandle Own(int descriptor) => new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);

    /// <summary>Waits for bytes; 0 at the end, whatever it is.</summary>
    internal static int Receive(SafeHandle socket, Span<byte> buffer)
    {
        fixed (byte* at = buffer)
        {
            nint count;
            do
            {
                count = Receive(socket, at, (nuint)buffer.Length, 0);
            }
            while (count < 0 && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Interrupted);
            return (int)Math.Max(0, count);
        }
    }

    /// <summary>How many bytes were taken: maybe none when it must not wait; -1 when the other side is gone.</summary>
    internal static int Send(SafeHandle socket, ReadOnlySpan<byte> bytes, bool mayWait)
    {
        fixed (byte* at = bytes)
        {
            nint count;
            int error = 0;
            do
            {
                count = Send(socket, at, (nuint)bytes.Length, mayWait ? s_always : s_always | s_dontWait);
                error = count < 0 ? System.Runtime.InteropServices.Marshal.GetLastPInvokeError() : 0;
            }
            while (error == Interrupted);
            return error == s_again && !mayWait ? 0 : (int)count;
        }
    }

    /// <summary>Ends the connection for both sides, and whoever waits in <see cref="Receive(SafeHandle, Span{byte})"/>.</summary>
    internal static void Shutdown(SafeHandle socket) => _ = Shutdown(socket, 2);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int domain, int type, int protocol, int* ends);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    private static partial int Shutdown(SafeHandle socket, int how);
}
