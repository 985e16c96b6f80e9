using System.Runtime.Versioning;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Client;

/// <summary>Stops the daemon of a home and says how it went. The caller holds <c>spawn.lock</c>.</summary>
[UnsupportedOSPlatform("windows")]
internal static class DaemonStop
{
    /// <returns>False when it is still there.</returns>
    internal static bool Run(HomeDirectory home)
    {
        StopOutcome outcome = DaemonStopper.Stop(home, () => Terminal.Say("Stopping daemon..."), (pid, limit) => Ask(home, pid, limit));
        Terminal.Say(outcome switch
        {
            StopOutcome.NotRunning => "Daemon is not running.",
            StopOutcome.Stopped => "Daemon stopped.",
            _ => "Daemon did not stop within timeout.",
        });
        return outcome != StopOutcome.StillRunning;
    }

    /// <summary>Asks by RPC, but only the process that is meant: OCAP_SOCKET_PATH may name the socket of another home's daemon.</summary>
    private static bool Ask(HomeDirectory home, int? holder, TimeSpan limit)
    {
        try
        {
            using DaemonConnection? connection = DaemonConnection.TryOpen(home.Socket, limit);
            if (connection is null || (holder is not null && connection.PeerPid is { } peer && peer != holder))
                return false;
            connection.Call(RpcRequest.Line("shutdown", default), limit);
            return true;
        }
        catch (Exception fault) when (fault is DaemonException or NotServedException or NoAnswerException)
        {
            return false;
        }
    }
}
