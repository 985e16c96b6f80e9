using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Ocap.Vats.Hosting.Confinement;

/// <summary>
/// Linux's Landlock: a rule set without a rule, so that no file can be opened, made, read, run or removed, no TCP port used, and nothing outside signalled.
/// It holds for the calling thread and those it starts.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class Landlock
{
    private const nint CreateRuleset = 444;
    private const nint RestrictSelf = 446;
    private const nint AskVersion = 1;

    /// <summary>All file rights that a version of the interface knows.</summary>
    private static ulong FileRights(nint version) => version switch
    {
        1 => (1UL << 13) - 1,
        2 => (1UL << 14) - 1,
        3 or 4 => (1UL << 15) - 1,
        _ => (1UL << 16) - 1,
    };

    /// <summary>The version of the interface that was used, or 0 when the kernel has none or forbids it.</summary>
    internal static int TryRestrict()
    {
        nint version = SystemCall(CreateRuleset, 0, 0, AskVersion, 0);
        if (version <= 0)
        {
            return 0;
        }

        // Rights on files; binding and connecting TCP; abstract sockets and signals. Each a word, the later ones unknown to older kernels.
        ulong* handled = stackalloc ulong[] { FileRights(version), 3, 3 };
        nint size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
        nint rules = SystemCall(CreateRuleset, (nint)handled, size, 0, 0);
        if (rules < 0)
        {
            return 0;
        }

        using var owned = new SafeFileHandle(rules, ownsHandle: true);
        return SystemCall(RestrictSelf, rules, 0, 0, 0) == 0 ? (int)version : 0;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d);
}
