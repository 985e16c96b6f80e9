using Jint.Native;
using Ocap.Marshal;
using Ocap.Vats;
using Ocap.Vats.Liveslots;

namespace Ocap.Bench.InProcess;

/// <summary>Liveslots without a vat: for its parts alone.</summary>
internal sealed class BareHeap : IDisposable
{
    private readonly VatEngine _engine = new(BenchVat.Limits, static (_, _) => { });
    private readonly VatHeap _heap;

    internal BareHeap(BenchVat client)
    {
        _heap = new VatHeap(_engine, "v1", client);
        _engine.Seal();
        _engine.BeginCrank();
    }

    internal JsValue Unserialize(CapData data) => _heap.Marshaller.Unserialize(data);

    internal CapData Serialize(JsValue value) => _heap.Marshaller.Serialize(value);

    public void Dispose() => _engine.Dispose();
}
