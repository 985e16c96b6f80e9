using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;

namespace Ocap.Kernel.Tests;

/// <summary>What the layers must look like from above: plain dictionaries, copied whole.</summary>
internal sealed class NaiveState
{
    internal SortedDictionary<string, string> Kernel { get; private set; } = new(CodePointOrder.Instance);

    internal SortedDictionary<VatId, SortedDictionary<string, string>> Vats { get; private set; } = [];

    internal NaiveState Copy() => new()
    {
        Kernel = new SortedDictionary<string, string>(Kernel, CodePointOrder.Instance),
        Vats = new SortedDictionary<VatId, SortedDictionary<string, string>>(
            Vats.ToDictionary(vat => vat.Key, vat => new SortedDictionary<string, string>(vat.Value, CodePointOrder.Instance))),
    };

    internal void Clear()
    {
        Kernel.Clear();
        Vats.Clear();
    }

    internal void VatSet(VatId vat, string key, string? value)
    {
        if (!Vats.TryGetValue(vat, out SortedDictionary<string, string>? rows))
        {
            Vats[vat] = rows = new SortedDictionary<string, string>(CodePointOrder.Instance);
        }

        if (value is null)
        {
            rows.Remove(key);
        }
        else
        {
            rows[key] = value;
        }
    }

    internal string? VatGet(VatId vat, string key) => Vats.GetValueOrDefault(vat)?.GetValueOrDefault(key);

    internal KeyValuePair<string, string>? VatNext(VatId vat, string key)
    {
        foreach (KeyValuePair<string, string> row in Vats.GetValueOrDefault(vat) ?? [])
        {
            if (CodePointOrder.Instance.Compare(row.Key, key) > 0)
            {
                return row;
            }
        }

        return null;
    }

    internal string Dump() => string.Join('\n', [
        .. Kernel.Select(row => $"{row.Key} = {row.Value}"),
        .. Vats.SelectMany(vat => vat.Value.Select(row => $"{vat.Key} {row.Key} = {row.Value}"))]);
}
