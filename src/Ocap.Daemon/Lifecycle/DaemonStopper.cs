using System.Diagnostics;
using System.Runtime.Versioning;
using Ocap.Daemon.Home;

namespace Ocap.Daemon.Lifecycle;

/// <summary>How an attempt to stop a daemon came out.</summary>
public enum StopOutcome
{
    /// <summary>There was none.</summary>
    NotRunning,

    /// <summary>It is gone: its lock is free.</summary>
    Stopped,

    /// <summary>It still has its lock.</summary>
    StillRunning,
}

/// <summary>Ends a home's daemon: asks it, then SIGTERM, then SIGKILL, each with its time. Done when its lock is free, not before. The caller holds <c>spawn.lock</c>.</summary>
[UnsupportedOSPlatform("windows")]
public static class DaemonStopper
{
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Terminating = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Killing = TimeSpan.FromSeconds(2);

    /// <summary>Stops the daemon.</summary>
    /// <param name="home">Whose daemon.</param>
    /// <param name="stopping">Called once when there is one to stop.</param>
    /// <param name="ask">Asks by RPC, given the pid that must answer (null: not known) and the time it may take; false when nobody could be asked.</param>
    /// <exception cref="DaemonException">The lock cannot be looked at.</exception>
    public static StopOutcome Stop(HomeDirectory home, Action stopping, Func<int?, TimeSpan, bool> ask)
    {
        using DaemonLock? held = DaemonLock.Look(home);
        if (held is null || !held.IsTaken())
        {
            PidFile.Forget(home.PidFile);
            return StopOutcome.NotRunning;
        }
        stopping();
        using HolderProcess? holder = held.Holder();
        // One that a signal has stopped could do nothing of what follows but be killed.
        holder?.Signal(Libc.ContinueSignal);
        Task free = held.WhenFree();
        long start = Stopwatch.GetTimestamp();
        bool gone = ask(holder?.Pid, Asking) && free.Wait(Positive(Asking - Stopwatch.GetElapsedTime(start)));
        gone = gone || Signal(holder, Libc.TermSignal, free, Terminating) || Signal(holder, Libc.KillSignal, free, Killing);
        if (gone)
        {
            // The lock goes a moment before the process does, which with a busy vat may be long enough to be seen.
            holder?.WaitForEnd(Killing);
            PidFile.Forget(home.PidFile);
        }
        return gone ? StopOutcome.Stopped : StopOutcome.StillRunning;
    }

    private static bool Signal(HolderProcess? holder, int signal, Task free, TimeSpan limit)
    {
        holder?.Signal(signal);
        return free.Wait(holder is null ? TimeSpan.Zero : limit);
    }

    private static TimeSpan Positive(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
