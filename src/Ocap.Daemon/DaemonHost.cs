using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;
using Ocap.Daemon.Log;
using Ocap.Daemon.Memory;
using Ocap.Daemon.Server;

namespace Ocap.Daemon;

/// <summary>A daemon's life: take the home, open everything, say "ready", serve, and leave nothing behind but the state (design/architecture.md §5).</summary>
[UnsupportedOSPlatform("windows")]
public static class DaemonHost
{
    private const int Protocol = 1;
    private const uint NothingForOthers = 0x3F; // 077

    /// <summary>Runs a daemon until it is asked to end.</summary>
    /// <param name="options">How.</param>
    /// <param name="compose">Opens the store and makes the kernel; a <see cref="DaemonException"/> of it is what the person is told.</param>
    /// <returns>The exit code: 0 after a shutdown, 130 after Ctrl-C in the foreground, 1 when it could not start or stop properly.</returns>
    public static async Task<int> RunAsync(DaemonOptions options, Func<DaemonContext, IDaemonKernel> compose)
    {
        _ = Libc.Umask(NothingForOthers);
        // Requests are read on the thread that hears of them: they are short, and waking another thread costs more than most of them do.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        if (OperatingSystem.IsLinux())
        {
            // A source other than these two is a library of the machine's own glibc, and loading that into a static executable may end it.
            _ = Libc.ConfigureNameSources("hosts", "files dns");
        }

        if (options.Detached)
            _ = Libc.NewSession();
        using ShutdownSignal shutdown = new(options.Detached, Libc.ExitAtOnce);
        try
        {
            HomeGuard.Prepare(options.Home, Environment.GetEnvironmentVariable, StandardStreams.Notice);
            Environment.CurrentDirectory = options.Home.Path;
            // Started by a client, that client holds the spawn lock for us.
            FileLock? spawn = options.Detached ? null : SpawnLock.Take(options.Home, StandardStreams.Notice);
            try
            {
                using DaemonLock held = TakeHome(options);
                return await LiveAsync(options, compose, shutdown, () => spawn?.Dispose());
            }
            finally
            {
                spawn?.Dispose();
            }
        }
        catch (Exception fault)
        {
            Refuse(options, fault is DaemonException ? fault.Message : $"The daemon cannot start: {fault.Message.TrimEnd('.')}.{(fault.HResult == Libc.NoSpace ? " Free some space there, and try again." : "")}");
            return 1;
        }
    }

    private static DaemonLock TakeHome(DaemonOptions options)
    {
        DaemonLock held = DaemonLock.Open(options.Home);
        if (held.TryTake())
        {
            held.Sign(Environment.ProcessId, options.Version);
            return held;
        }
        int? pid = held.Signature().Pid;
        held.Dispose();
        throw new DaemonException($"Daemon is already running (pid {pid}) under {options.Home.Path}. Use 'ocap daemon stop' first.");
    }

    private static async Task<int> LiveAsync(DaemonOptions options, Func<DaemonContext, IDaemonKernel> compose, ShutdownSignal shutdown, Action ready)
    {
        HomeDirectory home = options.Home;
        DateTimeOffset startedAt = TimeProvider.System.GetUtcNow();
        StandardStreams streams = new(home.Log);
        using DaemonLog log = new(home.Log, TimeProvider.System, opened: _ => streams.LogOpened());
        UnhandledExceptionEventHandler lastWords = (_, e) => log.Error("Uncaught exception", e.ExceptionObject.ToString() ?? "");
        AppDomain.CurrentDomain.UnhandledException += lastWords;
        using IdleHeap heap = new();
        IDaemonKernel? kernel = null;
        KeptSocket? listening = null;
        RpcServer? server = null;
        try
        {
            kernel = compose(new DaemonContext(home, log, TimeProvider.System) { Stirred = heap.Stirred });
            IDaemonKernel running = kernel;
            listening = new KeptSocket(home.Socket, log);
            DaemonInfo info = new(options.Version, Protocol, Environment.ProcessId, startedAt, home.Path, home.Socket, home.Log);
            RpcServices services = new(running.Api, running.PeerIdAsync, () => info, running.Query, shutdown.Request) { Hosts = () => running.Hosts, Stirred = heap.Stirred };
            server = new RpcServer(listening.Socket, services, ServerLimits.Default, log, TimeProvider.System);
            PidFile.Write(home.PidFile, log);
            server.Start();
            // First: whoever waits for the announcement may look into the log next.
            log.Info($"Daemon started. Socket: {home.Socket}");
            Announce(options, streams);
            ready();
            kernel.Begin();
        }
        catch (Exception fault)
        {
            log.Error("The daemon could not start.", fault.ToString());
            await LeaveAsync(home, log, listening, server, kernel);
            throw;
        }
        using HomeWatch watch = new(home, () => shutdown.Request($"{home.Path} was removed"), () => listening.Keep(server.ServeAnew));
        string reason = await shutdown.Requested;
        log.Info($"Shutting down ({reason})...");
        bool inOrder = await LeaveAsync(home, log, listening, server, kernel);
        AppDomain.CurrentDomain.UnhandledException -= lastWords;
        return !inOrder ? 1 : reason is nameof(PosixSignal.SIGINT) && !options.Detached ? 130 : 0;
    }

    /// <summary>
    /// Stops what was started, newest first. The lock goes last, by its owner's hand: who finds it free finds nothing of us. Where the home has been removed
    /// and made anew meanwhile, what lies there belongs to another daemon and stays.
    /// </summary>
    private static async Task<bool> LeaveAsync(HomeDirectory home, DaemonLog log, KeptSocket? listening, RpcServer? server, IDaemonKernel? kernel)
    {
        bool inOrder = await Step(() =>
        {
            listening?.Withdraw();
            return Task.CompletedTask;
        });
        inOrder &= await Step(() => server?.StopAsync() ?? Task.CompletedTask);
        inOrder &= await Step(() => kernel?.DisposeAsync().AsTask() ?? Task.CompletedTask);
        if (server is null)
            return inOrder;
        inOrder &= await Step(() =>
        {
            PidFile.Remove(home.PidFile);
            return Task.CompletedTask;
        });
        log.Info("Daemon stopped.");
        return inOrder;

        // What goes wrong in one step does not keep the next from being taken.
        async Task<bool> Step(Func<Task> end)
        {
            try
            {
                await end();
                return true;
            }
            catch (Exception fault)
            {
                log.Error("The daemon did not end in order.", fault.ToString());
                return false;
            }
        }
    }

    private static void Announce(DaemonOptions options, StandardStreams streams)
    {
        if (options.Detached)
        {
            StandardStreams.Report(new Readiness(Environment.ProcessId, options.Version, null));
            streams.LetGo();
        }
        else
        {
            StandardStreams.Notice($"Daemon running. Socket: {options.Home.Tilde(options.Home.Socket)}");
        }
    }

    private static void Refuse(DaemonOptions options, string sentence)
    {
        if (options.Detached)
            StandardStreams.Report(Readiness.Failed(sentence));
        else
            StandardStreams.Notice(sentence);
    }
}
