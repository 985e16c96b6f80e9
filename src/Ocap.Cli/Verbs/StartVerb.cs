using Ocap.Cli.Client;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon start</c>: a daemon runs, and answers, when this returns 0.</summary>
internal static class StartVerb
{
    internal static int Run()
    {
        HomeDirectory home = Invocation.Home;
        RunningDaemon.Call(home, RpcRequest.Line("getDaemonInfo", default), StatusVerb.AnswerLimit);
        Terminal.Say($"Daemon running. Socket: {home.Tilde(home.Socket)}");
        return 0;
    }
}
