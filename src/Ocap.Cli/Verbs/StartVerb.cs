using Ocap.Cli.Client;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon start</c>: a daemon runs when this returns.</summary>
internal static class StartVerb
{
    internal static int Run()
    {
        HomeDirectory home = Invocation.Home;
        RunningDaemon.Ensure(home).Dispose();
        Terminal.Say($"Daemon running. Socket: {home.Tilde(home.Socket)}");
        return 0;
    }
}
