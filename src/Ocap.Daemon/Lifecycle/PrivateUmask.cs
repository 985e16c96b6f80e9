using System.Runtime.Versioning;

namespace Ocap.Daemon.Lifecycle;

/// <summary>What is made within it is for its owner, and usable by its owner, whatever umask the caller has: with 0777, a lock file could not be opened again.</summary>
[UnsupportedOSPlatform("windows")]
internal readonly ref struct PrivateUmask
{
    private const uint NothingForOthers = 0x3F; // 077

    private readonly uint _before;

    private PrivateUmask(uint before) => _before = before;

    /// <summary>For as long as it is not disposed. The umask is the process's: not for where several threads make files.</summary>
    internal static PrivateUmask Begin() => new(Libc.Umask(NothingForOthers));

    public void Dispose() => _ = Libc.Umask(_before);
}
