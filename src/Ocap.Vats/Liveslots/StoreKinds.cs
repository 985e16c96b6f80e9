using System.Globalization;
using System.Text;
using Ocap.Vats.Marshal;
using Ocap.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>The kinds that every vat has: the handles of durable kinds, and the eight sorts of collections. Their ids are in the vat's store.</summary>
internal sealed class StoreKinds(CrankVatstore store, IdCounters ids)
{
    internal const string DurableMap = "scalarDurableMapStore";

    private static readonly string[] Names =
    [
        "scalarMapStore", "scalarWeakMapStore", "scalarSetStore", "scalarWeakSetStore",
        DurableMap, "scalarDurableWeakMapStore", "scalarDurableSetStore", "scalarDurableWeakSetStore",
    ];

    private readonly Dictionary<ulong, string> _names = [];
    private ulong _kindHandleKind;

    internal void Load()
    {
        if (store.Get("kindIDID") is not { } handleKind)
        {
            handleKind = ids.NextExport().ToString(CultureInfo.InvariantCulture);
            store.Set("kindIDID", handleKind);
        }

        _kindHandleKind = ulong.Parse(handleKind, CultureInfo.InvariantCulture);
        List<KeyValuePair<string, long>> table = [];
        if (store.Get("storeKindIDTable") is { } saved && JsonTree.Parse(saved) is JsonTree.Record record)
        {
            table.AddRange(record.Entries.Select(static entry => new KeyValuePair<string, long>(entry.Key, (long)((JsonTree.Number)entry.Value).Value)));
        }

        foreach (string name in Names)
        {
            if (!table.Exists(entry => string.Equals(entry.Key, name, StringComparison.Ordinal)))
            {
                table.Add(new(name, ids.NextExport()));
            }
        }

        var text = new StringBuilder("{");
        foreach ((string name, long id) in table)
        {
            _names[(ulong)id] = name;
            SmallcapsText.AppendJson(text.Length > 1 ? text.Append(',') : text, name);
            text.Append(CultureInfo.InvariantCulture, $":{id}");
        }

        store.Set("storeKindIDTable", text.Append('}').ToString());
    }

    internal bool IsDurable(ulong kind) =>
        kind == _kindHandleKind || (_names.TryGetValue(kind, out string? name) && name.StartsWith("scalarDurable", StringComparison.Ordinal));

    /// <summary>The name of a collection kind, or null when the id is none.</summary>
    internal string? NameOf(ulong kind) => _names.GetValueOrDefault(kind);

    internal ulong IdOf(string name) => _names.Single(entry => string.Equals(entry.Value, name, StringComparison.Ordinal)).Key;
}
