using System.Globalization;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Marshal;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Collections;

/// <summary>
/// A durable map with string keys whose entries are rows of the vat's store (spec/vat-runtime.md §5): baggage, and the tables of promise watchers.
/// Nothing of it is kept on the heap but its name.
/// </summary>
internal sealed class MapStore
{
    private const int MaxKey = 220;

    private readonly VatHeap _heap;
    private readonly string _prefix;
    private readonly StoreSchemata _schemata;
    private int _generation;

    private MapStore(VatHeap heap, string collection, StoreSchemata schemata)
    {
        _heap = heap;
        _prefix = $"vc.{collection}.";
        _schemata = schemata;
        Representative = MapStoreMethods.Make(heap, this);
    }

    /// <summary>The object that vat code holds.</summary>
    internal ObjectInstance Representative { get; }

    internal int Count
    {
        get => int.Parse(_heap.Store.Require(_prefix + "|entryCount"), CultureInfo.InvariantCulture);
        private set => _heap.Store.Set(_prefix + "|entryCount", value.ToString(CultureInfo.InvariantCulture));
    }

    internal static MapStore Create(VatHeap heap, string label, string keyShape)
    {
        string collection = heap.Ids.NextCollection().ToString(CultureInfo.InvariantCulture);
        heap.Store.Set($"vc.{collection}.|nextOrdinal", "1");
        heap.Store.Set($"vc.{collection}.|entryCount", "0");
        heap.Store.Set($"vc.{collection}.|schemata", StoredCapData.Write(StoreSchemata.Write(label, keyShape)));
        var store = new MapStore(heap, collection, StoreSchemata.Read(heap.Store, collection)!);
        heap.References.Register($"o+d{heap.Kinds.IdOf(StoreKinds.DurableMap)}/{collection}", store.Representative);
        return store;
    }

    internal static MapStore? TryOpen(VatHeap heap, ulong collection)
    {
        string id = collection.ToString(CultureInfo.InvariantCulture);
        return StoreSchemata.Read(heap.Store, id) is { } schemata ? new MapStore(heap, id, schemata) : null;
    }

    internal bool Has(JsValue key) => key is JsString && _schemata.StringKeys && _heap.Store.Get(RowOf(key)) is not null;

    internal JsValue Get(JsValue key)
    {
        RequireKey(key);
        return _heap.Marshaller.Unserialize(StoredCapData.Parse(RequireRow(key).Value));
    }

    internal void Init(JsValue key, JsValue value)
    {
        RequireKey(key);
        if (Has(key))
        {
            throw _heap.Realm.Fail($"key {_heap.Quoting.Quote(key)} already registered in collection {Quoting.Quote(_schemata.Label)}");
        }

        Add(key, value);
    }

    internal void Set(JsValue key, JsValue value)
    {
        RequireKey(key);
        CapData after = Durable(_heap.Realm.Harden(value));
        (string row, string before) = RequireRow(key);
        _heap.Counts.Update(StoredCapData.Parse(before).Slots, after.Slots);
        _heap.Store.Set(row, StoredCapData.Write(after));
    }

    internal void Put(JsValue key, JsValue value)
    {
        if (Has(key))
        {
            Set(key, value);
        }
        else
        {
            RequireKey(key);
            Add(key, value);
        }
    }

    internal void Delete(JsValue key)
    {
        RequireKey(key);
        Remove(RequireRow(key));
        Count--;
    }

    internal void Clear()
    {
        foreach (string row in Rows())
        {
            Remove((row, _heap.Store.Require(row)));
        }

        Count = 0;
    }

    /// <summary>Keys in order, as vat code iterates over them: adding keys meanwhile is an error, deleting them is not.</summary>
    internal IEnumerable<string> Keys()
    {
        int generation = _generation;
        foreach (string row in Rows())
        {
            yield return row[(_prefix.Length + 1)..];
            if (_generation != generation)
            {
                throw _heap.Realm.Fail("keys in store cannot be added to during iteration");
            }
        }
    }

    private IEnumerable<string> Rows() => _heap.Store.KeysWithPrefix(_prefix + "s");

    private void Add(JsValue key, JsValue value)
    {
        CapData data = _heap.Marshaller.Serialize(value);
        _generation++;
        RequireDurable(value, data);
        string row = RowOf(key);
        foreach (string vref in data.Slots)
        {
            _heap.Counts.Add(vref);
        }

        _heap.Store.Set(row, StoredCapData.Write(data));
        Count++;
    }

    private void Remove((string Row, string Value) entry)
    {
        foreach (string vref in StoredCapData.Parse(entry.Value).Slots)
        {
            _heap.Counts.Remove(vref);
        }

        _heap.Store.Delete(entry.Row);
    }

    private CapData Durable(JsValue value)
    {
        CapData data = _heap.Marshaller.Serialize(value);
        RequireDurable(value, data);
        return data;
    }

    private void RequireDurable(JsValue value, CapData data)
    {
        _heap.RequireAcceptable(data);
        for (int i = 0; i < data.Slots.Count; i++)
        {
            if (!_heap.Counts.IsDurable(data.Slots[i]))
            {
                throw _heap.Realm.Fail($"value is not durable: {_heap.Quoting.Quote(value)} at slot {i} of {Quoting.Quote(data.Body)}");
            }
        }
    }

    private void RequireKey(JsValue key)
    {
        if (key is not JsString || !_schemata.StringKeys)
        {
            throw _heap.Realm.Fail($"invalid key type for collection {Quoting.Quote(_schemata.Label)}: {Complaint(key)}");
        }
    }

    private string Complaint(JsValue key)
    {
        try
        {
            return $"{_heap.Styles.Of(key).Name()} {_heap.Quoting.Quote(key)} - Must be a string";
        }
        catch (JavaScriptException error)
        {
            return ErrorText.Of(_heap, error.Error);
        }
    }

    private (string Row, string Value) RequireRow(JsValue key)
    {
        string row = RowOf(key);
        return _heap.Store.Get(row) is { } value
            ? (row, value)
            : throw _heap.Realm.Fail($"key {_heap.Quoting.Quote(key)} not found in collection {Quoting.Quote(_schemata.Label)}");
    }

    private string RowOf(JsValue key)
    {
        string encoded = "s" + key;
        return encoded.Length < MaxKey ? _prefix + encoded : throw _heap.Realm.Fail("key too large");
    }
}
