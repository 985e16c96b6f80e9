using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Syscalls;

/// <summary>The four collection syscalls (spec/kernel-semantics.md §10).</summary>
internal static class GcSyscalls
{
    internal static void Apply(Commit commit, CList clist, SyscallGc syscall)
    {
        foreach (string text in syscall.VRefs)
        {
            VRef vref = InboundTranslator.Parse(text);
            if (vref.IsPromise)
            {
                throw new IllegalSyscallException($"endpoint {clist.Vat} issued invalid {Name(syscall.Kind)} for {text}");
            }

            if (clist.ToKernel(text) is not { } kref || clist.ToVat(kref) is not { } entry)
            {
                throw new IllegalSyscallException($"{Name(syscall.Kind)} of {text}, which is not in the c-list of {clist.Vat}");
            }

            bool wantsImport = syscall.Kind is GcSyscallKind.DropImports or GcSyscallKind.RetireImports;
            if (wantsImport == vref.IsExport)
            {
                throw new IllegalSyscallException($"{Name(syscall.Kind)} of {text}, which is {(vref.IsExport ? "an export" : "an import")}");
            }

            if (syscall.Kind == GcSyscallKind.AbandonExports && vref == VRef.Root)
            {
                // It is held while the vat lives (K8).
                throw new IllegalSyscallException($"abandonExports of {text}, the root object");
            }

            switch (syscall.Kind)
            {
                case GcSyscallKind.DropImports:
                    Drop(commit, clist, kref, entry);
                    break;
                case GcSyscallKind.RetireImports:
                    RetireImport(commit, clist, kref, entry);
                    break;
                case GcSyscallKind.RetireExports:
                    if (commit.Objects.Counts(kref).Reachable > 0)
                    {
                        throw new IllegalSyscallException($"retireExports but {kref} is still reachable");
                    }

                    commit.GiveUpExport(clist, kref, entry);
                    break;
                case GcSyscallKind.AbandonExports:
                    commit.GiveUpExport(clist, kref, entry);
                    break;
            }
        }
    }

    private static void Drop(Commit commit, CList clist, KRef kref, CListEntry entry)
    {
        if (!entry.IsReachable)
        {
            throw new IllegalSyscallException($"dropImports of {entry.VRef}, which {clist.Vat} has dropped already");
        }

        clist.SetReachable(kref, entry, false);
        commit.ReleaseObject(kref, 1, 0);
    }

    private static void RetireImport(Commit commit, CList clist, KRef kref, CListEntry entry)
    {
        if (entry.IsReachable)
        {
            throw new IllegalSyscallException($"retireImports but {kref} is still reachable");
        }

        clist.Remove(kref, entry.VRef);
        commit.ReleaseObject(kref, 0, 1);
    }

    private static string Name(GcSyscallKind kind) => kind switch
    {
        GcSyscallKind.DropImports => "dropImports",
        GcSyscallKind.RetireImports => "retireImports",
        GcSyscallKind.RetireExports => "retireExports",
        _ => "abandonExports",
    };
}
