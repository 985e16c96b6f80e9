using Ocap.Cli.Client;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon purge</c>: nothing of the daemon's state is left when this returns 0.</summary>
internal static class PurgeVerb
{
    internal static int Run(bool force = false)
    {
        if (!force)
        {
            Terminal.Say("Usage: ocap daemon purge --force\nThis will delete all OCAP daemon state.");
            return 1;
        }
        if (OperatingSystem.IsWindows())
            throw Platform.NoDaemonHere();
        HomeDirectory home = Invocation.Home;
        if (!HomeGuard.Exists(home))
        {
            Terminal.Say("Daemon is not running.\nAll daemon state deleted.");
            return 0;
        }
        using FileLock spawn = SpawnLock.Take(home, Terminal.Say);
        if (!DaemonStop.Run(home) || !HomePurge.Run(home))
        {
            Terminal.Say("Refusing to delete state while the daemon is still running.");
            return 1;
        }
        Terminal.Say("All daemon state deleted.");
        return 0;
    }
}
