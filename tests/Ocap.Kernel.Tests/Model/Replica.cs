using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;

namespace Ocap.Kernel.Tests.Model;

/// <summary>
/// The naive model of the state: full copies, no layers, no caches, no batches. Replaying each commit's writes on it must give what the kernel sees (I7).
/// </summary>
internal sealed class Replica
{
    private readonly SortedDictionary<string, string> _rows = new(CodePointOrder.Instance);
    private readonly SortedDictionary<VatId, SortedDictionary<string, string>> _vats = [];

    /// <summary>A replica of what a process found at its start, as <c>HeldStore.Dump</c> shows it.</summary>
    internal Replica(string dump)
    {
        foreach (string line in dump.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = line.IndexOf(" = ", StringComparison.Ordinal);
            string key = line[..equals];
            int space = key.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && VatId.TryParse(key[..space], out VatId vat))
            {
                Store(vat)[key[(space + 1)..]] = line[(equals + 3)..];
            }
            else
            {
                _rows[key] = line[(equals + 3)..];
            }
        }
    }

    /// <summary>Applies a commit's writes and shows the state after it.</summary>
    internal string Apply(WriteSet writes)
    {
        if (writes.Wipe)
        {
            _rows.Clear();
            _vats.Clear();
        }

        foreach (VatId vat in writes.DroppedVats)
        {
            _vats.Remove(vat);
        }

        foreach ((VatId vat, IReadOnlyList<KeyValuePair<string, string?>> changes) in writes.VatStores)
        {
            Put(Store(vat), changes);
        }

        Put(_rows, writes.Puts);
        return string.Join('\n', [
            .. _rows.Select(row => $"{row.Key} = {row.Value}"),
            .. _vats.SelectMany(vat => vat.Value.Select(row => $"{vat.Key} {row.Key} = {row.Value}"))]);
    }

    private static void Put(SortedDictionary<string, string> rows, IEnumerable<KeyValuePair<string, string?>> changes)
    {
        foreach ((string key, string? value) in changes)
        {
            if (value is null)
            {
                rows.Remove(key);
            }
            else
            {
                rows[key] = value;
            }
        }
    }

    private SortedDictionary<string, string> Store(VatId vat)
    {
        if (!_vats.TryGetValue(vat, out SortedDictionary<string, string>? rows))
        {
            _vats[vat] = rows = new SortedDictionary<string, string>(CodePointOrder.Instance);
        }

        return rows;
    }
}
