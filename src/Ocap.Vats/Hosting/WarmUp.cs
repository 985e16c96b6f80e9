using Ocap.Kernel.Refs;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Marshal;

namespace Ocap.Vats.Hosting;

/// <summary>
/// Runs a small vat once through all it may do. The first engine of a process costs 12 ms, which no vat shall wait for; and whatever the runtime asks of the
/// system only once, it asks before that is forbidden.
/// </summary>
internal static class WarmUp
{
    private const string Bundle = """
        {"moduleFormat":"iife","code":"var __vatExports__ = { buildRootObject: (powers, parameters, baggage) => { const proto = harden(Object.create(Object.prototype, { [Symbol.for('passStyle')]: { value: 'remotable' }, [Symbol.toStringTag]: { value: 'Alleged: root' } })); return harden(Object.setPrototypeOf({ async warm(n) { console.debug(`${n}`); baggage.has('n'); return [n * 2n, new Uint8Array(8).length, JSON.stringify({ n: 1.5 }), /w(a+)rm/u.exec('warm')[1], [...new Map([[1, 2]]).keys()]]; } }, proto)); } };"}
        """;

    private static readonly VatDelivery[] Deliveries =
    [
        new StartVat("{}", CapData.Undefined, "warm"),
        new DeliverMessage("o+0", new CapData("#[\"warm\",[\"+7\"]]", []), "p-60"),
        new DeliverBringOutYourDead(),
    ];

    internal static void Run(JintVatWorkerFactory factory)
    {
        using var client = new Client();
        IVatWorker worker = factory.Create(new VatToRun(new VatId(0), new SubclusterId(0), "{}"), client, client, abandoned: null);
        foreach (VatDelivery delivery in Deliveries)
        {
            worker.Deliver(DeliveryFrame.Write(delivery));
            client.Finished.Wait();
        }

        worker.End();
    }

    private sealed class Client : IVatWorkerClient, IBundleSource, IDisposable
    {
        internal SemaphoreSlim Finished { get; } = new(0);

        public void CrankFinished(ReadOnlyMemory<byte> report) => Finished.Release();

        public void Lost(string reason, bool isSuspect)
        {
        }

        public string? VatstoreGet(string key) => null;

        public KeyValuePair<string, string>? VatstoreGetNext(string key) => null;

        public FileProbe FileExists(string path) => default;

        public void Log(string level, string text)
        {
        }

        public VatBundle Fetch(string vatConfig) => Kept("warm");

        public VatBundle Kept(string hash) => new(hash, System.Text.Encoding.UTF8.GetBytes(Bundle));

        public void Dispose() => Finished.Dispose();
    }
}
