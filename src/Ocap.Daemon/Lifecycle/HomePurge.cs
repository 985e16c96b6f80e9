using System.Runtime.Versioning;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>Deletes a home's state, and nothing else that may lie in it. The lock files stay: they are what makes this safe.</summary>
[UnsupportedOSPlatform("windows")]
public static class HomePurge
{
    /// <summary>Deletes the state while holding the daemon's lock. The caller holds <c>spawn.lock</c>.</summary>
    /// <returns>False when a daemon has the home.</returns>
    /// <exception cref="DaemonException">Something cannot be deleted.</exception>
    public static bool Run(HomeDirectory home)
    {
        using DaemonLock held = DaemonLock.Open(home);
        if (!held.TryTake())
            return false;
        try
        {
            foreach (string suffix in (ReadOnlySpan<string>)["", "-wal", "-shm", "-journal"])
                File.Delete(home.Database + suffix);
            File.Delete(home.Identity);
            DeleteBundles(home.Bundles);
            foreach (string log in Directory.EnumerateFiles(home.Path, Path.GetFileName(home.Log) + "*").Where(f => IsLog(home.Log, f)))
                File.Delete(log);
            File.Delete(home.PidFile);
            ListeningSocket.Clear(home.Socket);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DaemonException($"Not all state could be deleted: {fault.Message} Put that right and type the same command again.");
        }
    }

    private static bool IsLog(string log, string file) => file.Length == log.Length || (file[log.Length] == '.' && file.AsSpan(log.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0);

    private static void DeleteBundles(string path)
    {
        FileStatus? found = FileStatus.Of(path, followLinks: false);
        if (found is { IsDirectory: true })
            Directory.Delete(path, recursive: true);
        else if (found is not null)
            File.Delete(path);
    }
}
