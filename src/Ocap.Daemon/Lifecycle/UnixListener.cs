using System.Runtime.Versioning;
using System.Text;

namespace Ocap.Daemon.Lifecycle;

/// <summary>A listening Unix socket made by the system's own calls, of whose file .NET knows nothing.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe class UnixListener
{
    private const int FamilyUnix = 1;
    private const int Stream = 1;
    private const int CloseOnExec = 0x80000;
    private const int PathOffset = 2;
    private const int AddressLength = 110;

    /// <summary>The descriptor. The file has the permissions that the process's mask leaves.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    internal static int Open(string path, int backlog)
    {
        int descriptor = Libc.Socket(FamilyUnix, Stream | (OperatingSystem.IsMacOS() ? 0 : CloseOnExec), 0);
        if (descriptor < 0)
        {
            throw new IOException(Libc.Describe(Libc.LastError));
        }

        byte* address = stackalloc byte[AddressLength];
        var bytes = new Span<byte>(address, AddressLength);
        bytes.Clear();
        int length = PathOffset + Encoding.UTF8.GetBytes(path, bytes[PathOffset..^1]) + 1;

        // struct sockaddr_un: two bytes of family, or on macOS one of length and one of family; then the path.
        (bytes[0], bytes[1]) = OperatingSystem.IsMacOS() ? ((byte)length, (byte)FamilyUnix) : ((byte)FamilyUnix, (byte)0);
        if (Libc.Bind(descriptor, address, (uint)length) == 0 && Libc.Listen(descriptor, backlog) == 0)
        {
            return descriptor;
        }

        string why = Libc.Describe(Libc.LastError);
        _ = Libc.Close(descriptor);
        throw new IOException(why);
    }
}
