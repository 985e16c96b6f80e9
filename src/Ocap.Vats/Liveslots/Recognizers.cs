namespace Ocap.Vats.Liveslots;

/// <summary>A weak collection of the heap that has entries for references.</summary>
internal interface IRecognizer
{
    /// <summary>Removes the entry of a reference that means nothing any more. True when heap objects may have become garbage by that.</summary>
    bool Forget(string vref);
}

/// <summary>
/// Who would notice that a reference comes back: weak collections with an entry for it. Those of the heap are remembered here, stored ones in rows
/// of the vat's store. When a reference is retired its entries go; when the last entry goes the kernel need not remember the reference for this vat.
/// </summary>
internal sealed class Recognizers(CrankVatstore store, KindTable kinds)
{
    private readonly Dictionary<string, HashSet<IRecognizer>> _ofHeap = new(StringComparer.Ordinal);

    /// <summary>Imports that may have lost their last recognizer.</summary>
    internal HashSet<string> PossiblyRetired { get; } = new(StringComparer.Ordinal);

    /// <summary>Deletes the entry that a stored weak collection (first) has for a reference (second). True when heap objects may have become garbage.</summary>
    internal Func<string, string, bool> DeleteStoredEntry { get; set; } = static (_, _) => false;

    internal void Add(string vref, IRecognizer recognizer)
    {
        if (!_ofHeap.TryGetValue(vref, out HashSet<IRecognizer>? recognizers))
        {
            _ofHeap.Add(vref, recognizers = []);
        }

        recognizers.Add(recognizer);
    }

    internal void Remove(string vref, IRecognizer recognizer)
    {
        if (_ofHeap.TryGetValue(vref, out HashSet<IRecognizer>? recognizers) && recognizers.Remove(recognizer) && recognizers.Count == 0)
        {
            _ofHeap.Remove(vref);
            NoteLoss(vref);
        }
    }

    internal void AddStored(string vref, string collection) => store.Set($"vom.ir.{vref}|{collection}", "1");

    internal void RemoveStored(string vref, string collection)
    {
        store.Delete($"vom.ir.{vref}|{collection}");
        NoteLoss(vref);
    }

    internal bool IsRecognizable(string vref)
    {
        string prefix = $"vom.ir.{vref}|";
        return _ofHeap.ContainsKey(vref) || store.NextKey(prefix, prefix) is not null;
    }

    /// <summary>Removes a reference, or every facet of a stored object, from all weak collections. True when heap objects may have become garbage.</summary>
    internal bool Cease(string vref)
    {
        VatSlot slot = VatSlot.Parse(vref);
        if (slot is { AllocatedByVat: true, IsStored: true, Facet: null } && kinds.Find(slot.Id)?.FacetNames is { } facets)
        {
            bool mayFree = false;
            for (int i = 0; i < facets.Count; i++)
            {
                mayFree |= Cease($"{vref}:{i}");
            }

            return mayFree;
        }

        bool freed = false;
        if (_ofHeap.Remove(vref, out HashSet<IRecognizer>? recognizers))
        {
            foreach (IRecognizer recognizer in recognizers)
            {
                freed |= recognizer.Forget(vref);
            }
        }

        foreach (string row in store.KeysWithPrefix($"vom.ir.{vref}|"))
        {
            store.Delete(row);
            freed |= DeleteStoredEntry(row[(row.IndexOf('|', StringComparison.Ordinal) + 1)..], vref);
        }

        return freed;
    }

    private void NoteLoss(string vref)
    {
        if (VatSlot.Parse(vref) is { Type: VatSlotType.Object, AllocatedByVat: false })
        {
            PossiblyRetired.Add(vref);
        }
    }
}
