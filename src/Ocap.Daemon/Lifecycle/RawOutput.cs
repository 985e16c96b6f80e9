using System.Runtime.Versioning;

namespace Ocap.Daemon.Lifecycle;

/// <summary>Writes to a standard descriptor without the console classes, which set the terminal up (and say so to it) and keep copies of descriptors.</summary>
[UnsupportedOSPlatform("windows")]
public static class RawOutput
{
    private const int Forever = -1;

    /// <summary>Writes all of it, or as much as can be written.</summary>
    /// <param name="descriptor">1 for output, 2 for errors.</param>
    /// <param name="text">UTF-8.</param>
    /// <returns>Why not all of it was written; null when it was.</returns>
    public static unsafe WriteFailure? Write(int descriptor, ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text)
        {
            nint written = 0;
            while (written < text.Length)
            {
                nint step = Libc.Write(descriptor, start + written, (nuint)(text.Length - written));
                if (step < 0 && Libc.LastError is var error && !MayTryAgain(descriptor, error))
                    return new WriteFailure(Libc.Describe(error), error == Libc.BrokenPipe);
                written += Math.Max(0, step);
            }
        }
        return null;
    }

    /// <summary>Waits until nobody can read any more what is written: the other end of a pipe is closed, or a terminal is gone. For a file that is never.</summary>
    /// <param name="descriptor">1 for output.</param>
    public static unsafe void WaitForReaderToLeave(int descriptor)
    {
        Libc.PollEntry entry = new() { Descriptor = descriptor };
        while (Libc.Poll(&entry, 1, Forever) < 0 && Libc.LastError == Libc.Interrupted)
        {
            // A signal came in between.
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

/// <summary>Why something was not written.</summary>
/// <param name="Text">The system's words.</param>
/// <param name="ReaderIsGone">There is nobody any more who could read it.</param>
public readonly record struct WriteFailure(string Text, bool ReaderIsGone);
