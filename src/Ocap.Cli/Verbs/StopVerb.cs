using Ocap.Cli.Client;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon stop</c>: no daemon runs when this returns 0.</summary>
internal static class StopVerb
{
    internal static int Run()
    {
        if (OperatingSystem.IsWindows())
            throw Platform.NoDaemonHere();
        HomeDirectory home = Invocation.Home;
        if (!HomeGuard.Exists(home))
        {
            Terminal.Say("Daemon is not running.");
            return 0;
        }
        using FileLock spawn = SpawnLock.Take(home, Terminal.Say);
        return DaemonStop.Run(home) ? 0 : 1;
    }
}
