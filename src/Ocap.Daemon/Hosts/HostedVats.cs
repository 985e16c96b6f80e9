using System.Runtime.Versioning;
using Ocap.Daemon.Log;
using Ocap.Kernel.Vats;
using Ocap.Vats;
using Ocap.Vats.Hosting;

namespace Ocap.Daemon.Hosts;

/// <summary>
/// Makes workers in vat hosts: one host for all, one for a subcluster or a vat that asks for it, one for a vat that is suspected of having killed its last.
/// A host that has ended is replaced when it is next needed, which is at once when it had vats: they start again.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostedVats : IVatWorkerFactory, IDisposable
{
    private const string SharedKind = "shared";
    private const string OwnKind = "own";

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly IBundleSource _bundles;
    private readonly DaemonLog _log;
    private readonly HostWatch _watch;
    private readonly Lock _lock = new();
    private readonly List<RunningHost> _hosts = [];
    private readonly Dictionary<string, RunningHost> _byKind = new(StringComparer.Ordinal);
    private bool _isDisposed;

    internal HostedVats(IHostLauncher launcher, IBundleSource bundles, DaemonLog log, HostPatience patience)
    {
        (_bundles, _log) = (bundles, log);
        _watch = new HostWatch(launcher, Hosts, patience);
    }

    /// <summary>Starts the shared host before somebody waits for it.</summary>
    internal void WarmUp() => HostFor(SharedKind, HostSize.Shared);

    public IVatWorker Create(VatToRun vat, IVatWorkerClient client)
    {
        VatOptions options = VatOptions.Read(vat.Config);
        VatIsolation isolation = vat.IsSuspect ? VatIsolation.Own : options.Isolation;
        while (true)
        {
            RunningHost host = isolation switch
            {
                VatIsolation.Own => NewHost(OwnKind, HostSize.Own(options.MemoryBytes)),
                VatIsolation.Subcluster => HostFor(vat.Subcluster.ToString(), HostSize.Shared),
                _ => HostFor(SharedKind, HostSize.Shared),
            };
            if (host.TryOpen(vat, client) is { } worker)
            {
                return worker;
            }

            // It is about to end.
            Retire(host);
        }
    }

    /// <summary>The hosts there are, oldest first.</summary>
    internal IReadOnlyList<VatHostStatus> Status() => [.. Hosts().Select(static host => host.Status()).OfType<VatHostStatus>()];

    /// <summary>Ends all hosts and waits until they are gone.</summary>
    public void Dispose()
    {
        RunningHost[] hosts;
        lock (_lock)
        {
            _isDisposed = true;
            hosts = [.. _hosts];
        }

        foreach (RunningHost host in hosts)
        {
            host.Stop();
        }

        _watch.Dispose();
        foreach (RunningHost host in hosts)
        {
            host.Join(EndPatience);
        }
    }

    private RunningHost[] Hosts()
    {
        lock (_lock)
        {
            return [.. _hosts];
        }
    }

    private RunningHost HostFor(string kind, HostSize size)
    {
        lock (_lock)
        {
            return _byKind.TryGetValue(kind, out RunningHost? host) ? host : _byKind[kind] = NewHost(kind, size);
        }
    }

    private RunningHost NewHost(string kind, HostSize size)
    {
        var host = new RunningHost(kind, new HostPlan(size.RetainedInAll), _bundles, _log)
        {
            Ended = Forget,
            Delivered = _watch.Notice,
            EndsWithItsVats = !string.Equals(kind, SharedKind, StringComparison.Ordinal),
        };
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _hosts.Add(host);
        }

        _watch.Start(host, size.HeapLimit);
        return host;
    }

    private void Forget(RunningHost host)
    {
        lock (_lock)
        {
            _hosts.Remove(host);
        }

        Retire(host);
    }

    private void Retire(RunningHost host)
    {
        lock (_lock)
        {
            if (_byKind.TryGetValue(host.Kind, out RunningHost? current) && current == host)
            {
                _byKind.Remove(host.Kind);
            }
        }
    }
}
