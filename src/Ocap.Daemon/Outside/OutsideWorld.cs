using System.Net.Http;
using System.Runtime.Versioning;
using Ocap.Daemon.Outside.Fetch;
using Ocap.Daemon.Outside.Tls;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;

namespace Ocap.Daemon.Outside;

/// <summary>The clock, the network and the files of this machine, as vats may use them.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class OutsideWorld : IOutsideWorld, IDisposable
{
    private readonly TimerQueue _timers;
    private readonly Lazy<HttpMessageInvoker> _http;

    internal OutsideWorld(TimeProvider time)
        : this(time, FetchLimits.Default)
    {
    }

    internal OutsideWorld(TimeProvider time, FetchLimits limits)
        : this(time, limits, TrustStore.OfSystem)
    {
    }

    internal OutsideWorld(TimeProvider time, FetchLimits limits, TrustStore trust) =>
        (_timers, Limits, _http) = (new TimerQueue(time), limits, new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(new WebHandler(trust))));

    internal TimerQueue Timers => _timers;

    internal FetchLimits Limits { get; }

    internal HttpMessageInvoker Http => _http.Value;

    public IVatOutside Open(VatId vat, string vatConfig, IOutsideClient client) => new VatOutside(this, vatConfig, client);

    public void Dispose()
    {
        _timers.Dispose();
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }
}
