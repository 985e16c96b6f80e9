using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Daemon.Home;

/// <summary>Owner, kind, mode and identity of a file: of these .NET tells the mode only.</summary>
/// <param name="Owner">User id.</param>
/// <param name="Mode">Kind and permission bits, as <c>st_mode</c>.</param>
/// <param name="Device">The file system it is on; with <paramref name="Inode"/> it says which file this is.</param>
/// <param name="Inode">Its number there.</param>
[UnsupportedOSPlatform("windows")]
internal readonly record struct FileStatus(uint Owner, uint Mode, ulong Device, ulong Inode)
{
    private const uint KindMask = 0xF000;

    internal UnixFileMode Permissions => (UnixFileMode)(Mode & 0xFFF);

    internal bool IsDirectory => (Mode & KindMask) == 0x4000;

    internal bool IsRegularFile => (Mode & KindMask) == 0x8000;

    internal bool IsPipe => (Mode & KindMask) == 0x1000;

    internal bool IsSocket => (Mode & KindMask) == 0xC000;

    /// <summary>The file itself, or what it links to; null when there is nothing.</summary>
    /// <exception cref="DaemonException">It cannot be looked at.</exception>
    internal static unsafe FileStatus? Of(string path, bool followLinks)
    {
        byte* buffer = stackalloc byte[256];
        bool darwin = OperatingSystem.IsMacOS();
        int result;
        if (darwin)
            result = followLinks ? Libc.StatDarwin(path, buffer) : Libc.LstatDarwin(path, buffer);
        else
            result = Libc.Statx(Libc.AtCurrentDirectory, path, followLinks ? 0 : Libc.AtNoFollow, Libc.StatxBasic, buffer);
        if (result == 0)
            return darwin ? FromDarwin(buffer) : FromStatx(buffer);
        int error = Libc.LastError;
        return error is Libc.NoEntry or Libc.NotADirectory ? null : throw new DaemonException($"Cannot look at {path}: {Libc.Describe(error)}.");
    }

    /// <summary>The file that is open.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    internal static unsafe FileStatus Of(SafeHandle file)
    {
        byte* buffer = stackalloc byte[256];
        bool darwin = OperatingSystem.IsMacOS();
        int result = darwin
            ? Libc.FstatDarwin(file, buffer)
            : Libc.Statx((int)file.DangerousGetHandle(), "", Libc.AtEmptyPath, Libc.StatxBasic, buffer);
        return result != 0 ? throw new IOException(Libc.Describe(Libc.LastError) + ".") : darwin ? FromDarwin(buffer) : FromStatx(buffer);
    }

    // Offsets within struct statx, the same on every architecture.
    private static unsafe FileStatus FromStatx(byte* at) =>
        new(*(uint*)(at + 20), *(ushort*)(at + 28), ((ulong)*(uint*)(at + 136) << 32) | *(uint*)(at + 140), *(ulong*)(at + 32));

    // Offsets within Darwin's struct stat with 64-bit inodes (the only one on arm64).
    private static unsafe FileStatus FromDarwin(byte* at) => new(*(uint*)(at + 16), *(ushort*)(at + 4), *(uint*)at, *(ulong*)(at + 8));
}
