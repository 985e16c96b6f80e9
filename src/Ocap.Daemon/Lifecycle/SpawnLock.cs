using System.Runtime.Versioning;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>
/// Held by whoever starts, stops or purges a home's daemon, a daemon in the foreground included until it is ready. So two of these never meet:
/// a client that waits for it finds the daemon up when its turn comes, and nothing starts in the middle of a stop.
/// </summary>
[UnsupportedOSPlatform("windows")]
public static class SpawnLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Waits for the lock and takes it.</summary>
    /// <param name="home">The home; it must exist.</param>
    /// <param name="notice">Is told, in a line, when the wait is long enough to be noticed.</param>
    /// <exception cref="DaemonException">The lock file cannot be opened or locked.</exception>
    public static FileLock Take(HomeDirectory home, Action<string> notice)
    {
        FileLock spawn = FileLock.Open(home.SpawnLock);
        try
        {
            if (!spawn.TryTake())
            {
                using Timer impatience = new(_ => notice($"Waiting for another ocap that is starting or stopping the daemon of {home.Path}..."), null, Patience, Timeout.InfiniteTimeSpan);
                spawn.Take();
            }
            return spawn;
        }
        catch
        {
            spawn.Dispose();
            throw;
        }
    }
}
