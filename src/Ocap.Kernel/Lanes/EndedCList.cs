using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Refs;
using Ocap.Marshal;

namespace Ocap.Kernel.Lanes;

/// <summary>The c-list of a vat that has ended, or ends with a commit: nobody adds to it any more, and it goes in pieces (K5, K11).</summary>
internal static class EndedCList
{
    /// <summary>Removes the entries that come next.</summary>
    /// <param name="commit">What it is part of.</param>
    /// <param name="clist">The c-list.</param>
    /// <param name="after">The entry behind which it goes on, null at the start; becomes the last one that was removed.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="answers">What promises that the vat decided are rejected with, and then only promises are removed; null when that has been done.</param>
    /// <returns>How many; when it is less than <paramref name="most"/>, nothing is left.</returns>
    internal static int Remove(Commit commit, CList clist, ref KRef? after, int most, CapData? answers)
    {
        List<(KRef KRef, CListEntry Entry)> entries = clist.Some(after, most, promisesOnly: answers is not null);
        after = entries.Count == 0 ? after : entries[^1].KRef;
        entries.Sort(static (a, b) => a.KRef.CompareTo(b.KRef));
        foreach ((KRef kref, CListEntry entry) in entries)
        {
            if (kref.IsPromise)
            {
                if (answers is not null && VatLife.Decides(commit, clist.Vat, kref))
                {
                    commit.Settle(kref, true, answers, clist.Vat);
                }

                RemovePromise(commit, clist, kref, entry);
            }
            else if (entry.VRef.IsExport)
            {
                commit.GiveUpExport(clist, kref, entry);
            }
            else
            {
                clist.Remove(kref, entry.VRef);
                commit.ReleaseObject(kref, entry.IsReachable ? 1 : 0, 1);
            }
        }

        return entries.Count;
    }

    /// <summary>Removes a promise from a c-list, also from that of a vat whose heap has ended.</summary>
    internal static void RemovePromise(Commit commit, CList clist, KRef promise, CListEntry entry)
    {
        if (commit.Promises.State(promise) == PromiseState.Unresolved)
        {
            commit.Promises.RemoveSubscriber(promise, clist.Vat);
        }

        clist.Remove(promise, entry.VRef);
        commit.Release(promise);
    }
}
