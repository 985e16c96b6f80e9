using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Ocap.Cli.Verbs;

namespace Ocap.Cli.Watching;

/// <summary>
/// inotify(7), one instance for any number of directories: the framework's watchers take an instance each, of which a user has 128, or a whole tree with all
/// its node_modules.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class Inotify : IDirectoryListener
{
    private const int CloseOnExec = 0x80000;
    private const int NoSpace = 28;
    private const int HeadBytes = 16;
    private const uint CloseWrite = 0x8, MovedFrom = 0x40, MovedTo = 0x80, Create = 0x100, Delete = 0x200, DeleteSelf = 0x400, MoveSelf = 0x800, Ignored = 0x8000, OnlyDirectories = 0x1000000;

    private readonly SafeFileHandle _handle;
    private readonly Action<string> _tell;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _directories = [];

    internal Inotify(Action<string> tell)
    {
        _tell = tell;
        int descriptor = Init(CloseOnExec);
        if (descriptor < 0)
            throw new CommandException($"This machine cannot tell of changed files: {new Win32Exception().Message}.");
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
        new Thread(Read) { Name = "inotify", IsBackground = true }.Start();
    }

    public void Listen(string directory)
    {
        lock (_lock)
        {
            int watch = AddWatch(_handle, directory, CloseWrite | MovedFrom | MovedTo | Create | Delete | DeleteSelf | MoveSelf | OnlyDirectories);
            if (watch >= 0)
                _directories[watch] = directory;
            else if (System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == NoSpace)
                throw new CommandException("Too many directories to watch: raise the limit with sysctl fs.inotify.max_user_watches.");
            // Else it has gone meanwhile, or may not be read: there is nothing to tell of it.
        }
    }

    public void Dispose() => _handle.Dispose();

    private void Read()
    {
        byte[] buffer = new byte[64 * 1024];
        for (nint filled; (filled = Read(_handle, buffer, buffer.Length)) > 0;)
        {
            for (ReadOnlySpan<byte> rest = buffer.AsSpan(0, (int)filled); !rest.IsEmpty;)
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(rest[12..]);
                Tell(BinaryPrimitives.ReadInt32LittleEndian(rest), BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), rest.Slice(HeadBytes, length).TrimEnd((byte)0));
                rest = rest[(HeadBytes + length)..];
            }
        }
    }

    private void Tell(int watch, uint mask, ReadOnlySpan<byte> name)
    {
        string? directory;
        lock (_lock)
        {
            _directories.TryGetValue(watch, out directory);
            if ((mask & Ignored) != 0)
                _directories.Remove(watch);
        }
        // Without a directory: the queue ran over.
        _tell(directory is null ? DirectoryEvents.Lost : Path.Combine(directory, Encoding.UTF8.GetString(name)));
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Init(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(SafeFileHandle handle, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle handle, [Out] byte[] buffer, nint count);
}
