using System.Runtime.Versioning;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>
/// Notices that the home was removed under the daemon, or another put in its place. Nobody can find that daemon any more and nothing that it writes is kept,
/// so it had better end than live on for nobody.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HomeWatch : IDisposable
{
    /// <summary>Where the system does not tell, it is looked at now and then.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly IDisposable _watch;

    /// <summary>Begins to watch.</summary>
    /// <param name="home">The home, with this daemon's lock in it.</param>
    /// <param name="lost">Called when that lock's file is there no more.</param>
    internal HomeWatch(HomeDirectory home, Action lost)
    {
        FileStatus? ours = FileStatus.Of(home.DaemonLock, followLinks: false);
        void Look()
        {
            if (IsLost(home.DaemonLock, ours))
                lost();
        }

        _watch = (OperatingSystem.IsLinux() ? DirectoryLosses.TryWatch(home.Path, Look) : null) ?? (IDisposable)new Timer(_ => Look(), null, Period, Period);
    }

    public void Dispose() => _watch.Dispose();

    private static bool IsLost(string path, FileStatus? ours)
    {
        try
        {
            return FileStatus.Of(path, followLinks: false) is not { } there || (there.Device, there.Inode) != (ours?.Device, ours?.Inode);
        }
        catch (DaemonException)
        {
            return false; // it cannot be looked at now, which does not say that it is gone
        }
    }
}
