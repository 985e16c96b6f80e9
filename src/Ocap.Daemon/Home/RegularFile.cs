using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Daemon.Home;

/// <summary>
/// Reads files that somebody has named. A pipe would wait for its other end for ever, and a device may have no end: neither is read. Symbolic links are followed.
/// </summary>
public static class RegularFile
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>The whole content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">How long it may be.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="IOException">It is no regular file, or too long, or cannot be read; the message is a sentence that does not name it.</exception>
    public static byte[] Read(string path, int mostBytes)
    {
        using SafeFileHandle file = OperatingSystem.IsWindows() ? File.OpenHandle(path) : Open(path);
        long length = RandomAccess.GetLength(file);
        if (length > mostBytes)
            throw new IOException($"It has {length} bytes; at most {mostBytes} are read.");
        // The length is where to begin: a file of /proc says 0, and one that is being written grows.
        byte[] content = new byte[length > 0 ? length + 1 : FirstBuffer];
        int filled = 0;
        while (RandomAccess.Read(file, content.AsSpan(filled), filled) is > 0 and var read)
        {
            filled += read;
            if (filled > mostBytes)
                throw new IOException($"It has more than {mostBytes} bytes, which are read at most.");
            if (filled == content.Length)
                Array.Resize(ref content, (int)Math.Min((long)content.Length * 2, mostBytes + 1L));
        }
        Array.Resize(ref content, filled);
        return content;
    }

    [UnsupportedOSPlatform("windows")]
    private static SafeFileHandle Open(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new FileNotFoundException("There is no such file.");
        int descriptor = Libc.Open(path, Libc.OpenForReading | Libc.OpenAtOnce, 0);
        int error = Libc.LastError;
        if (descriptor < 0)
        {
            throw error is Libc.NoEntry or Libc.NotADirectory ? new FileNotFoundException(Absent(path))
                : error == Libc.AccessDenied ? new UnauthorizedAccessException("You may not read it.")
                : error == Libc.NoSuchDevice ? new IOException("It is a socket or a device, not a file.")
                : new IOException(Libc.Describe(error) + ".");
        }
        SafeFileHandle file = new(descriptor, ownsHandle: true);
        FileStatus status = FileStatus.Of(file);
        if (status.IsRegularFile)
            return file;
        file.Dispose();
        throw new IOException($"It is {(status.IsDirectory ? "a directory" : status.IsPipe ? "a pipe" : "a device")}, not a file.");
    }

    private static string Absent(string path) => DanglingLink.TargetOf(path) is { } target ? $"It is a link to {target}, which is not there." : "There is no such file.";
}
