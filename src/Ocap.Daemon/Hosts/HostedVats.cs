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
    private const string SuspectsKind = "suspects";

    /// <summary>So many suspects have a host each. Where a host with hundreds of busy vats dies, one for each would take the machine's memory: the others are together.</summary>
    private const int MostSuspectsAlone = 16;

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    // Between the death of the shared host, when no vat wants a new one at once, and the next; longer each time it has not lived long.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);

    private readonly IBundleSource _bundles;
    private readonly DaemonLog _log;
    private readonly HostWatch _watch;
    private readonly Lock _lock = new();
    private readonly List<RunningHost> _hosts = [];
    private readonly Dictionary<string, RunningHost> _byKind = new(StringComparer.Ordinal);
    private readonly Timer _again;
    private TimeSpan _againDelay = FirstDelay;
    private bool _isDisposed;

    internal HostedVats(IHostLauncher launcher, IBundleSource bundles, DaemonLog log, HostPatience patience)
    {
        (_bundles, _log) = (bundles, log);
        _watch = new HostWatch(launcher, Hosts, patience);
        _again = new Timer(static self => ((HostedVats)self!).WarmUp(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Starts the shared host before somebody waits for it. Nothing happens when it cannot be started now: it is tried again when it is needed.</summary>
    internal void WarmUp()
    {
        try
        {
            lock (_lock)
            {
                if (!_isDisposed)
                {
                    HostFor(SharedKind, HostSize.Shared);
                }
            }
        }
        catch (IOException failed)
        {
            _log.Warn($"A vat host ({SharedKind}) cannot be started: {failed.Message}.");
        }
    }

    public IVatWorker Create(VatToRun vat, IVatWorkerClient client)
    {
        VatOptions options = VatOptions.Read(vat.Config);
        while (true)
        {
            RunningHost host = options.Isolation switch
            {
                not VatIsolation.Own when vat.IsSuspect => HostForSuspect(options.MemoryBytes),
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
            _again.Dispose();
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

    private RunningHost HostForSuspect(long? wanted)
    {
        lock (_lock)
        {
            return _hosts.Count(static host => host.IsForSuspect) < MostSuspectsAlone
                ? NewHost(OwnKind, HostSize.Own(wanted), isForSuspect: true)
                : HostFor(SuspectsKind, HostSize.Shared);
        }
    }

    private RunningHost NewHost(string kind, HostSize size, bool isForSuspect = false)
    {
        var host = new RunningHost(kind, new HostPlan(size.RetainedInAll), _bundles, _log)
        {
            Ended = Forget,
            Delivered = _watch.Notice,
            MostResident = size.MostResident,
            IsForSuspect = isForSuspect,
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
            if (!_isDisposed && string.Equals(host.Kind, SharedKind, StringComparison.Ordinal))
            {
                // Whoever launches next is not to wait for it.
                _againDelay = host.Age > LongLife ? FirstDelay : TimeSpan.FromTicks(Math.Min(_againDelay.Ticks * 2, LongestDelay.Ticks));
                _again.Change(_againDelay, Timeout.InfiniteTimeSpan);
            }
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
