using Jint.Native;
using Ocap.Marshal;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>What durable objects may hold: nothing that ends with this incarnation of the vat.</summary>
internal static class DurableData
{
    /// <exception cref="Jint.Runtime.JavaScriptException">The value mentions something that is not durable.</exception>
    internal static void Require(VatHeap heap, CapData data, JsValue value) => Require(heap, data, _ => heap.Quoting.Quote(value), quoted: true);

    internal static void Require(VatHeap heap, CapData data, Func<string, string> describe, bool quoted = false)
    {
        for (int i = 0; i < data.Slots.Count; i++)
        {
            if (!heap.Counts.IsDurable(data.Slots[i]))
            {
                string what = describe(data.Slots[i]);
                throw heap.Realm.Fail($"value is not durable: {(quoted ? what : Quoting.Quote(what))} at slot {i} of {Quoting.Quote(data.Body)}");
            }
        }
    }
}
