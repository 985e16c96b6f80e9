using System.Globalization;
using System.Text;
using Ocap.Marshal;
using Ocap.Vats.Collections;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>The eight sorts of collections that every vat has. The ids of their kinds are in the vat's store.</summary>
internal sealed class StoreKinds(VatHeap heap)
{
    private const string Key = "storeKindIDTable";

    private readonly Dictionary<(bool IsSet, bool IsWeak, bool IsDurable), CollectionKind> _kinds = [];

    internal CollectionKind this[bool isSet, bool isWeak, bool isDurable] => _kinds[(isSet, isWeak, isDurable)];

    /// <summary>Finds or gives the ids, and registers the kinds.</summary>
    internal void Load()
    {
        List<KeyValuePair<string, long>> table = [];
        if (heap.Store.Get(Key) is { } saved && JsonTree.Parse(saved) is JsonTree.Record record)
        {
            table.AddRange(record.Entries.Select(static entry => new KeyValuePair<string, long>(entry.Key, (long)((JsonTree.Number)entry.Value).Value)));
        }

        foreach (bool isDurable in (bool[])[false, true])
        {
            foreach (bool isSet in (bool[])[false, true])
            {
                foreach (bool isWeak in (bool[])[false, true])
                {
                    Register(table, isSet, isWeak, isDurable);
                }
            }
        }

        var text = new StringBuilder("{");
        foreach ((string name, long id) in table)
        {
            SmallcapsText.AppendJson(text.Length > 1 ? text.Append(',') : text, name);
            text.Append(CultureInfo.InvariantCulture, $":{id}");
        }

        heap.Store.Set(Key, text.Append('}').ToString());
    }

    private void Register(List<KeyValuePair<string, long>> table, bool isSet, bool isWeak, bool isDurable)
    {
        string name = $"scalar{(isDurable ? "Durable" : "")}{(isWeak ? "Weak" : "")}{(isSet ? "Set" : "Map")}Store";
        int index = table.FindIndex(entry => string.Equals(entry.Key, name, StringComparison.Ordinal));
        if (index < 0)
        {
            index = table.Count;
            table.Add(new(name, heap.Ids.NextExport()));
        }

        ulong id = (ulong)table[index].Value;
        var kind = new CollectionKind(heap, id, isSet, isWeak, isDurable);
        _kinds.Add((isSet, isWeak, isDurable), kind);
        heap.Kinds.Register(id, kind);
    }
}
