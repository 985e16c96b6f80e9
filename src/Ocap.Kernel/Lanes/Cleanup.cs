using System.Text;
using System.Text.Json;
using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Gc;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Marshal;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// Clears what is left of ended vats: their c-lists, and what they were to be told about garbage. The first piece goes in the commit that ends the vat; what is left
/// follows in commits of their own, a step each (K11), first of all the answers that it owed (<see cref="LostAnswers"/>). Nobody else changes such a c-list any more (K5).
/// </summary>
internal sealed class Cleanup(KernelCore core)
{
    private const string TerminatedKey = "vats.terminated";
    private const string NotAll = "The kernel could not clean up after all vats; see the daemon's log.";

    private readonly List<(VatId Last, Action<string?> Told)> _waiters = [];
    private readonly HashSet<VatId> _broken = [];

    // The vat that is being cleaned up after, and the last entry of its c-list that has been removed.
    private VatId _vat;
    private KRef? _after;

    /// <summary>Somebody waits for the end of it: its steps take turns with other work.</summary>
    internal bool IsAwaited => _waiters.Count > 0;

    /// <summary>Removes the first piece in the commit that ends a vat, and notes the vat if there is more. Returns how much of the room that took.</summary>
    internal static int Begin(KernelCore core, Commit commit, CList clist, CapData reason, int room)
    {
        int mostAnswers = LostAnswers.Room(core.Options, room, reason);
        KRef? after = null;
        int removed = EndedCList.Remove(commit, clist, ref after, mostAnswers, reason);
        if (removed >= mostAnswers)
        {
            LostAnswers.Note(commit, clist.Vat, reason);
        }
        else
        {
            after = null;
            removed += Remove(core, commit, clist, ref after, room - removed, out bool isAll);
            if (isAll)
            {
                return removed;
            }
        }

        List<VatId> ended = Read(commit.Writes.Get(TerminatedKey));
        ended.Add(clist.Vat);
        Write(commit.Writes, ended);
        return removed;
    }

    /// <summary>Does one step, as a commit. False when there is nothing left to clean up.</summary>
    internal bool Step()
    {
        List<VatId> ended = Ended();
        ended.RemoveAll(_broken.Contains);
        if (ended.Count == 0 || core.LostAnswers.IsOwing(ended[0]))
        {
            return false;
        }

        try
        {
            Step(ended[0]);
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            core.Powers.Log("error", $"Kernel invariant broken in cleaning up after {ended[0]}; the rest of it stays until the daemon starts anew: {broken}");
            GiveUp(ended[0]);
        }

        if (IsAwaited)
        {
            ended = Ended();
            Tell(last => !ended.Contains(last), null);
        }

        return true;
    }

    /// <summary>What is left of an ended vat stays until the next start.</summary>
    internal void GiveUp(VatId vat)
    {
        _broken.Add(vat);
        Tell(static _ => true, NotAll);
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
        _vat = default;
        _broken.Clear();
        Tell(static _ => true, null);
    }

    /// <summary>Whether there is something left of a vat.</summary>
    internal bool IsLeft(VatId vat) => Ended().Contains(vat);

    private void Step(VatId vat)
    {
        Commit commit = core.Begin();
        KRef? after = vat == _vat ? _after : null;
        Remove(core, commit, new CList(commit.Writes, vat), ref after, core.Options.CleanupPiece, out bool isAll);
        if (isAll)
        {
            List<VatId> ended = Read(commit.Writes.Get(TerminatedKey));
            ended.Remove(vat);
            Write(commit.Writes, ended);
        }

        core.Merge(commit);
        (_vat, _after) = (vat, after);
    }

    /// <summary>Removes a piece of a c-list, then of what the vat was to be told about garbage, and with the last of it the vat's counters.</summary>
    private static int Remove(KernelCore core, Commit commit, CList clist, ref KRef? after, int room, out bool isAll)
    {
        isAll = false;
        int removed = EndedCList.Remove(commit, clist, ref after, room, answers: null);
        if (removed < room)
        {
            IReadOnlyCollection<GcAction> actions = core.Gc.For(clist.Vat);
            int taken = Math.Min(room - removed, actions.Count);
            commit.GcRemoved.UnionWith(actions.Take(taken));
            removed += taken;
            isAll = taken == actions.Count;
        }

        if (isAll)
        {
            commit.Writes.Delete("e.nextObjectId." + clist.Vat);
            commit.Writes.Delete("e.nextPromiseId." + clist.Vat);
        }

        return removed;
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
