using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Worker;

namespace Ocap.Vats;

/// <summary>Makes vats that run in this process.</summary>
public sealed class JintVatWorkerFactory : IVatWorkerFactory
{
    private readonly IBundleSource _bundles;
    private readonly VatLimits _limits;
    private readonly VatThreads _threads;
    private readonly MemoryWatch _memory;

    /// <summary>Vats whose code comes from <paramref name="bundles"/>, under the default limits.</summary>
    public JintVatWorkerFactory(IBundleSource bundles)
        : this(bundles, VatLimits.Default)
    {
    }

    internal JintVatWorkerFactory(IBundleSource bundles, VatLimits limits)
    {
        _bundles = bundles;
        _limits = limits;
        _threads = new VatThreads(limits.ThreadStackBytes);
        _memory = new MemoryWatch(limits);
    }

    /// <inheritdoc />
    public IVatWorker Create(VatId vat, IVatWorkerClient client) => new JintVatWorker(vat.ToString(), client, _bundles, _limits, _threads, _memory);
}
