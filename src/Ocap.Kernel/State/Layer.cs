using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;

namespace Ocap.Kernel.State;

/// <summary>A batch on its way to the disk, readable meanwhile (K15). The vat-store half is read by vat threads too, hence the lock.</summary>
internal sealed class Layer
{
    private readonly Lock _vatLock = new();

    internal WriteBatch Batch { get; } = new();

    /// <summary>Keys whose put has not been handed to the writer and that exist nowhere below.</summary>
    internal HashSet<string> Fresh { get; } = new(StringComparer.Ordinal);

    /// <summary>Commits merged so far.</summary>
    internal int Commits { get; private set; }

    /// <summary>Rough size in characters of what it holds.</summary>
    internal long Size { get; private set; }

    internal bool IsEmpty => Batch.Kernel.Count == 0 && Batch.VatStores.Count == 0 && Batch.DroppedVats.Count == 0 && !Batch.Wipe;

    internal void Merge(WriteSet writes, long commit)
    {
        Commits++;
        Batch.LastCommit = commit;
        lock (_vatLock)
        {
            if (writes.Wipe)
            {
                Batch.Wipe = true;
                Batch.Kernel.Clear();
                Batch.VatStores.Clear();
                Batch.DroppedVats.Clear();
                Fresh.Clear();
            }

            foreach (VatId vat in writes.DroppedVats)
            {
                Batch.VatStores.Remove(vat);
                Batch.DroppedVats.Add(vat);
            }

            foreach ((VatId vat, IReadOnlyList<KeyValuePair<string, string?>> changes) in writes.VatStores)
            {
                MergeVat(vat, changes);
            }
        }

        foreach ((string key, string? value) in writes.Puts)
        {
            MergeKey(key, value, writes.Fresh.Contains(key));
        }
    }

    /// <summary>Looks a vat's key up: true when this layer decides what it is.</summary>
    internal bool TryGetVat(VatId vat, string key, out string? value)
    {
        lock (_vatLock)
        {
            value = null;
            if (Batch.VatStores.TryGetValue(vat, out Dictionary<string, string?>? store) && store.TryGetValue(key, out value))
            {
                return true;
            }

            return Batch.Wipe || Batch.DroppedVats.Contains(vat);
        }
    }

    /// <summary>Copies what this layer changes in a vat's store behind <paramref name="after"/>; true when nothing below counts any more.</summary>
    internal bool CollectVat(VatId vat, string after, SortedDictionary<string, string?> into)
    {
        lock (_vatLock)
        {
            if (Batch.VatStores.TryGetValue(vat, out Dictionary<string, string?>? store))
            {
                foreach ((string key, string? value) in store)
                {
                    if (CodePointOrder.Instance.Compare(key, after) > 0)
                    {
                        into.TryAdd(key, value);
                    }
                }
            }

            return Batch.Wipe || Batch.DroppedVats.Contains(vat);
        }
    }

    private void MergeVat(VatId vat, IReadOnlyList<KeyValuePair<string, string?>> changes)
    {
        if (!Batch.VatStores.TryGetValue(vat, out Dictionary<string, string?>? store))
        {
            Batch.VatStores[vat] = store = new Dictionary<string, string?>(StringComparer.Ordinal);
        }

        for (int i = 0; i < changes.Count; i++)
        {
            store[changes[i].Key] = changes[i].Value;
            Size += changes[i].Key.Length + (changes[i].Value?.Length ?? 0);
        }
    }

    private void MergeKey(string key, string? value, bool fresh)
    {
        Size += key.Length + (value?.Length ?? 0);
        if (value is null)
        {
            if (Fresh.Remove(key))
            {
                Batch.Kernel.Remove(key);
            }
            else
            {
                Batch.Kernel[key] = null;
            }

            return;
        }

        if (fresh && !Batch.Kernel.ContainsKey(key))
        {
            Fresh.Add(key);
        }

        Batch.Kernel[key] = value;
    }
}
