using System.Runtime.Versioning;
using Ocap.Daemon.Hosts;
using Ocap.Daemon.Log;
using Ocap.Daemon.Outside.Io;
using Ocap.Daemon.Query;
using Ocap.Kernel;
using Ocap.Kernel.Api;
using Ocap.Remotes.Identity;
using Ocap.Store;

namespace Ocap.Daemon.Kernel;

/// <summary>A kernel with its store, its thread and its identity, as the daemon runs it.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class DaemonKernel : IDaemonKernel
{
    /// <summary>How long running cranks may take to come to an end when the daemon stops: the longest a crank may run, and a little.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(7);

    /// <summary>The same, when nothing can be written.</summary>
    private static readonly TimeSpan TroubledPatience = TimeSpan.FromSeconds(1);

    /// <summary>Whoever has just started the daemon wants an answer first.</summary>
    private static readonly TimeSpan WarmUpDelay = TimeSpan.FromMilliseconds(20);

    private readonly SqliteKernelStore _store;
    private readonly KernelThread _thread;
    private readonly KernelLoop _loop;
    private readonly DaemonLog _log;
    private readonly string _identityPath;
    private readonly HostedVats? _hosts;
    private Timer? _warmUp;
    private readonly SocketChannels _channels;
    private readonly TaskCompletionSource<KernelIdentity> _identity;
    private readonly TaskCompletionSource<string> _peerId = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IntegrityCheck? _check;
    private bool _begun;

    internal DaemonKernel(
        SqliteKernelStore store, KernelThread thread, KernelLoop loop, DaemonLog log, Home.HomeDirectory home, HostedVats? hosts,
        SocketChannels channels, TaskCompletionSource<KernelIdentity> identity)
    {
        (_store, _thread, _loop, _log, _identityPath, _hosts, _channels, _identity) = (store, thread, loop, log, home.Identity, hosts, channels, identity);
        Api = new PostedKernel(thread, loop);
        Query = new DatabaseQuery(home.Database);
    }

    public IKernelApi Api { get; }

    public IDatabaseQuery Query { get; }

    public IReadOnlyList<VatHostStatus> Hosts => _hosts?.Status() ?? [];

    public Task<string> PeerIdAsync(CancellationToken cancel) => _peerId.Task.WaitAsync(cancel);

    public void Begin()
    {
        _begun = true;
        _thread.Start(_loop.Pump);
        ThreadPool.QueueUserWorkItem(_ => FindIdentity());
        _warmUp = _hosts is null ? null : new Timer(_ => _hosts.WarmUp(), null, WarmUpDelay, Timeout.InfiniteTimeSpan);
        if (_store.WasInterrupted)
        {
            _log.Info("The last daemon did not end in order; the database is checked in the background.");
            _check = new IntegrityCheck(_store, fault => _thread.Fatal(fault.Message));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _check?.Dispose();
        if (_warmUp is not null)
        {
            await _warmUp.DisposeAsync();
        }

        if (_begun)
        {
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var trouble = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _thread.Post(() =>
            {
                // Answered at once when the disk is full: then what is not written is not waited for either.
                string? refusal = null;
                _loop.Sync(answer => refusal = answer.Failure);
                trouble.SetResult(refusal);
                _loop.Stop(stopped.SetResult);
            });
            if (await EndsWithin(trouble.Task, StopPatience) && await trouble.Task is { } full)
            {
                if (!await EndsWithin(stopped.Task, TroubledPatience))
                {
                    _log.Warn($"The daemon stops with work that it could not write and that nobody has been told of as done. {full}");
                }
            }
            else if (!await EndsWithin(stopped.Task, StopPatience))
            {
                _log.Warn("The daemon stops without waiting longer for a vat that does not come to an end; its message is delivered again after the next start.");
            }

            _thread.End();
            _hosts?.Dispose();
            if (_store.Checkpoint() is { } fault)
            {
                _log.Warn(fault.Message);
            }
        }

        _channels.Dispose();
        _store.Dispose();
    }

    private static async Task<bool> EndsWithin(Task task, TimeSpan limit) => await Task.WhenAny(task, Task.Delay(limit)) == task;

    private void FindIdentity()
    {
        try
        {
            KernelIdentity identity = IdentityFile.LoadOrCreate(_identityPath);
            string peerId = identity.PeerId.Text;
            Api.RecordIdentity(peerId, _ => { });
            _identity.SetResult(identity);
            _peerId.SetResult(peerId);
        }
        catch (Exception failed)
        {
            _log.Error(failed.Message);
            _identity.SetException(failed);
            _peerId.SetException(failed);
        }
    }
}
