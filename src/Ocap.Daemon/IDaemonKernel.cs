using Ocap.Daemon.Hosts;
using Ocap.Daemon.Query;
using Ocap.Kernel.Api;

namespace Ocap.Daemon;

/// <summary>A kernel with its store, as the daemon's host sees it. Disposing finishes the cranks that run, writes everything and closes the store.</summary>
public interface IDaemonKernel : IAsyncDisposable
{
    /// <summary>What the outside may ask. It takes calls from the moment it exists.</summary>
    IKernelApi Api { get; }

    /// <summary>The database, for reading.</summary>
    IDatabaseQuery Query { get; }

    /// <summary>The processes that its vats live in.</summary>
    IReadOnlyList<VatHostStatus> Hosts { get; }

    /// <summary>The kernel's public identity; completes when it is ready, fails when it cannot be had.</summary>
    Task<string> PeerIdAsync(CancellationToken cancel);

    /// <summary>The daemon is ready: what need not be done before (identity, bringing vats back) begins.</summary>
    void Begin();
}
