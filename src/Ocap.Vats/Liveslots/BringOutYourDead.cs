using Ocap.Kernel.Vats;

namespace Ocap.Vats.Liveslots;

/// <summary>The delivery that looks for garbage: presences that are gone are dropped and retired, exports that are gone are retired.</summary>
internal sealed class BringOutYourDead(VatHeap heap)
{
    internal void Run()
    {
        heap.Engine.CollectGarbage();
        heap.Counts.PossiblyDead.UnionWith(heap.References.SweepCollected().Where(static vref => !VatSlot.IsPromise(vref)));

        List<string> drop = [], retireImports = [], retireExports = [];
        foreach (string vref in heap.Counts.PossiblyDead)
        {
            VatSlot slot = VatSlot.Parse(vref);
            if (heap.References.Has(vref))
            {
                continue;
            }

            if (!slot.AllocatedByVat)
            {
                if (!heap.Counts.IsImportReachable(vref))
                {
                    drop.Add(vref);
                    if (!heap.Counts.IsRecognizable(vref))
                    {
                        retireImports.Add(vref);
                    }
                }
            }
            else if (!slot.IsStored && heap.References.Retire(vref))
            {
                // Stored objects need nothing here: the tables every vat has are never garbage.
                retireExports.Add(vref);
            }
        }

        heap.Counts.PossiblyDead.Clear();
        Emit(GcSyscallKind.DropImports, drop);
        Emit(GcSyscallKind.RetireImports, retireImports);
        Emit(GcSyscallKind.RetireExports, retireExports);
    }

    private void Emit(GcSyscallKind kind, List<string> vrefs)
    {
        if (vrefs.Count > 0)
        {
            heap.Syscalls.Add(new SyscallGc(kind, vrefs));
        }
    }
}
