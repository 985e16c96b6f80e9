using Ocap.Kernel.Cranks;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Routing;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Marshal;

namespace Ocap.Kernel.Promises;

/// <summary>
/// Promises for which so much waits that one commit should not move it all. The commit that settles one only seals what it settles to; then what waits moves on to
/// where that leads, some of it in each commit, when the one before is on disk; what is sent to the promise meanwhile joins the end of its queue. When little is left
/// that goes in the commit that settles the promise. When a promise becomes another that is sealed itself, what waits for it moves when that has settled: so it moves once,
/// not once for each promise of a chain. So nothing overtakes anything (K3), nobody sees the promise half settled, and others are served in between.
/// </summary>
internal sealed class SealedSettlements(KernelCore core)
{
    /// <summary>Sealed promises that are followed to find out whether they lead in a circle. A longer way is found to be one when some of it has settled.</summary>
    private const int MostHops = 4_096;

    /// <summary>
    /// Promises looked at in one step. Those that cannot move now have much in the run queue, so there is other work; with each step of that others are looked at.
    /// </summary>
    private const int MostLooks = 64;

    /// <summary>Steps of following promises that cost as much as moving a message.</summary>
    private const int HopsOfAPart = 4;

    private static readonly CapData NotCompleted = KernelError.Make(KernelErrorCode.DeliveryFailed, "The kernel could not settle this promise; see the daemon's log");

    private readonly Queue<KRef> _turns = new();

    /// <summary>Promises that wait until another one that is sealed has settled, by that.</summary>
    private readonly Dictionary<KRef, List<KRef>> _behind = [];
    private long _newestCommit;

    /// <summary>Some are under way.</summary>
    internal bool Any => _turns.Count > 0;

    /// <summary>Takes up what a process before this one has left.</summary>
    internal void Load(StateView view)
    {
        Clear();
        foreach (KRef promise in view.Scan(SealedSettlement.Prefix).Select(static row => KRef.Parse(row.Key[SealedSettlement.Prefix.Length..])).Order())
        {
            _turns.Enqueue(promise);
        }
    }

    internal void Merged(IReadOnlyList<KRef> promises)
    {
        foreach (KRef promise in promises)
        {
            _turns.Enqueue(promise);
        }
    }

    /// <summary>Moves on a piece of what waits, when the piece before it is on disk. False when nothing can be done now.</summary>
    internal bool Step()
    {
        if (_turns.Count == 0 || core.IsStopping || core.State.DurableCommit < _newestCommit || core.Writer.MustPause)
        {
            return false;
        }

        bool hasDone = false;
        int room = core.Options.PieceParts;
        long before = core.State.NewestCommit;
        for (int turns = Math.Min(_turns.Count, MostLooks); turns > 0 && room > 0; turns--)
        {
            KRef promise = _turns.Dequeue();
            if (!CanMove(promise))
            {
                _turns.Enqueue(promise);
                continue;
            }

            hasDone = true;
            room -= 1 + Move(promise, room);
        }

        if (core.State.NewestCommit != before)
        {
            _newestCommit = core.State.NewestCommit;
        }

        return hasDone;
    }

    /// <summary>The state has been wiped.</summary>
    internal void Clear()
    {
        _turns.Clear();
        _behind.Clear();
    }

    /// <summary>What is still in the run queue comes to the promise's own queue by itself; while that is much, and nothing is there yet, there is nothing to do.</summary>
    private bool CanMove(KRef promise) =>
        new PromiseTable(core.View()).Waiting(promise) > 0 || core.Queue.CountLeadingTo(promise) <= core.Options.PieceParts;

    /// <summary>Moves on some of what waits, or all and settles the promise if that is not too much. Returns how much it was.</summary>
    private int Move(KRef promise, int room)
    {
        int moved = 0;
        try
        {
            Commit commit = core.Begin();
            SealedSettlement settlement = SealedSettlement.Find(commit.Writes, promise)!.Value;
            bool isOver = commit.TrySettleSealed(promise, settlement, out moved, out long characters);
            if (!isOver)
            {
                (KRef? target, KRef? sealedEnd, int hops) = settlement.Rejected ? default : Target(commit.Writes, promise, settlement);
                if (sealedEnd is { } end)
                {
                    WaitBehind(end, promise);
                    return hops / HopsOfAPart;
                }

                (moved, characters) = MoveSome(commit, promise, target, settlement, room);
            }

            // Both are bounded by what makes a piece.
            moved = Math.Max(moved, (int)Math.Min(room, characters * core.Options.PieceParts / core.Options.PieceCharacters));

            core.Merge(commit);
            if (!isOver)
            {
                _turns.Enqueue(promise);
            }
            else if (_behind.Remove(promise, out List<KRef>? behind))
            {
                Merged(behind);
            }
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            core.Powers.Log("error", $"Kernel invariant broken in settling {promise}; what waits for it waits until the daemon starts anew: {broken}");
            core.TellWaiter(promise, NotCompleted);
        }

        return moved;
    }

    /// <summary>The oldest messages go to what the promise is going to stand for, by that name: there they are routed like any others.</summary>
    private (int Count, long Characters) MoveSome(Commit commit, KRef promise, KRef? target, SealedSettlement settlement, int room)
    {
        CapData reason = settlement.Rejected ? settlement.Value : Router.BadResolution;
        long mostCharacters = Math.Max(1, (long)core.Options.PieceCharacters * room / core.Options.PieceParts);

        // Each message that goes nowhere has a result, which keeps the reason.
        long kept = target is null ? 1 + reason.Body.Length : 0;
        int most = kept == 0 ? room : (int)Math.Clamp(mostCharacters / kept, 1, room);
        List<Message> messages = commit.TakeWaiting(promise, most, mostCharacters, out long characters);
        foreach (Message message in messages)
        {
            if (target is { } kref)
            {
                commit.Redirect(promise, kref, message);
            }
            else
            {
                commit.Return(promise, message, reason);
            }
        }

        return (messages.Count, characters + (kept * messages.Count));
    }

    private void WaitBehind(KRef end, KRef promise)
    {
        if (!_behind.TryGetValue(end, out List<KRef>? waiting))
        {
            _behind[end] = waiting = [];
        }

        waiting.Add(promise);
    }

    /// <summary>
    /// What a promise is going to stand for, or null when that is no reference or leads back to the promise; and the sealed promise that this comes to now, if it is one and
    /// is known to lead to an end: then that is going to settle without regard to this one. Also how many promises were followed to find that out.
    /// </summary>
    private (KRef? Target, KRef? SealedEnd, int Hops) Target(StateView view, KRef promise, SealedSettlement settlement)
    {
        KRef? target = Router.SoleReference(settlement.Value);
        var promises = new PromiseTable(view);
        KRef? at = target;
        KRef? first = null;
        int hops = 0;
        for (; hops < MostHops && at is { IsPromise: true } next; hops++)
        {
            at = core.Forwarding.End(next);
            if (at == promise || at is null)
            {
                // Nowhere, or in a circle.
                return (null, null, hops);
            }

            if (at is not { IsPromise: true } end || promises.State(end) != PromiseState.Unresolved || SealedSettlement.Find(view, end) is not { } further)
            {
                break;
            }

            first ??= end;
            at = further.Rejected ? null : Router.SoleReference(further.Value);
        }

        return (target, hops < MostHops ? first : null, hops);
    }
}
