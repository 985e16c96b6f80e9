using Ocap.Kernel.Refs;

namespace Ocap.Kernel.State;

/// <summary>What one commit writes, over the state committed so far. Dropping it undoes everything; <see cref="CommittedState.Merge"/> makes it part of the batch.</summary>
internal sealed class WriteSet(CommittedState below) : StateView
{
    internal Dictionary<string, string?> Puts { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys in <see cref="Puts"/> that did not exist below.</summary>
    internal HashSet<string> Fresh { get; } = new(StringComparer.Ordinal);

    internal List<(VatId Vat, IReadOnlyList<KeyValuePair<string, string?>> Changes)> VatStores { get; } = [];

    internal List<VatId> DroppedVats { get; } = [];

    /// <summary>Empty both tables before this write set.</summary>
    internal bool Wipe { get; set; }

    /// <summary>Deletes a vat's whole store, what this very write set has put there included.</summary>
    internal void DropVat(VatId vat)
    {
        VatStores.RemoveAll(changes => changes.Vat == vat);
        DroppedVats.Add(vat);
    }

    internal bool IsEmpty => Puts.Count == 0 && VatStores.Count == 0 && DroppedVats.Count == 0 && !Wipe;

    internal override string? Get(string key) =>
        Puts.TryGetValue(key, out string? value) ? value : Wipe ? null : below.Get(key);

    internal override void Put(string key, string value) => Puts[key] = value;

    internal override void Create(string key, string value)
    {
        // A key deleted earlier in this very write set may exist below.
        if (Puts.TryAdd(key, value))
        {
            Fresh.Add(key);
        }
        else
        {
            Puts[key] = value;
        }
    }

    internal override void Delete(string key)
    {
        if (Fresh.Remove(key))
        {
            Puts.Remove(key);
        }
        else
        {
            Puts[key] = null;
        }
    }

    internal override List<KeyValuePair<string, string>> Scan(string prefix) =>
        Layers.Overlay(Wipe ? [] : below.Scan(prefix), prefix, Puts);

    internal override List<KeyValuePair<string, string>> ScanSome(string prefix, string after, int most)
    {
        if (!Wipe)
        {
            return below.ScanSome(prefix, after, most, Puts);
        }

        var own = new Dictionary<string, string?>(StringComparer.Ordinal);
        Layers.Collect(own, Puts, prefix, after);
        return Layers.Some([], own, most);
    }
}
