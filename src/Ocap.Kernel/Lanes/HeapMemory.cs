using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// What a new heap knows of what is in its vat's c-list, as its <c>startVat</c> says; the rest only the old heap knew, and nobody else would ever let go of it (K12).
/// </summary>
internal sealed class HeapMemory
{
    internal static readonly CapData Restarted = KernelError.Make("VAT_RESTARTED", "The vat was restarted; the answer it owed is lost");

    private readonly HashSet<string> _watched;
    private readonly HashSet<string>? _reachable;
    private readonly HashSet<string>? _recognizable;

    /// <param name="watched">Promises that the vat watches.</param>
    /// <param name="held">Imports that it holds; null for all of them.</param>
    internal HeapMemory(IReadOnlyList<string> watched, HeldImports? held)
    {
        _watched = new HashSet<string>(watched, StringComparer.Ordinal);
        if (held is not null)
        {
            _reachable = new HashSet<string>(held.Reachable, StringComparer.Ordinal);
            _recognizable = new HashSet<string>(held.Recognizable, StringComparer.Ordinal);
        }
    }

    /// <summary>Whether a name of the c-list still means something to the vat.</summary>
    internal bool Knows(VRef vref) =>
        vref.IsPromise ? _watched.Contains(vref.Text)
        : vref.IsExport ? vref == VRef.Root || vref.IsDurable
        : Reaches(vref) || _recognizable!.Contains(vref.Text);

    /// <summary>Whether the vat can reach an import; else it recognizes it at most.</summary>
    internal bool Reaches(VRef import) => _reachable is null || _reachable.Contains(import.Text);

    /// <summary>
    /// Makes an entry what it is to the new heap: what the old one decided is rejected, what it exported and cannot reach again is orphaned, promises and imports that
    /// it no longer knows are dropped.
    /// </summary>
    internal void Apply(Commit commit, CList clist, KRef kref, CListEntry entry)
    {
        if (kref.IsPromise)
        {
            if (VatLife.Decides(commit, clist.Vat, kref))
            {
                // The new heap does not know what the old one decided: a promise it watches itself is told to it too.
                commit.Settle(kref, true, Restarted, resolver: null);
            }

            if (!Knows(entry.VRef))
            {
                EndedCList.RemovePromise(commit, clist, kref, entry);
            }
        }
        else if (!Knows(entry.VRef))
        {
            if (entry.VRef.IsExport)
            {
                commit.GiveUpExport(clist, kref, entry);
            }
            else
            {
                clist.Remove(kref, entry.VRef);
                commit.ReleaseObject(kref, entry.IsReachable ? 1 : 0, 1);
            }
        }
        else if (!entry.VRef.IsExport && entry.IsReachable && !Reaches(entry.VRef))
        {
            clist.SetReachable(kref, entry, false);
            commit.ReleaseObject(kref, 1, 0);
        }
    }
}
