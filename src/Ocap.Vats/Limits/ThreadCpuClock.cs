using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Vats.Limits;

/// <summary>CPU time that the current thread has used. Elsewhere than on Linux, macOS and Windows it is wall time, which never under-counts.</summary>
internal static partial class ThreadCpuClock
{
    internal static TimeSpan Now
    {
        get
        {
            if (OperatingSystem.IsLinux()) return FromClock(ClockThreadCpuLinux);
            if (OperatingSystem.IsMacOS()) return FromClock(ClockThreadCpuMac);
            return OperatingSystem.IsWindows() ? FromWindows() : Wall;
        }
    }

    private const int ClockThreadCpuLinux = 3;
    private const int ClockThreadCpuMac = 16;

    private static TimeSpan Wall => TimeSpan.FromMilliseconds(Environment.TickCount64);

    [UnsupportedOSPlatform("windows")]
    private static TimeSpan FromClock(int clock) =>
        GetTime(clock, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : Wall;

    [SupportedOSPlatform("windows")]
    private static TimeSpan FromWindows() =>
        GetThreadTimes(GetCurrentThread(), out _, out _, out var kernel, out var user) ? TimeSpan.FromTicks(kernel + user) : Wall;

    // Both fields are 64 bits wide on every 64-bit Linux and macOS, the only ones the product is built for.
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(nint thread, out long creation, out long exit, out long kernel, out long user);
}
