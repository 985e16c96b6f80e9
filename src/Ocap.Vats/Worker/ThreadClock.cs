using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Vats.Worker;

/// <summary>
/// The CPU time of one thread, read from another: what the watchdog goes by. Where the system gives no such clock, wall time stands in for it, and the
/// watchdog is given more patience (<see cref="IsExact"/>).
/// </summary>
internal sealed partial class ThreadClock
{
    private readonly int _clock;
    private readonly long _startedAt = Environment.TickCount64;

    private ThreadClock(int clock) => _clock = clock;

    internal bool IsExact => _clock != 0;

    internal TimeSpan Now => _clock != 0 && OperatingSystem.IsLinux() && GetTime(_clock, out TimeSpec time) == 0
        ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : TimeSpan.FromMilliseconds(Environment.TickCount64 - _startedAt);

    /// <summary>The clock of the calling thread.</summary>
    internal static ThreadClock OfCurrentThread() => new(OperatingSystem.IsLinux() ? ClockOf(GetThreadId()) : 0);

    // The kernel's encoding of "CPU time of thread N": the id's complement above three bits that say scheduler clock (2) and per thread (4).
    private static int ClockOf(int thread) => (~thread << 3) | 6;

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);
}
