using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ocap.Remotes.Content;

/// <summary>Creates small files so that they are, after any crash, either whole or absent.</summary>
public static partial class DurableFile
{
    /// <summary>
    /// Writes <paramref name="content"/> to a new file that only its owner can read. False, and nothing changed, when there is one already.
    /// </summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        // One fixed name: what a crash left behind is replaced by the next try, not joined by another.
        string draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return false;
        }
        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return true;
    }

    // The rename is on disk only when the directory is. Windows has no such call and needs none.
    private static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        int closeOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
        int handle = Open(directory, closeOnExec);
        if (handle < 0)
        {
            throw new IOException($"Cannot open the directory {directory} to flush it.", new Win32Exception());
        }
        bool synced = FSync(handle) == 0;
        var cause = new Win32Exception();
        _ = Close(handle);
        if (!synced)
        {
            throw new IOException($"Cannot flush the directory {directory} to disk.", cause);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
