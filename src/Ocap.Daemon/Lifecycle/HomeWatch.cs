using System.Runtime.Versioning;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>
/// Notices that the home was removed under the daemon, or another put in its place: nobody can find that daemon any more and nothing that it writes is kept,
/// so it had better end than live on for nobody. And that only the socket may have been removed, which can be mended.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HomeWatch : IDisposable
{
    /// <summary>Where the system does not tell, it is looked at now and then.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>Who removes a whole home removes one file after the other, and would find a new socket in the way.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    private readonly HomeDirectory _home;
    private readonly FileStatus? _ours;
    private readonly Action _lost;
    private readonly Timer _settled;
    private readonly List<IDisposable> _watches = [];

    /// <summary>Begins to watch.</summary>
    /// <param name="home">The home, with this daemon's lock in it.</param>
    /// <param name="lost">Called when that lock's file is there no more.</param>
    /// <param name="changed">Called when something else is there no more, perhaps the socket.</param>
    internal HomeWatch(HomeDirectory home, Action lost, Action changed)
    {
        (_home, _lost) = (home, lost);
        _ours = FileStatus.Of(home.DaemonLock, followLinks: false);
        _settled = new Timer(_ =>
        {
            if (!IsLost())
                changed();
        });
        Watch(home.Path);
        if (Path.GetDirectoryName(home.Socket) is { } elsewhere && !string.Equals(elsewhere, home.Path, StringComparison.Ordinal))
            Watch(elsewhere);
    }

    public void Dispose()
    {
        _watches.ForEach(static watch => watch.Dispose());
        _settled.Dispose();
    }

    private void Watch(string directory) =>
        _watches.Add((OperatingSystem.IsLinux() ? DirectoryLosses.TryWatch(directory, Look) : null) ?? (IDisposable)new Timer(_ => Look(), null, Period, Period));

    private void Look()
    {
        if (IsLost())
        {
            _lost();
        }
        else
        {
            try
            {
                _settled.Change(Settling, Timeout.InfiniteTimeSpan);
            }
            catch (ObjectDisposedException)
            {
                // The daemon ends.
            }
        }
    }

    private bool IsLost()
    {
        try
        {
            return FileStatus.Of(_home.DaemonLock, followLinks: false) is not { } there || (there.Device, there.Inode) != (_ours?.Device, _ours?.Inode);
        }
        catch (DaemonException)
        {
            return false; // it cannot be looked at now, which does not say that it is gone
        }
    }
}
