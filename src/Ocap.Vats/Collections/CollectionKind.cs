using System.Globalization;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Collections;

/// <summary>One of the eight sorts of collections: map or set, holding its keys or not, durable or not.</summary>
internal sealed class CollectionKind(VatHeap heap, ulong id, bool isSet, bool isWeak, bool isDurable) : IStoredKind
{
    /// <summary>What its collections are called: the default label, and with <c>Store</c> behind it the interface.</summary>
    internal string Name { get; } = isWeak ? isSet ? "weakSet" : "weakMap" : isSet ? "set" : "map";

    internal bool IsSet => isSet;

    /// <summary>Whether an entry lasts only as long as its key, and so cannot be listed.</summary>
    internal bool IsWeak => isWeak;

    public bool IsDurable => isDurable;

    public IReadOnlyList<string>? FacetNames => null;

    /// <summary>Makes a new, empty collection.</summary>
    internal ObjectInstance Create(string label, JsValue keyShape, JsValue valueShape)
    {
        var schemata = Schemata.Make(heap, label, keyShape, valueShape);
        string collection = heap.Ids.NextCollection().ToString(CultureInfo.InvariantCulture);
        heap.Store.Set($"vc.{collection}.|nextOrdinal", "1");
        if (!isWeak)
        {
            heap.Store.Set($"vc.{collection}.|entryCount", "0");
        }

        heap.Store.Set($"vc.{collection}.|schemata", StoredCapData.Write(schemata.Save(heap, isDurable)));
        ObjectInstance made = CollectionMethods.Make(heap, new Collection(heap, this, collection, schemata));
        heap.References.Register($"o+{(isDurable ? 'd' : 'v')}{id}/{collection}", made);
        return made;
    }

    public ObjectInstance Reanimate(VatSlot slot) => CollectionMethods.Make(heap, Open(slot));

    public StoredDeletion DeleteStored(VatSlot slot, int mostEntries)
    {
        Collection collection = Open(slot);
        StoredDeletion entries = collection.DeleteRows(mostEntries);
        return entries.IsWhole ? entries with { MayFree = collection.DeleteSchemata() || entries.MayFree } : entries;
    }

    private Collection Open(VatSlot slot) => new(heap, this, slot.SubId!.Value.ToString(CultureInfo.InvariantCulture), schemata: null);
}
