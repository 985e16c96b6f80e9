using Ocap.Daemon.Log;
using Ocap.Rpc.Framing;

namespace Ocap.Daemon.Server;

/// <summary>What all connections of one server share.</summary>
internal sealed class ServerScope
{
    internal ServerScope(ServerLimits limits, DaemonLog log, TimeProvider time, Dispatcher dispatcher, RpcServices services)
    {
        Limits = limits;
        Log = log;
        Time = time;
        Dispatcher = dispatcher;
        Services = services;
        Requests = new RequestBudget(limits.AllRequestBytes);
        Unread = new ByteBudget(limits.AllUnreadBytes);
        HalfReceived = new ByteBudget(limits.HalfReceivedBytes);
        Connections = new ConnectionTable(limits.Connections);
    }

    internal ServerLimits Limits { get; }

    internal DaemonLog Log { get; }

    internal TimeProvider Time { get; }

    internal Dispatcher Dispatcher { get; }

    internal RpcServices Services { get; }

    /// <summary>Requests that are not on disk yet.</summary>
    internal RequestBudget Requests { get; }

    /// <summary>Results that clients have not read.</summary>
    internal ByteBudget Unread { get; }

    internal ByteBudget HalfReceived { get; }

    internal ConnectionTable Connections { get; }
}
