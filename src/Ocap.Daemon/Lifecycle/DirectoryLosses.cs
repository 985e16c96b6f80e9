using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Native = System.Runtime.InteropServices.Marshal;

namespace Ocap.Daemon.Lifecycle;

/// <summary>
/// Tells when something is taken out of a directory, or the directory away (inotify(7)). Its thread waits in the system for that, and costs nothing
/// while nothing happens.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class DirectoryLosses : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const uint MovedFrom = 0x40, Deleted = 0x200, DeletedItself = 0x400, MovedItself = 0x800, OnlyDirectories = 0x1000000, Ignored = 0x8000;
    private const int HeadBytes = 16;

    private readonly SafeFileHandle _inotify;
    private readonly int _watch;
    private volatile bool _isDisposed;

    private DirectoryLosses(SafeFileHandle inotify, int watch, Action happened)
    {
        (_inotify, _watch) = (inotify, watch);
        new Thread(() => Wait(happened), 256 << 10) { Name = "home", IsBackground = true }.Start();
    }

    /// <summary>Begins to watch; null where the system has no watches left.</summary>
    /// <param name="directory">What to watch.</param>
    /// <param name="happened">Called on a thread of its own after something has gone.</param>
    internal static DirectoryLosses? TryWatch(string directory, Action happened)
    {
        var inotify = new SafeFileHandle(Init(CloseOnExec), ownsHandle: true);
        int watch = inotify.IsInvalid ? -1 : AddWatch(inotify, directory, MovedFrom | Deleted | DeletedItself | MovedItself | OnlyDirectories);
        if (watch >= 0)
        {
            return new DirectoryLosses(inotify, watch, happened);
        }

        inotify.Dispose();
        return null;
    }

    /// <summary>Ends the watch. Its end is an event too, which wakes the thread.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        try
        {
            _ = RemoveWatch(_inotify, _watch);
        }
        catch (ObjectDisposedException)
        {
            // The directory is gone, and its thread with it.
        }
    }

    private void Wait(Action happened)
    {
        using (_inotify)
        {
            byte[] events = new byte[4096];
            while (true)
            {
                nint length = Read(_inotify, events, events.Length);
                if (_isDisposed || (length < 0 && Native.GetLastPInvokeError() != Libc.Interrupted))
                {
                    return;
                }

                happened();
                if (length > 0 && HasEnded(events.AsSpan(0, (int)length)))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Whether one of the events says that there will be no more: the directory is no longer there.</summary>
    private static bool HasEnded(ReadOnlySpan<byte> events)
    {
        for (; events.Length >= HeadBytes; events = events[(HeadBytes + BinaryPrimitives.ReadInt32LittleEndian(events[12..]))..])
        {
            if ((BinaryPrimitives.ReadUInt32LittleEndian(events[4..]) & Ignored) != 0)
            {
                return true;
            }
        }

        return false;
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Init(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(SafeFileHandle inotify, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    private static partial int RemoveWatch(SafeFileHandle inotify, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle inotify, [Out] byte[] events, nint count);
}
