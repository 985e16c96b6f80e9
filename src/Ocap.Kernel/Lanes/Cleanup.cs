using System.Text;
using System.Text.Json;
using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// Clears the c-lists of ended vats. The first piece goes in the commit that ends the vat; what is left follows in commits of their own, a step each (K11).
/// Nobody else changes such a c-list any more (K5), so it is read once, however many pieces it makes.
/// </summary>
internal sealed class Cleanup(KernelCore core)
{
    private const string TerminatedKey = "vats.terminated";
    private const string NotAll = "The kernel could not clean up after all vats; see the daemon's log.";

    private readonly List<(VatId Last, Action<string?> Told)> _waiters = [];
    private readonly HashSet<VatId> _broken = [];

    // What is left of the vat that is being cleaned up after: the entries from _next on.
    private VatId _vat;
    private List<(KRef KRef, CListEntry Entry)>? _entries;
    private int _next;

    /// <summary>Somebody waits for the end of it: its steps take turns with other work.</summary>
    internal bool IsAwaited => _waiters.Count > 0;

    /// <summary>Removes the first piece of a c-list in the commit that ends its vat, and notes the vat if there is more.</summary>
    internal static void Begin(Commit commit, CList clist, List<(KRef KRef, CListEntry Entry)> entries, int piece)
    {
        if (Remove(commit, clist, entries, 0, piece) < entries.Count)
        {
            List<VatId> ended = Read(commit.Writes.Get(TerminatedKey));
            ended.Add(clist.Vat);
            Write(commit.Writes, ended);
        }
    }

    /// <summary>Does one step, as a commit. False when there is nothing left to clean up.</summary>
    internal bool Step()
    {
        List<VatId> ended = Ended();
        ended.RemoveAll(_broken.Contains);
        if (ended.Count == 0)
        {
            _entries = null;
            return false;
        }

        try
        {
            Step(ended[0]);
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            core.Powers.Log("error", $"Kernel invariant broken in cleaning up after {ended[0]}; the rest of it stays until the daemon starts anew: {broken}");
            _broken.Add(ended[0]);
            _entries = null;
            Tell(static _ => true, NotAll);
        }

        if (IsAwaited)
        {
            ended = Ended();
            Tell(last => !ended.Contains(last), null);
        }

        return true;
    }

    /// <summary>Tells null when nothing is left of the vats that have ended by now, or why that will not be.</summary>
    internal void WhenDone(Action<string?> told)
    {
        List<VatId> ended = Ended();
        if (ended.Exists(_broken.Contains))
        {
            told(NotAll);
        }
        else if (ended.Count == 0)
        {
            told(null);
        }
        else
        {
            // They go in the order they ended.
            _waiters.Add((ended[^1], told));
        }
    }

    /// <summary>There will be no more steps: whoever waits is told why.</summary>
    internal void Stop(string reason) => Tell(static _ => true, reason);

    /// <summary>The state has been wiped: nothing is left of anybody.</summary>
    internal void Clear()
    {
        _entries = null;
        _broken.Clear();
        Tell(static _ => true, null);
    }

    /// <summary>Removes a promise from a c-list.</summary>
    internal static void RemovePromise(Commit commit, CList clist, KRef promise, CListEntry entry)
    {
        if (commit.Promises.State(promise) == Promises.PromiseState.Unresolved)
        {
            commit.Promises.RemoveSubscriber(promise, clist.Vat);
        }

        clist.Remove(promise, entry.VRef);
        commit.Release(promise);
    }

    private void Step(VatId vat)
    {
        Commit commit = core.Begin();
        var clist = new CList(commit.Writes, vat);
        if (_entries is null || _vat != vat)
        {
            (_vat, _entries, _next) = (vat, clist.Entries(), 0);
        }

        int next = Remove(commit, clist, _entries, _next, core.Options.CleanupPiece);
        bool isLast = next >= _entries.Count;
        if (isLast)
        {
            List<VatId> ended = Read(commit.Writes.Get(TerminatedKey));
            ended.Remove(vat);
            Write(commit.Writes, ended);
        }

        core.Merge(commit);
        _next = next;
        _entries = isLast ? null : _entries;
    }

    /// <summary>Removes a piece of a c-list, and with its last entry the vat's counters. Returns where the next piece begins.</summary>
    private static int Remove(Commit commit, CList clist, List<(KRef KRef, CListEntry Entry)> entries, int from, int piece)
    {
        int end = Math.Min(entries.Count, from + piece);
        for (int i = from; i < end; i++)
        {
            (KRef kref, CListEntry entry) = entries[i];
            if (kref.IsPromise)
            {
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

        if (end == entries.Count)
        {
            commit.Writes.Delete("e.nextObjectId." + clist.Vat);
            commit.Writes.Delete("e.nextPromiseId." + clist.Vat);
        }

        return end;
    }

    private void Tell(Predicate<VatId> which, string? failure)
    {
        foreach ((VatId last, Action<string?> told) in _waiters.ToArray())
        {
            if (which(last))
            {
                _waiters.Remove((last, told));
                told(failure);
            }
        }
    }

    private List<VatId> Ended() => Read(core.State.Get(TerminatedKey));

    /// <summary>The vats that have ended and are not cleaned up, oldest first.</summary>
    private static List<VatId> Read(string? json)
    {
        var vats = new List<VatId>();
        if (json is { Length: > 2 })
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonElement id in document.RootElement.EnumerateArray())
            {
                if (VatId.TryParse(id.GetString(), out VatId vat))
                {
                    vats.Add(vat);
                }
            }
        }

        return vats;
    }

    private static void Write(StateView view, List<VatId> vats)
    {
        var text = new StringBuilder("[");
        foreach (VatId vat in vats)
        {
            text.Append(text.Length == 1 ? "\"" : ",\"").Append(vat.ToString()).Append('"');
        }

        view.Put(TerminatedKey, text.Append(']').ToString());
    }
}
