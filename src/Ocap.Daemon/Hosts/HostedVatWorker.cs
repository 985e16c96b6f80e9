using System.Diagnostics;
using System.Runtime.Versioning;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Vats.Hosting;

namespace Ocap.Daemon.Hosts;

/// <summary>A worker whose vat runs in a vat host: it passes on deliveries and reports, and says when the host is gone.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostedVatWorker(RunningHost host, int number, VatId vat, IVatWorkerClient client) : IVatWorker
{
    private long _deliveredAt;

    internal int Number => number;

    internal VatId Vat => vat;

    internal IVatWorkerClient Client => client;

    /// <summary>When the running crank was handed over (a timestamp), or 0 when there is none.</summary>
    internal long DeliveredAt => Volatile.Read(ref _deliveredAt);

    public void Deliver(ReadOnlyMemory<byte> delivery)
    {
        Volatile.Write(ref _deliveredAt, Stopwatch.GetTimestamp());
        host.Deliver(number, delivery.Span);
    }

    public void End() => host.Close(this);

    internal void Finished(ReadOnlySpan<byte> report)
    {
        Volatile.Write(ref _deliveredAt, 0);
        client.CrankFinished(report.ToArray());
    }
}
