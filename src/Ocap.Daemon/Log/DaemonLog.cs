using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Ocap.Daemon.Log;

/// <summary>
/// The daemon's log: one write per line, nothing buffered, so no line is lost at shutdown; at most five files of 2 MiB, readable by their owner only.
/// Safe for any thread. A line that cannot be written (a full disk) is counted, and the count is written when there is room again.
/// Parameters, keys and URLs do not belong into lines of level info and up.
/// </summary>
public sealed class DaemonLog : IDisposable
{
    /// <summary>How large one file gets, in bytes.</summary>
    public const int FileSize = 2 * 1024 * 1024;

    /// <summary>How many files there are at most: <c>daemon.log</c>, <c>daemon.log.1</c> (the next older) … <c>daemon.log.4</c>.</summary>
    public const int FileCount = 5;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Action<SafeFileHandle>? _opened;
    private SafeFileHandle? _file;
    private long _lost;

    /// <summary>Opens the log, making the file when it is not there.</summary>
    /// <param name="path">The newest file, <c>daemon.log</c>.</param>
    /// <param name="time">The clock of the lines.</param>
    /// <param name="opened">Called with the file at each opening, rotations included: the place to point standard error at it.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is not ours to write.</exception>
    public DaemonLog(string path, TimeProvider time, Action<SafeFileHandle>? opened = null)
    {
        _path = path;
        _time = time;
        _opened = opened;
        _file = Open();
    }

    /// <summary>Writes a line of level debug.</summary>
    public void Debug(string message, string data = "") => Write(LogLevel.Debug, message, data);

    /// <summary>Writes a line of level info.</summary>
    public void Info(string message, string data = "") => Write(LogLevel.Info, message, data);

    /// <summary>Writes a line of level warn.</summary>
    public void Warn(string message, string data = "") => Write(LogLevel.Warn, message, data);

    /// <summary>Writes a line of level error.</summary>
    public void Error(string message, string data = "") => Write(LogLevel.Error, message, data);

    /// <summary>Writes a line.</summary>
    public void Write(LogLevel level, string message, string data = "")
    {
        byte[] line = LogLine.Format(_time.GetUtcNow(), level, message, data);
        lock (_gate)
        {
            if (_lost > 0 && TryAppend(LogLine.Format(_time.GetUtcNow(), LogLevel.Warn, LostMessage(_lost), "")))
            {
                _lost = 0;
            }

            if (!TryAppend(line))
            {
                _lost++;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private static string LostMessage(long lost) => string.Create(CultureInfo.InvariantCulture, $"Lines before this one that could not be written: {lost}.");

    private bool TryAppend(byte[] line)
    {
        try
        {
            if (_file is null)
            {
                return false;
            }

            // The length is asked for each time because standard error may write to the same file.
            long length = RandomAccess.GetLength(_file);
            if (length > 0 && length + line.Length > FileSize)
            {
                Rotate();
                length = RandomAccess.GetLength(_file);
            }

            RandomAccess.Write(_file, line, length);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Rotate()
    {
        File.Delete(Older(FileCount - 1));
        for (int age = FileCount - 2; age >= 0; age--)
        {
            if (File.Exists(Older(age)))
            {
                File.Move(Older(age), Older(age + 1));
            }
        }

        SafeFileHandle full = _file!;
        _file = Open();
        full.Dispose();
    }

    private string Older(int age) => age == 0 ? _path : string.Create(CultureInfo.InvariantCulture, $"{_path}.{age}");

    private SafeFileHandle Open()
    {
        // FileStream is the only door to UnixCreateMode; its own buffering and locking stay out of the way.
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        SafeFileHandle file = new FileStream(_path, options).SafeFileHandle;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _opened?.Invoke(file);
        return file;
    }
}
