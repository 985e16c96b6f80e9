using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>Who holds a home: the process that has <c>daemon.lock</c>, and nobody else. Its pid and version are written in it, a line each.</summary>
/// <remarks>It is taken and probed only by those who hold <c>spawn.lock</c> (or whose parent does), so a probe never makes a start fail.</remarks>
[UnsupportedOSPlatform("windows")]
public sealed class DaemonLock : IDisposable
{
    private readonly FileLock _lock;

    private DaemonLock(FileLock @lock) => _lock = @lock;

    /// <summary>Opens it to ask about it; null when no daemon has ever had this home.</summary>
    /// <exception cref="DaemonException">It cannot be opened.</exception>
    public static DaemonLock? Look(HomeDirectory home) => FileLock.OpenExisting(home.DaemonLock) is { } found ? new DaemonLock(found) : null;

    /// <summary>Opens it to take it.</summary>
    /// <exception cref="DaemonException">It cannot be opened.</exception>
    public static DaemonLock Open(HomeDirectory home) => new(FileLock.Open(home.DaemonLock));

    /// <summary>Becomes the holder, unless there is one.</summary>
    public bool TryTake() => _lock.TryTake();

    /// <summary>Whether a daemon has it.</summary>
    public bool IsTaken() => _lock.IsTaken();

    /// <summary>Ends when no daemon has it.</summary>
    public Task WhenFree() => _lock.WhenFree();

    /// <summary>Writes who the holder is.</summary>
    internal void Sign(int pid, string version)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{pid}\n{version}\n"));
        RandomAccess.SetLength(_lock.File, 0);
        RandomAccess.Write(_lock.File, text, 0);
    }

    /// <summary>What the newest holder wrote. It may be gone: ask <see cref="IsTaken"/> after reading.</summary>
    public (int? Pid, string? Version) Signature()
    {
        Span<byte> buffer = stackalloc byte[256];
        string[] lines = Encoding.UTF8.GetString(buffer[..RandomAccess.Read(_lock.File, buffer, 0)]).Split('\n');
        int? pid = int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;
        return (pid, lines.Length > 1 && lines[1].Length > 0 ? lines[1] : null);
    }

    /// <summary>A handle to the holder that cannot come to mean another process; null when nobody holds it, or the pid in it is not the holder's.</summary>
    internal HolderProcess? Holder()
    {
        if (Signature().Pid is not { } pid || HolderProcess.Open(pid) is not { } process)
            return null;
        // The lock is asked after the process is pinned: the one that still holds it is the one we have.
        if (IsTaken() && Signature().Pid == pid && process.HasOpen(_lock.Path))
            return process;
        process.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
