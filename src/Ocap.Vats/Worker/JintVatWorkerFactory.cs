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
    public IVatWorker Create(VatToRun vat, IVatWorkerClient client) => Create(vat, client, _bundles, abandoned: null);

    /// <summary>A vat with a source of code of its own. <paramref name="abandoned"/> is called, on any thread, when it runs on in a thread that cannot be stopped.</summary>
    internal JintVatWorker Create(VatToRun vat, IVatWorkerClient client, IBundleSource bundles, Action? abandoned) =>
        new JintVatWorker(vat.Id.ToString(), client, bundles, VatOptions.Read(vat.Config).Apply(_limits), _threads, _memory, abandoned);
}
