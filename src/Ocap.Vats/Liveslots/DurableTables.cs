using Jint.Native.Object;
using Ocap.Vats.Collections;

namespace Ocap.Vats.Liveslots;

/// <summary>The stored collections that every vat has: baggage, and the two tables of promise watchers. Made at a vat's first start, opened at later ones.</summary>
internal sealed class DurableTables(VatHeap heap)
{
    private readonly List<ObjectInstance> _held = [];

    internal ObjectInstance? Baggage { get; private set; }

    internal void Load()
    {
        Baggage = Provide("baggageID", "baggage", StoreSchemata.Strings);
        Provide("watcherTableID", "promiseWatcherByKind", StoreSchemata.Scalars);
        Provide("watchedPromiseTableID", "watchedPromises", StoreSchemata.ScalarStrings);
    }

    /// <summary>The promises that stored watchers wait for.</summary>
    internal IReadOnlyList<string> WatchedPromises()
    {
        VatSlot table = VatSlot.Parse(heap.Store.Require("watchedPromiseTableID"));
        string prefix = $"vc.{table.SubId}.s";
        return [.. heap.Store.KeysWithPrefix(prefix).Select(key => key[prefix.Length..])];
    }

    private ObjectInstance Provide(string key, string label, string keyShape)
    {
        ObjectInstance table;
        if (heap.Store.Get(key) is { } vref)
        {
            table = (ObjectInstance)heap.Importer.ValueOf(vref, null);
        }
        else
        {
            table = MapStore.Create(heap, label, keyShape).Representative;
            vref = heap.References.ReferenceOf(table)!;
            heap.Store.Set(key, vref);

            // Mentioned by nobody, yet never garbage.
            heap.Counts.Add(vref);
        }

        _held.Add(table);
        return table;
    }
}
