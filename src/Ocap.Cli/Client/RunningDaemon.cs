using System.Diagnostics;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Client;

/// <summary>Finds the daemon of a home, and starts one when there is none.</summary>
internal static class RunningDaemon
{
    private const int Attempts = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(10);

    /// <summary>Calls a method, on a daemon that is started if need be.</summary>
    /// <param name="home">Whose daemon.</param>
    /// <param name="request">The request line. It is sent again only when a daemon went away without having read it.</param>
    /// <param name="limit">How long to wait for the answer; null waits as long as it takes.</param>
    /// <exception cref="DaemonException">No daemon could be had, or no answer.</exception>
    internal static RpcReply Call(HomeDirectory home, ReadOnlySpan<byte> request, TimeSpan? limit)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using DaemonConnection connection = Ensure(home, limit);
                return RpcReply.Parse(connection.Call(request, limit));
            }
            catch (NotServedException fault) when (attempt == Attempts)
            {
                throw new DaemonException($"{fault.Message}, {Attempts} times. It is being stopped, or has as many clients as it can serve. Its log: {home.Log}");
            }
            catch (NoAnswerException silence)
            {
                throw new DaemonException(DaemonReport.OfSilent(home, silence).Sentence);
            }
            catch (NotServedException)
            {
                // It was about to end: the next turn waits for that and starts another.
            }
        }
    }

    /// <summary>Connects to the daemon of a home, starting it if there is none.</summary>
    /// <param name="home">Whose daemon.</param>
    /// <param name="limit">How long to wait for one that runs to take another client; null waits as long as it takes.</param>
    /// <exception cref="DaemonException">It could not be started; the sentence says why.</exception>
    internal static DaemonConnection Ensure(HomeDirectory home, TimeSpan? limit = null)
    {
        DaemonConnection connection = DaemonConnection.TryOpen(home.Socket, limit) ?? Start(home);
        VersionNotice.Give(home);
        return connection;
    }

    private static DaemonConnection Start(HomeDirectory home)
    {
        if (OperatingSystem.IsWindows())
            throw Platform.NoDaemonHere();
        HomeGuard.Prepare(home, Environment.GetEnvironmentVariable, Terminal.Say);
        using FileLock spawn = SpawnLock.Take(home, Terminal.Say);
        if (DaemonConnection.TryOpen(home.Socket) is { } started)
            return started;
        if (WaitForLeaving(home) is { } back)
            return back;
        Terminal.Say("Starting daemon...");
        DaemonSpawner.Start(home, Environment.ProcessPath ?? throw new DaemonException("The path of the ocap executable is not known. Start the daemon with: ocap daemon run"), StartLimit);
        Terminal.Say("Daemon ready.");
        return DaemonConnection.TryOpen(home.Socket) ?? throw new DaemonException($"The daemon was ready and is gone again. Its log: {home.Log}");
    }

    /// <summary>
    /// A daemon that has the home and does not listen is on its way out (one on its way in has the spawn lock): let it finish. Or its socket was removed: then it
    /// listens again in a moment.
    /// </summary>
    /// <returns>A connection to the latter; null when the home is free.</returns>
    private static DaemonConnection? WaitForLeaving(HomeDirectory home)
    {
        if (OperatingSystem.IsWindows())
            throw Platform.NoDaemonHere();
        using DaemonLock? held = DaemonLock.Look(home);
        if (held is null || !held.IsTaken())
            return null;
        Task free = held.WhenFree();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < LeaveLimit;)
        {
            if (free.Wait(BetweenLooks))
                return null;
            if (DaemonConnection.TryOpen(home.Socket) is { } back)
                return back;
        }
        throw new DaemonException($"A daemon (process {held.Signature().Pid}) has {home.Path} but does not listen on {home.Socket}. Stop it with: ocap daemon stop");
    }
}
