using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>A process pinned by a pidfd, so that a signal can never reach a later process of the same number. macOS has none: there the pid must do.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HolderProcess : IDisposable
{
    private readonly SafeFileHandle? _pidfd;

    private HolderProcess(int pid, SafeFileHandle? pidfd)
    {
        Pid = pid;
        _pidfd = pidfd;
    }

    internal int Pid { get; }

    /// <summary>Null when there is no such process.</summary>
    internal static HolderProcess? Open(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return new HolderProcess(pid, null);
        int descriptor = Libc.PidfdOpen(pid);
        return descriptor < 0 ? null : new HolderProcess(pid, new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>
    /// Whether it has a file open. A home shared between containers holds pids of another numbering: what such a number means here is not our daemon
    /// and must not be signalled. Where the system does not tell (no /proc), the answer is yes.
    /// </summary>
    internal bool HasOpen(string path)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fd"))
            return true;
        try
        {
            FileStatus? wanted = FileStatus.Of(path, followLinks: true);
            return Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{Pid}/fd"))
                .Any(entry => FileStatus.Of(entry, followLinks: true) is { } open && open == wanted);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DaemonException)
        {
            return false;
        }
    }

    /// <summary>Sends a signal; nothing happens when it is gone.</summary>
    internal void Signal(int signal)
    {
        if (_pidfd is not null)
            Libc.PidfdSend(_pidfd, signal);
        else
            _ = Libc.Kill(Pid, signal);
    }

    /// <summary>Waits until it has ended, for at most that long. Where there is no pidfd it returns at once.</summary>
    internal unsafe void WaitForEnd(TimeSpan limit)
    {
        if (_pidfd is null)
            return;
        Libc.PollEntry entry = new() { Descriptor = (int)_pidfd.DangerousGetHandle(), Events = Libc.PollIn };
        _ = Libc.Poll(&entry, 1, (int)limit.TotalMilliseconds);
    }

    public void Dispose() => _pidfd?.Dispose();
}
