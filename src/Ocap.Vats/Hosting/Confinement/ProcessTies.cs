using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Vats.Hosting.Confinement;

/// <summary>What a vat host is as a process: it dies with the daemon, leaves no core, and can gain nothing.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class ProcessTies
{
    private const int ParentDeathSignal = 1;
    private const int NoNewPrivileges = 38;
    private const int KillSignal = 9;
    private const int FileSizeLimit = 1;
    private const int CoreLimit = 4;
    private const int OpenFilesLimitLinux = 7;
    private const uint NothingForOthers = 0x3F; // 077

    /// <summary>Half of what there is, in thousandths.</summary>
    private const string Sooner = "500";

    /// <summary>More than are open; poll(2) wants its count below this.</summary>
    private const ulong FewFiles = 16;

    /// <summary>Before anything else. The link's end says the same as the parent's death; this is for a host that no longer reads it.</summary>
    internal static void Tie()
    {
        _ = Umask(NothingForOthers);
        _ = ChangeDirectory("/");
        if (OperatingSystem.IsLinux())
        {
            _ = Control(ParentDeathSignal, KillSignal, 0, 0, 0);
            PreferToDie();
        }
    }

    /// <summary>When the system has no memory left it ends this process rather than the daemon, which only loses a heap by that. Best effort.</summary>
    private static void PreferToDie()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", Sooner);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Then it decides by size alone.
        }
    }

    /// <summary>Whether nothing that this process might run could have more rights than it has itself.</summary>
    internal static bool TryGiveUpPrivileges() => OperatingSystem.IsLinux() && Control(NoNewPrivileges, 1, 0, 0, 0) == 0;

    /// <summary>No core dumps, which would hold vats' secrets, and no file may grow.</summary>
    internal static bool TryForbidFiles() => OperatingSystem.IsLinux() && Limit(CoreLimit, 0) && Limit(FileSizeLimit, 0);

    /// <summary>Descriptors that are not open yet cannot be made.</summary>
    internal static bool TryForbidDescriptors() => OperatingSystem.IsLinux() && Limit(OpenFilesLimitLinux, FewFiles);

    /// <summary>Ends the process without running anything more of it, whatever its threads do.</summary>
    internal static void ExitAtOnce(int code) => Exit(code);

    private static bool Limit(int resource, ulong most)
    {
        ulong* limits = stackalloc ulong[] { most, most };
        return SetLimit(resource, limits) == 0;
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);

    [LibraryImport("libc", EntryPoint = "chdir", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeDirectory(string path);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ulong* limits);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
