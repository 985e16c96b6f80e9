using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;

namespace Ocap.Kernel.State;

/// <summary>A batch on its way to the disk, readable meanwhile (K15). The vat-store half is read by vat threads too, hence the lock.</summary>
internal sealed class Layer
{
    private readonly Lock _vatLock = new();

    /// <summary>The changed keys of vats that have walked through theirs, in order.</summary>
    private readonly Dictionary<VatId, SortedSet<string>> _sortedKeys = [];

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
                _sortedKeys.Clear();
                Fresh.Clear();
            }

            foreach (VatId vat in writes.DroppedVats)
            {
                Batch.VatStores.Remove(vat);
                _sortedKeys.Remove(vat);
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

    /// <summary>Finds the first key behind <paramref name="after"/> that this layer changes in a vat's store; true when nothing below counts any more.</summary>
    internal bool NextInVat(VatId vat, string after, out KeyValuePair<string, string?>? next)
    {
        lock (_vatLock)
        {
            next = null;
            if (Batch.VatStores.TryGetValue(vat, out Dictionary<string, string?>? store))
            {
                if (!_sortedKeys.TryGetValue(vat, out SortedSet<string>? keys))
                {
                    _sortedKeys[vat] = keys = new SortedSet<string>(store.Keys, CodePointOrder.Instance);
                }

                // No key comes between one and the same with the lowest character behind it.
                string first = string.Concat(after, "\0");
                if (keys.Max is { } last && CodePointOrder.Instance.Compare(first, last) <= 0 && keys.GetViewBetween(first, last).Min is { } key)
                {
                    next = new KeyValuePair<string, string?>(key, store[key]);
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

        SortedSet<string>? keys = _sortedKeys.GetValueOrDefault(vat);
        for (int i = 0; i < changes.Count; i++)
        {
            store[changes[i].Key] = changes[i].Value;
            keys?.Add(changes[i].Key);
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
