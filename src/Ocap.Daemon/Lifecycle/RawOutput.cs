using System.Runtime.Versioning;

namespace Ocap.Daemon.Lifecycle;

/// <summary>Writes to a standard descriptor without the console classes, which set the terminal up (and say so to it) and keep copies of descriptors.</summary>
[UnsupportedOSPlatform("windows")]
public static class RawOutput
{
    private const int Forever = -1;

    /// <summary>Writes all of it, or as much as can be written: there is nobody to tell when a terminal, a pipe's reader or a parent is gone.</summary>
    /// <param name="descriptor">1 for output, 2 for errors.</param>
    /// <param name="text">UTF-8.</param>
    public static unsafe void Write(int descriptor, ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text)
        {
            nint written = 0;
            while (written < text.Length)
            {
                nint step = Libc.Write(descriptor, start + written, (nuint)(text.Length - written));
                if (step < 0 && !MayTryAgain(descriptor, Libc.LastError))
                    return;
                written += Math.Max(0, step);
            }
        }
    }

    /// <summary>A descriptor that somebody made non-blocking is waited for.</summary>
    private static unsafe bool MayTryAgain(int descriptor, int error)
    {
        if (error != Libc.WouldBlock)
            return error == Libc.Interrupted;
        Libc.PollEntry entry = new() { Descriptor = descriptor, Events = Libc.PollOut };
        return Libc.Poll(&entry, 1, Forever) >= 0;
    }
}
