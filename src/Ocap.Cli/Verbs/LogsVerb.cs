using Ocap.Cli.Client;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon logs</c>: the newest log file, and with <c>--follow</c> what is added to it, across rotations.</summary>
internal static class LogsVerb
{
    internal static int Run(bool follow = false)
    {
        if (OperatingSystem.IsWindows())
            throw Platform.NoDaemonHere();
        HomeDirectory home = Invocation.Home;
        if (!HomeGuard.Exists(home) || (!follow && !File.Exists(home.Log)))
        {
            Terminal.Say($"There is no log yet: {home.Log}");
            return 1;
        }
        if (follow)
            return Follow(home);
        PrintAll(home.Log);
        return 0;
    }

    private static void PrintAll(string path)
    {
        using FileStream? log = TryOpen(path);
        Copy(log);
    }

    /// <summary>Prints until it is ended, or nobody reads it any more; gives the exit code.</summary>
    private static int Follow(HomeDirectory home)
    {
        using Foreground foreground = new();
        using AutoResetEvent changed = new(initialState: true);
        using FileSystemWatcher watcher = new(home.Path, Path.GetFileName(home.Log)) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
        bool gone = false;
        watcher.Changed += (_, _) => changed.Set();
        watcher.Created += (_, _) => changed.Set();
        watcher.Deleted += (_, _) => Leave();
        watcher.Renamed += (_, change) =>
        {
            if (string.Equals(change.OldFullPath, home.Log, StringComparison.Ordinal))
                Leave();
        };
        watcher.EnableRaisingEvents = true;
        FileStream? log = TryOpen(home.Log);
        WaitHandle[] awaited = [changed, foreground.Ended.WaitHandle];
        while (WaitHandle.WaitAny(awaited) == 0)
        {
            bool reopen = Interlocked.Exchange(ref gone, false);
            Copy(log);
            if (!reopen && log is not null)
                continue;
            log?.Dispose();
            log = TryOpen(home.Log);
            Copy(log);
        }
        log?.Dispose();
        return foreground.ExitCode;

        void Leave()
        {
            Volatile.Write(ref gone, true);
            changed.Set();
        }
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null; // being rotated: its successor's arrival is the next event
        }
    }

    private static void Copy(FileStream? log)
    {
        byte[] buffer = new byte[64 * 1024];
        for (int read; log is not null && (read = log.Read(buffer)) > 0;)
            Terminal.Result(buffer.AsSpan(0, read));
    }
}
