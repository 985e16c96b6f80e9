using System.Runtime.InteropServices;

namespace Ocap.Daemon.Memory;

/// <summary>The C library's heap, in which SQLite works.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives back to the system what is free in it, where the C library can (glibc: malloc_trim(3)): after large blocks it keeps tens of megabytes otherwise.</summary>
    internal static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which keeps less.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}
