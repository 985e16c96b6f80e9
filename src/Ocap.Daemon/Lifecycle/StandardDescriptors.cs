using System.Runtime.Versioning;

namespace Ocap.Daemon.Lifecycle;

/// <summary>
/// Sees to it that descriptors 0, 1 and 2 are there. Where the caller has closed one (<c>&gt;&amp;-</c>), the next file that this process opens would get its number:
/// the database, say, into which the next line for a person would then be written.
/// </summary>
[UnsupportedOSPlatform("windows")]
public static class StandardDescriptors
{
    /// <summary>
    /// Puts <c>/dev/null</c> in place of those that are closed, opened the wrong way round: what is read from it or written to it fails, as with a closed one.
    /// To be called before anything else is opened.
    /// </summary>
    public static void Fill()
    {
        for (int descriptor = 0; descriptor <= 2; descriptor++)
        {
            if (!Libc.IsOpen(descriptor))
                _ = Libc.Open("/dev/null", descriptor == 0 ? Libc.OpenForWriting : Libc.OpenForReading, 0);
        }
    }
}
