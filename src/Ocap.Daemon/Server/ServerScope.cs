using Ocap.Daemon.Log;
using Ocap.Rpc.Framing;

namespace Ocap.Daemon.Server;

/// <summary>What all connections of one server share.</summary>
internal sealed class ServerScope
{
    internal ServerScope(ServerLimits limits, DaemonLog log, TimeProvider time, Dispatcher dispatcher)
    {
        Limits = limits;
        Log = log;
        Time = time;
        Dispatcher = dispatcher;
        HalfReceived = new ByteBudget(limits.HalfReceivedBytes);
        Connections = new ConnectionTable(limits.Connections);
    }

    internal ServerLimits Limits { get; }

    internal DaemonLog Log { get; }

    internal TimeProvider Time { get; }

    internal Dispatcher Dispatcher { get; }

    internal ByteBudget HalfReceived { get; }

    internal ConnectionTable Connections { get; }
}
