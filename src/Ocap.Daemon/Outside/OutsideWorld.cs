using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;

namespace Ocap.Daemon.Outside;

/// <summary>The clock, the network and the files of this machine, as vats may use them.</summary>
internal sealed class OutsideWorld : IOutsideWorld, IDisposable
{
    private readonly TimerQueue _timers;

    internal OutsideWorld(TimeProvider time) => _timers = new TimerQueue(time);

    public IVatOutside Open(VatId vat, string vatConfig, IOutsideClient client) => new VatOutside(vatConfig, client, _timers);

    public void Dispose() => _timers.Dispose();
}
