using System.Globalization;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Collections;

/// <summary>
/// Where the entries of one collection are: rows <c>vc.ID.KEY</c>, the key encoded so that rows are in key order. Remotables have no order of their own:
/// the collection numbers them as they come, and keeps the numbers in rows <c>vc.ID.|VREF</c>.
/// </summary>
internal sealed class CollectionRows
{
    internal const string EntryCount = "|entryCount";
    internal const string NextOrdinal = "|nextOrdinal";
    internal const string SchemataRow = "|schemata";

    private const int MaxKey = 220;

    private readonly VatHeap _heap;
    private readonly KeyEncoding _encoding;

    internal CollectionRows(VatHeap heap, string id)
    {
        _heap = heap;
        Prefix = $"vc.{id}.";
        _encoding = new KeyEncoding(heap.Patterns.Passables, EncodeRemotable);
    }

    internal string Prefix { get; }

    internal long Count
    {
        get => long.Parse(_heap.Store.Require(Prefix + EntryCount), CultureInfo.InvariantCulture);
        set => _heap.Store.Set(Prefix + EntryCount, value.ToString(CultureInfo.InvariantCulture));
    }

    internal string RowOf(JsValue key)
    {
        string encoded = Encode(key);
        return encoded.Length < MaxKey ? Prefix + encoded : throw _heap.Realm.Fail("key too large");
    }

    internal string Encode(JsValue key) => _encoding.Encode(key);

    internal JsValue KeyOf(string row) =>
        KeyEncoding.Decode(_heap.Patterns.Passables, row[Prefix.Length..], vref => _heap.Importer.ValueOf(vref, null));

    internal string? OrdinalOf(JsValue remotable) => _heap.Store.Get(OrdinalRow(remotable));

    internal void GiveOrdinal(JsValue remotable)
    {
        string next = _heap.Store.Require(Prefix + NextOrdinal);
        _heap.Store.Set(OrdinalRow(remotable), next);
        _heap.Store.Set(Prefix + NextOrdinal, (long.Parse(next, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture));
    }

    internal void DeleteOrdinal(JsValue remotable) => _heap.Store.Delete(OrdinalRow(remotable));

    /// <summary>Deletes the entry of a key that is gone. True when heap objects may have become garbage.</summary>
    internal static bool DeleteEntry(VatHeap heap, string collection, string vref)
    {
        string ordinalRow = $"vc.{collection}.|{vref}";
        if (heap.Store.Get(ordinalRow) is not { } ordinal)
        {
            return false;
        }

        heap.Store.Delete(ordinalRow);
        string row = $"vc.{collection}.r{ordinal.PadLeft(KeyEncoding.OrdinalLength, '0')}:{vref}";
        if (heap.Store.Get(row) is not { } value)
        {
            return false;
        }

        bool mayFree = heap.Counts.Remove(StoredCapData.Parse(value).Slots);
        heap.Store.Delete(row);
        return mayFree;
    }

    private string OrdinalRow(JsValue remotable) => $"{Prefix}|{_heap.Importer.SlotOf((ObjectInstance)remotable)}";

    private string EncodeRemotable(ObjectInstance remotable) => OrdinalOf(remotable) is { } ordinal
        ? $"r{ordinal.PadLeft(KeyEncoding.OrdinalLength, '0')}:{_heap.Importer.SlotOf(remotable)}"
        : throw _heap.Realm.Fail($"no ordinal for {_heap.Quoting.Quote(remotable)}");
}
