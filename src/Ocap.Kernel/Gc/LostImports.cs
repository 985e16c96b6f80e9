using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Gc;

/// <summary>Imports that only an ended heap held: the new one does not know them, so nobody else would ever let go of them.</summary>
internal static class LostImports
{
    /// <summary>Takes from a vat's c-list, as part of its start's commit, what the vat says that it does not hold.</summary>
    internal static void Drop(Commit commit, CList clist, List<(KRef KRef, CListEntry Entry)> entries, HeldImports held)
    {
        var reachable = new HashSet<string>(held.Reachable, StringComparer.Ordinal);
        var recognizable = new HashSet<string>(held.Recognizable, StringComparer.Ordinal);
        foreach ((KRef kref, CListEntry entry) in entries)
        {
            if (kref.IsPromise || entry.VRef.IsExport || reachable.Contains(entry.VRef.Text))
            {
                continue;
            }

            if (!recognizable.Contains(entry.VRef.Text))
            {
                clist.Remove(kref, entry.VRef);
                commit.ReleaseObject(kref, entry.IsReachable ? 1 : 0, 1);
            }
            else if (entry.IsReachable)
            {
                clist.SetReachable(kref, entry, false);
                commit.ReleaseObject(kref, 1, 0);
            }
        }
    }
}
