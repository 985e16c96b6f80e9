using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Ocap.Daemon.Home;
using Ocap.Kernel.Outside;

namespace Ocap.Daemon.Outside.Files;

/// <summary>
/// The files of one directory, for a vat. A path is refused when it leads out of the directory or through a symbolic link anywhere below it. The texts are
/// the reference's (cluster-config §7), which looks at the last component only.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class ConfinedFiles(VatReach reach)
{
    private const int MostBytes = 32 * 1024 * 1024;

    internal FileProbe Exists(string path)
    {
        if (!reach.MayExist)
        {
            return new FileProbe(false, "fs.existsSync: it was not granted");
        }

        return Refusal("existsSync", path, out string checkedPath) is { } refusal ? new FileProbe(false, refusal.Message) : new FileProbe(Path.Exists(checkedPath), null);
    }

    internal OutsideEvent Read(string path)
    {
        if (!reach.MayRead)
        {
            return new OutsideFailure("Error", "fs.readFile: it was not granted", null);
        }

        if (Refusal("readFile", path, out string checkedPath) is { } refusal)
        {
            return refusal;
        }

        try
        {
            if (Directory.Exists(checkedPath))
            {
                return new OutsideFailure("Error", "EISDIR: illegal operation on a directory, read", "EISDIR");
            }

            // A pipe would wait for its other end, for ever.
            if (FileStatus.Of(checkedPath, followLinks: false) is not { IsRegularFile: true })
            {
                return new OutsideFailure("Error", $"EINVAL: not a regular file, open '{path}'", "EINVAL");
            }

            using FileStream file = new(checkedPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (!file.CanSeek || file.Length > MostBytes)
            {
                return new OutsideFailure("Error", $"EFBIG: file too large, a vat reads at most {MostBytes >> 20} MiB at once, open '{path}'", "EFBIG");
            }

            byte[] content = new byte[file.Length];
            int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return new FileContent(content.AsMemory(0, length));
        }
        catch (UnauthorizedAccessException)
        {
            return new OutsideFailure("Error", $"EACCES: permission denied, open '{path}'", "EACCES");
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return new OutsideFailure("Error", $"ENOENT: no such file or directory, open '{path}'", "ENOENT");
        }
        catch (IOException broken)
        {
            return new OutsideFailure("Error", $"EIO: {broken.Message}", "EIO");
        }
    }

    internal OutsideEvent Access(string path, int mode)
    {
        if (!reach.MayAccess)
        {
            return new OutsideFailure("Error", "fs.access: it was not granted", null);
        }

        if (Refusal("access", path, out string checkedPath) is { } refusal)
        {
            return refusal;
        }

        if (!Path.Exists(checkedPath))
        {
            return new OutsideFailure("Error", $"ENOENT: no such file or directory, access '{path}'", "ENOENT");
        }

        return MayUse(checkedPath, mode) == 0
            ? new FileAccessible()
            : new OutsideFailure("Error", $"EACCES: permission denied, access '{path}'", "EACCES");
    }

    /// <summary>Why a path may not be looked at, or null. Outside of the directory nothing is told, not even whether it exists.</summary>
    /// <param name="function">Whose error it is.</param>
    /// <param name="path">As the vat gave it.</param>
    /// <param name="checkedPath">The path to use: the one that was checked, where the system would find something else behind a link and <c>..</c>.</param>
    private OutsideFailure? Refusal(string function, string path, out string checkedPath)
    {
        checkedPath = "";
        if (reach.RootDirectory is not { Length: > 0 } root || path.Contains('\0', StringComparison.Ordinal))
        {
            return Fail($"Path {path} is outside allowed root {reach.RootDirectory}");
        }

        // A file may be called ..x.
        string relative = Path.GetRelativePath(root, path.Length == 0 ? "." : path);
        if (relative is ".." || relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) || Path.IsPathRooted(relative))
        {
            return Fail($"Path {path} is outside allowed root {root}");
        }

        string at = Path.GetFullPath(root);
        string[] components = relative is "." ? [] : relative.Split(Path.DirectorySeparatorChar);
        for (int i = 0; i < components.Length; i++)
        {
            at = Path.Combine(at, components[i]);
            var entry = new FileInfo(at);
            if (entry.LinkTarget is not null)
            {
                return Fail($"Symlinks are prohibited: {path}");
            }

            if (!Path.Exists(at))
            {
                return Fail($"ENOENT: no such file or directory, lstat '{path}'");
            }
        }

        checkedPath = at;
        return null;

        OutsideFailure Fail(string message) => new("Error", $"fs.{function}: {message}", null);
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MayUse(string path, int mode);
}
