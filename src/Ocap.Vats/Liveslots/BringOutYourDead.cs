using Ocap.Kernel.Vats;

namespace Ocap.Vats.Liveslots;

/// <summary>
/// The delivery that looks for garbage. A stored object lives while the heap, stored data or the kernel holds it; an import while the heap or stored
/// data does; an object of the heap while the heap does. What lives no longer is deleted, dropped or retired, which may be the end of more.
/// </summary>
internal sealed class BringOutYourDead(VatHeap heap)
{
    // Each may cost questions to the kernel, and each has its part in one commit.
    private const int MostAtOnce = 5_000;

    // What a dead collection held costs less, but there may be millions of it, more than one delivery has time for.
    private const int MostEntriesAtOnce = 20_000;

    // However many that is, the rest waits when it takes long: a vat must not end for the garbage that it has to bring out. The clock is read every so often.
    private const double ShareOfTime = 0.25;
    private const int BetweenLooks = 32;

    private readonly SortedSet<string> _importsToDrop = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _exportsToRetire = new(StringComparer.Ordinal);
    private int _entriesLeft;
    private bool _owesCollection;

    /// <summary>
    /// Something is left for the next time: objects that are known to be possibly dead, with no need to look for others; or to look, for what it takes is not over yet.
    /// </summary>
    internal bool HasMore { get; private set; }

    internal void Run()
    {
        bool collectAgain = !HasMore || _owesCollection;
        int rest = MostAtOnce;
        _entriesLeft = MostEntriesAtOnce;
        do
        {
            bool collects = collectAgain;
            if (collects && !heap.Engine.TryCollectGarbage())
            {
                break;
            }

            collectAgain = false;
            if (collects)
            {
                heap.References.SweepCollected();
                collectAgain = heap.WeakCollections.SweepCollected();
            }

            foreach (string baseRef in heap.References.PossiblyDead.Order(StringComparer.Ordinal).Take(rest).ToArray())
            {
                if (_entriesLeft <= 0)
                {
                    break;
                }

                // One by one: what is buried may add others, and some that this round comes to anyway.
                heap.References.PossiblyDead.Remove(baseRef);
                collectAgain |= Bury(baseRef);
                rest--;
                if (rest % BetweenLooks == 0 && heap.Engine.HasUsed(ShareOfTime))
                {
                    rest = 0;
                    break;
                }
            }
        }
        while (rest > 0 && _entriesLeft > 0 && (collectAgain || heap.References.PossiblyDead.Count > 0));

        HasMore = collectAgain || heap.References.PossiblyDead.Count > 0;
        _owesCollection = collectAgain;

        List<string> importsToRetire = Retired();
        Emit(GcSyscallKind.DropImports, [.. _importsToDrop]);
        Emit(GcSyscallKind.RetireImports, importsToRetire);
        Emit(GcSyscallKind.RetireExports, [.. _exportsToRetire]);
        _importsToDrop.Clear();
        _exportsToRetire.Clear();
    }

    /// <summary>True when heap objects may have become garbage.</summary>
    private bool Bury(string baseRef)
    {
        VatSlot slot = VatSlot.Parse(baseRef);
        if (heap.References.Has(baseRef))
        {
            return false;
        }

        if (slot.IsStored)
        {
            return !heap.Counts.IsStoredReachable(baseRef) && BuryStored(slot);
        }

        if (slot.AllocatedByVat)
        {
            if (heap.References.Retire(baseRef))
            {
                _exportsToRetire.Add(baseRef);
            }

            return heap.Recognizers.Cease(baseRef);
        }

        if (!heap.Counts.IsImportReachable(baseRef))
        {
            _importsToDrop.Add(baseRef);
            heap.Recognizers.PossiblyRetired.Add(baseRef);
        }

        return false;
    }

    private bool BuryStored(VatSlot slot)
    {
        // Objects of kinds that are not durable outlive their kind in the store, and nobody can tell any more what they refer to.
        StoredDeletion deletion = heap.Kinds.Find(slot.Id)?.DeleteStored(slot, _entriesLeft) ?? new StoredDeletion(MayFree: false);
        _entriesLeft -= deletion.Rows;
        if (!deletion.IsWhole)
        {
            heap.References.PossiblyDead.Add(slot.BaseRef);
            return deletion.MayFree;
        }

        _exportsToRetire.UnionWith(heap.Counts.Forget(slot.BaseRef));
        return heap.Recognizers.Cease(slot.BaseRef) || deletion.MayFree;
    }

    /// <summary>The imports that this vat can neither reach nor recognize any more.</summary>
    private List<string> Retired()
    {
        List<string> retired = [];
        foreach (string vref in heap.Recognizers.PossiblyRetired.Order(StringComparer.Ordinal))
        {
            // One that is left for the next time has not been dropped yet; it comes here again when it is.
            bool isReachable = !_importsToDrop.Contains(vref)
                && (heap.References.Has(vref) || heap.References.PossiblyDead.Contains(vref) || heap.Counts.IsImportReachable(vref));
            if (!isReachable && !heap.Recognizers.IsRecognizable(vref))
            {
                retired.Add(vref);
            }
        }

        heap.Recognizers.PossiblyRetired.Clear();
        return retired;
    }

    private void Emit(GcSyscallKind kind, List<string> vrefs)
    {
        if (vrefs.Count > 0)
        {
            heap.Syscalls.Add(new SyscallGc(kind, vrefs));
        }
    }
}
