using Jint.Native;
using Jint.Native.Object;

namespace Ocap.Vats.Liveslots;

/// <summary>The stored collections that every vat has: baggage, and the two tables of promise watchers. Made at a vat's first start, opened at later ones.</summary>
internal sealed class DurableTables(VatHeap heap)
{
    /// <summary>What vat code keeps across restarts.</summary>
    internal ObjectInstance? Baggage { get; private set; }

    /// <summary>Watchers by the handle of their kind.</summary>
    internal ObjectInstance? Watchers { get; private set; }

    /// <summary>Who watches each promise.</summary>
    internal ObjectInstance? WatchedPromises { get; private set; }

    internal void Load()
    {
        Patterns.PatternMakers patterns = heap.Patterns.Patterns;
        Baggage = Provide("baggageID", "baggage", patterns.String);
        Watchers = Provide("watcherTableID", "promiseWatcherByKind", patterns.Scalar);
        WatchedPromises = Provide("watchedPromiseTableID", "watchedPromises", patterns.And(patterns.Scalar, patterns.String));
    }

    /// <summary>The promises that stored watchers wait for.</summary>
    internal IReadOnlyList<string> WatchedReferences()
    {
        VatSlot table = VatSlot.Parse(heap.Store.Require("watchedPromiseTableID"));
        string prefix = $"vc.{table.SubId}.s";
        return [.. heap.Store.KeysWithPrefix(prefix).Select(key => key[prefix.Length..])];
    }

    private ObjectInstance Provide(string key, string label, JsValue keyShape)
    {
        if (heap.Store.Get(key) is { } saved)
        {
            return (ObjectInstance)heap.Importer.ValueOf(saved, null);
        }

        ObjectInstance table = heap.StoreKinds[isSet: false, isWeak: false, isDurable: true].Create(label, keyShape, JsValue.Undefined);
        string vref = heap.References.ReferenceOf(table)!;
        heap.Store.Set(key, vref);

        // Mentioned by nobody, yet never garbage.
        heap.Counts.Add(vref);
        return table;
    }
}
