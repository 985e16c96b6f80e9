using Ocap.Daemon.Hosts;
using Ocap.Daemon.Query;
using Ocap.Kernel.Api;

namespace Ocap.Daemon.Server;

/// <summary>What the methods work with.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="PeerId">The kernel's public identity; completes when it is ready, fails when it cannot be had.</param>
/// <param name="Info">The facts of this process.</param>
/// <param name="Query">The database, for reading.</param>
/// <param name="RequestShutdown">Starts the daemon's shutdown, with the reason for the log. Called after the answer to <c>shutdown</c> has been written.</param>
public sealed record RpcServices(
    IKernelApi Kernel,
    Func<CancellationToken, Task<string>> PeerId,
    Func<DaemonInfo> Info,
    IDatabaseQuery Query,
    Action<string> RequestShutdown)
{
    /// <summary>Called when something has been done, by any thread.</summary>
    public Action Stirred { get; init; } = static () => { };

    /// <summary>The processes that vats live in.</summary>
    public Func<IReadOnlyList<VatHostStatus>> Hosts { get; init; } = static () => [];
}
