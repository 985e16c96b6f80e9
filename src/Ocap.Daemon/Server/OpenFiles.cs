using System.Runtime.InteropServices;

namespace Ocap.Daemon.Server;

/// <summary>How many files this process may have open (<c>ulimit -n</c>).</summary>
internal static partial class OpenFiles
{
    private const long Plenty = 4096;

    internal static long Limit
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return Plenty;
            }

            // RLIMIT_NOFILE
            int resource = OperatingSystem.IsMacOS() ? 8 : 7;
            return GetLimit(resource, out ResourceLimit limit) == 0 ? (long)Math.Min(limit.Soft, Plenty) : Plenty;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
