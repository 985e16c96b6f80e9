using Jint.Native;
using Jint.Native.Object;
using Ocap.Marshal;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Collections;

/// <summary>
/// A map or set whose entries are rows of the vat's store (spec/vat-runtime.md §5). Nothing of it is kept on the heap but its shapes.
/// </summary>
internal sealed class Collection(VatHeap heap, CollectionKind kind, string id, Schemata? schemata)
{
    private readonly CollectionRows _rows = new(heap, id);
    private Schemata? _schemata = schemata;

    internal CollectionKind Kind => kind;

    internal CollectionRows Rows => _rows;

    /// <summary>How often something was added: iterations end when it changes.</summary>
    internal int Generation { get; private set; }

    private Schemata Schemata => _schemata ??= Schemata.Load(heap, id);

    internal bool Has(JsValue key) => Schemata.TakesKey(key) && (IsRemotable(key) ? _rows.OrdinalOf(key) is not null : heap.Store.Get(_rows.RowOf(key)) is not null);

    internal JsValue Get(JsValue key)
    {
        Schemata.RequireKey(key);
        return Value(RequireRow(key).Value);
    }

    internal JsValue Value(string stored)
    {
        JsValue value = heap.Marshaller.Unserialize(StoredCapData.Parse(stored));
        Schemata.RequireValue(value);
        return value;
    }

    /// <summary>Adds an entry that is not there yet.</summary>
    internal void Init(JsValue key, JsValue value)
    {
        Schemata.RequireKey(key);
        if (Has(key))
        {
            throw heap.Realm.Fail($"key {heap.Quoting.Quote(key)} already registered in collection {Schemata.Label}");
        }

        Add(key, value);
    }

    /// <summary>Adds a set's element unless it is there.</summary>
    internal void Include(JsValue key)
    {
        if (!Has(key))
        {
            Schemata.RequireKey(key);
            Add(key, JsValue.Null);
        }
    }

    internal void Set(JsValue key, JsValue value)
    {
        Schemata.RequireKey(key);
        CapData after = Serialize(heap.Realm.Harden(value));
        heap.RequireAcceptable(after);
        RequireDurable(value, after);
        (string row, string before) = RequireRow(key);
        heap.Counts.Update(StoredCapData.Parse(before).Slots, after.Slots);
        heap.Store.Set(row, StoredCapData.Write(after));
    }

    internal void Put(JsValue key, JsValue value)
    {
        if (Has(key))
        {
            Set(key, value);
        }
        else
        {
            Schemata.RequireKey(key);
            Add(key, value);
        }
    }

    internal void Delete(JsValue key)
    {
        Remove(key);
        AddToCount(-1);
    }

    /// <summary>Deletes an entry without counting.</summary>
    internal void Remove(JsValue key)
    {
        Schemata.RequireKey(key);
        (string row, string value) = RequireRow(key);
        heap.Counts.Remove(StoredCapData.Parse(value).Slots);
        heap.Store.Delete(row);
        if (IsRemotable(key))
        {
            _rows.DeleteOrdinal(key);
            Release(heap.Importer.SlotOf((ObjectInstance)key));
        }
    }

    internal void Clear()
    {
        DeleteRows(int.MaxValue);
        if (!kind.IsWeak)
        {
            _rows.Count = 0;
        }
    }

    internal void AddToCount(int added)
    {
        if (!kind.IsWeak)
        {
            _rows.Count += added;
        }
    }

    /// <summary>Deletes all entries, or so many of them, without looking at what their keys are and without counting.</summary>
    internal StoredDeletion DeleteRows(int most)
    {
        bool mayFree = false;
        int deleted = 0;
        foreach (string row in heap.Store.KeysWithPrefix(_rows.Prefix))
        {
            string entry = row[_rows.Prefix.Length..];
            if (entry is CollectionRows.EntryCount or CollectionRows.NextOrdinal or CollectionRows.SchemataRow)
            {
                continue;
            }

            if (deleted == most)
            {
                return new StoredDeletion(mayFree, deleted, IsWhole: false);
            }

            deleted++;
            mayFree |= entry.StartsWith('|') ? Release(entry[1..]) : heap.Counts.Remove(StoredCapData.Parse(heap.Store.Require(row)).Slots);
            heap.Store.Delete(row);
        }

        return new StoredDeletion(mayFree, deleted);
    }

    /// <summary>Deletes what is left of a collection without entries.</summary>
    internal bool DeleteSchemata()
    {
        bool mayFree = heap.Counts.Remove(StoredCapData.Parse(heap.Store.Require(Schemata.RowOf(id))).Slots);
        foreach (string row in heap.Store.KeysWithPrefix(_rows.Prefix + "|"))
        {
            heap.Store.Delete(row);
        }

        return mayFree;
    }

    internal bool IsRemotable(JsValue key) => heap.Styles.Of(key) == PassStyle.Remotable;

    private void Add(JsValue key, JsValue value)
    {
        CapData data = Serialize(value);
        Generation++;
        heap.RequireAcceptable(data);
        RequireDurable(value, data);
        if (IsRemotable(key))
        {
            string vref = heap.Importer.SlotOf((ObjectInstance)key);
            if (kind.IsDurable && !heap.Counts.IsDurable(vref))
            {
                throw heap.Realm.Fail($"key ({heap.Quoting.Quote(key)}) is not durable in {heap.Quoting.Quote(value)}");
            }

            _rows.GiveOrdinal(key);
            if (kind.IsWeak)
            {
                heap.Recognizers.AddStored(vref, id);
            }
            else
            {
                heap.Counts.Add(vref);
            }
        }

        heap.Counts.Add(data.Slots);
        heap.Store.Set(_rows.RowOf(key), StoredCapData.Write(data));
        AddToCount(1);
    }

    /// <summary>Lets go of a key. True when a heap object may have become garbage.</summary>
    private bool Release(string vref)
    {
        if (!kind.IsWeak)
        {
            return heap.Counts.Remove(vref);
        }

        heap.Recognizers.RemoveStored(vref, id);
        return false;
    }

    private CapData Serialize(JsValue value)
    {
        Schemata.RequireValue(value);
        return heap.Marshaller.Serialize(value);
    }

    private void RequireDurable(JsValue value, CapData data)
    {
        if (kind.IsDurable)
        {
            DurableData.Require(heap, data, value);
        }
    }

    private (string Row, string Value) RequireRow(JsValue key)
    {
        if (!IsRemotable(key) || _rows.OrdinalOf(key) is not null)
        {
            string row = _rows.RowOf(key);
            if (heap.Store.Get(row) is { } value)
            {
                return (row, value);
            }
        }

        throw heap.Realm.Fail($"key {heap.Quoting.Quote(key)} not found in collection {Schemata.Label}");
    }
}
