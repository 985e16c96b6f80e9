using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Marshal;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// Answers that ended vats owed and that were too many for the commit that ended them. That commit leaves <c>ended.v1</c>, which says what the promises are rejected
/// with; they are, and leave the vat's c-list, some in each commit, when the one before is on disk; the row goes with the last. All that time a promise that is
/// still to be rejected is unresolved like any other: messages to it wait, and whoever subscribes is told. It has nobody else who could settle it.
/// </summary>
internal sealed class LostAnswers(KernelCore core)
{
    internal const string Prefix = "ended.";

    private readonly Queue<(VatId Vat, KRef? After)> _turns = new();
    private long _newestCommit;

    /// <summary>Some are still to be rejected.</summary>
    internal bool Any => _turns.Count > 0;

    /// <summary>How many promises are rejected at once, of so many that there is room for: each keeps the reason.</summary>
    internal static int Room(KernelOptions options, int room, CapData reason) => Math.Min(room, Math.Max(1, options.PieceCharacters / (1 + reason.Body.Length)));

    /// <summary>Makes it part of the commit that ends a vat that it may still owe answers.</summary>
    internal static void Note(Commit commit, VatId vat, CapData reason)
    {
        if (reason.Slots.Count > 0)
        {
            throw new KernelInvariantException($"{vat} ends for a reason that mentions references");
        }

        commit.Writes.Create(Key(vat), QueueJson.Write(reason));
        commit.Owing.Add(vat);
    }

    /// <summary>Whether a vat that has ended may still owe answers.</summary>
    internal bool IsOwing(VatId vat) => _turns.Any(turn => turn.Vat == vat);

    /// <summary>Takes up what a process before this one has left.</summary>
    internal void Load(StateView view)
    {
        _turns.Clear();
        foreach ((string key, string _) in view.Scan(Prefix).OrderBy(static row => row.Key.Length).ThenBy(static row => row.Key, StringComparer.Ordinal))
        {
            if (VatId.TryParse(key[Prefix.Length..], out VatId vat))
            {
                _turns.Enqueue((vat, null));
            }
        }
    }

    internal void Merged(IReadOnlyList<VatId> owing)
    {
        foreach (VatId vat in owing)
        {
            _turns.Enqueue((vat, null));
        }
    }

    /// <summary>The state has been wiped.</summary>
    internal void Clear() => _turns.Clear();

    /// <summary>Rejects a piece, of as many vats as that comes to, when the piece before it is on disk. False when nothing can be done now.</summary>
    internal bool Step()
    {
        if (_turns.Count == 0 || core.IsStopping || core.State.DurableCommit < _newestCommit || core.Writer.MustPause)
        {
            return false;
        }

        int room = core.Options.CleanupPiece;
        for (int turns = _turns.Count; turns > 0 && room > 0; turns--)
        {
            (VatId vat, KRef? after) = _turns.Dequeue();
            try
            {
                room -= 1 + Step(vat, after, room);
            }
            catch (Exception broken) when (broken is not KernelStoreException)
            {
                core.Powers.Log("error", $"Kernel invariant broken in rejecting what {vat} owed; the rest of it waits until the daemon starts anew: {broken}");
                core.Cleanup.GiveUp(vat);
            }
        }

        _newestCommit = core.State.NewestCommit;
        return true;
    }

    /// <summary>A piece of one vat's. Returns how much of the room it took: the longer the reason, the more.</summary>
    private int Step(VatId vat, KRef? after, int room)
    {
        Commit commit = core.Begin();
        CapData reason = QueueJson.ReadCapData(commit.Writes.GetRequired(Key(vat)));
        int whole = Room(core.Options, core.Options.CleanupPiece, reason);
        int most = Math.Max(1, (int)((long)whole * room / core.Options.CleanupPiece));
        int removed = EndedCList.Remove(commit, new CList(commit.Writes, vat), ref after, most, reason);
        bool isLast = removed < most;
        if (isLast)
        {
            commit.Writes.Delete(Key(vat));
        }

        core.Merge(commit);
        if (!isLast)
        {
            _turns.Enqueue((vat, after));
        }

        return (int)((long)removed * core.Options.CleanupPiece / whole);
    }

    private static string Key(VatId vat) => Prefix + vat;
}
