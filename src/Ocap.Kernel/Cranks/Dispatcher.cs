using Ocap.Kernel.CLists;
using Ocap.Kernel.Gc;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Routing;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Marshal;

namespace Ocap.Kernel.Cranks;

/// <summary>
/// Chooses what happens next and starts it: a commit at once when the item needs no vat, else a crank in an idle lane.
/// It reads shared state, marks its item taken and prepares the vat's own c-list; nothing else (K1, K2).
/// </summary>
internal sealed class Dispatcher(KernelCore core, ICrankEvents events)
{
    /// <summary>When both could be dispatched, an event goes before the next queued item.</summary>
    private bool _isEventsTurn;

    /// <summary>When something else could be done too, an item that needs no vat goes first, though it is younger.</summary>
    private bool _isFreesTurn;

    private long _turns;

    /// <summary>Vats whose collection broke on damaged rows.</summary>
    private readonly HashSet<Lane> _uncollectable = [];

    /// <summary>Starts the next thing that can be done. False when there is none.</summary>
    internal bool DispatchNext()
    {
        QueuedItem? free = core.Queue.FirstNeedingNoVat;
        bool hasSlot = HasSlot();
        (Lane Lane, long Position)? ready = hasSlot ? core.Lanes.FirstReady() : null;
        if (hasSlot && core.Reaping.IsAwaited && (DispatchCollection() || Reap()))
        {
            return true;
        }

        if (free is not null && GoesFirst(free, ready?.Position))
        {
            _isFreesTurn = false;
            Guarded(free, () => CommitWithoutVat(free));
            return true;
        }

        _isFreesTurn = true;
        if (hasSlot && core.WantedStarts.TryDequeue(out Lane? wanted))
        {
            Start(wanted);
            return true;
        }

        if (hasSlot && DispatchCollection())
        {
            return true;
        }

        if (hasSlot && Reap())
        {
            return true;
        }

        if (hasSlot && core.Lanes.FirstTold() is { } told && (ready is null || _isEventsTurn))
        {
            _isEventsTurn = false;
            DispatchEvent(told);
            return true;
        }

        if (ready is { } next)
        {
            _isEventsTurn = true;
            if (next.Lane.State == LaneState.Asleep)
            {
                Start(next.Lane);
            }
            else
            {
                QueuedItem item = core.Queue.At(next.Position);
                Guarded(item, () => Dispatch(next.Lane, item));
            }

            return true;
        }

        if (free is not null)
        {
            Guarded(free, () => CommitWithoutVat(free));
            return true;
        }

        if (hasSlot && core.Lanes.FirstAsleep() is { } asleep)
        {
            Start(asleep);
            return true;
        }

        return false;
    }

    /// <summary>
    /// Whether an item that needs no vat goes before all else, if there is anything else. Nothing depends on their order (K2, K3), so they take turns: nobody waits
    /// until all is done that somebody else has queued. With one lane all goes by position.
    /// </summary>
    private bool GoesFirst(QueuedItem free, long? ready) => core.Options.Lanes == 1 ? ready is null || free.Position < ready : _isFreesTurn;

    /// <summary>K22: cranks older than a moment give their slot back and go on.</summary>
    private bool HasSlot()
    {
        int young = 0;
        long now = core.Powers.Milliseconds;
        long nextSlot = long.MaxValue;
        foreach (Lane lane in core.Executing)
        {
            long oldAt = lane.Crank!.StartedAt + core.Options.YoungMilliseconds;
            if (core.Options.Lanes == 1 || now < oldAt)
            {
                young++;
                nextSlot = Math.Min(nextSlot, oldAt);
            }
        }

        if (young < core.Options.Lanes)
        {
            return true;
        }

        if (core.Options.Lanes > 1)
        {
            core.Powers.WakeAt(nextSlot);
        }

        return false;
    }

    /// <summary>Gives a vat a new heap and its first delivery.</summary>
    private void Start(Lane lane)
    {
        if (lane.State != LaneState.Asleep || lane.StartsAt > 0 || lane.Enders > 0 || lane.Launch?.IsNext(lane) == false)
        {
            // Wanted twice, put off, ended meanwhile or about to be, or of a launch that has begun anew.
            return;
        }

        if (core.LargeCranks.Of(lane) is { } large)
        {
            // What its last heap did comes first.
            large.IsWanted = true;
            return;
        }

        string? kept = lane.FetchAfresh ? null : new SubclusterTable(core.View()).VatBundle(lane.Vat);
        StartVat start;
        try
        {
            start = VatLife.StartDelivery(lane, kept);
        }
        catch (Exception unreadable) when (unreadable is not KernelStoreException)
        {
            StartEnd.Apply(core, lane, new Crank { IsStart = true }, new CrankReport { Fault = new VatFault("INTERNAL_ERROR", $"its parameters cannot be read: {unreadable.Message}") });
            return;
        }

        lane.State = LaneState.Starting;
        Execute(lane, start, new Crank { IsStart = true, StartedAt = core.Powers.Milliseconds });
    }

    private void Dispatch(Lane lane, QueuedItem item)
    {
        switch (item.Item)
        {
            case SendItem send when Router.Find(core.View(), send.Target, core.Forwarding, core.Lanes.IsLive) is Route.ToVat route && route.Vat == lane.Vat:
                DispatchMessage(lane, item, send, route.Target);
                break;
            case NotifyItem notify:
                DispatchNotify(lane, item, notify);
                break;
            default:
                // Revoked, orphaned or settled since it was filed: the route of this moment counts.
                CommitWithoutVat(item);
                break;
        }
    }

    /// <summary>Tells a vat what happened outside; whether it still wants to know is seen now (K19).</summary>
    private void DispatchEvent(Lane lane)
    {
        if (lane.Outside.Take() is { } happening)
        {
            Execute(lane, happening, new Crank { IsEvent = true, StartedAt = core.Powers.Milliseconds });
        }
        else
        {
            core.Lanes.Update(lane.Vat, core.Queue);
        }
    }

    /// <summary>Tells an idle vat what nobody reaches any more, before anything else it could be given (K9).</summary>
    private bool DispatchCollection()
    {
        foreach (VatId vat in core.Gc.Vats)
        {
            if (core.Lanes.Find(vat) is not { IsIdle: true, State: LaneState.Running } lane
                || PrepareCollection(lane) is not { } gc)
            {
                continue;
            }

            if (gc.Stale.Count > 0)
            {
                Commit commit = core.Begin();
                commit.GcRemoved.UnionWith(gc.Stale);
                core.Merge(commit);
            }

            if (gc.Kind is not null)
            {
                Execute(lane, gc.ToDelivery(), new Crank { Gc = gc, Prepared = gc.Prepared, StartedAt = core.Powers.Milliseconds });
            }

            return true;
        }

        return false;
    }

    /// <summary>Asks an idle vat for its dead, if it is time for that.</summary>
    private bool Reap()
    {
        if (core.Reaping.Next() is not { } dirty)
        {
            return false;
        }

        core.Reaping.Begin(dirty);
        Execute(dirty, new DeliverBringOutYourDead(), new Crank { IsReap = true, StartedAt = core.Powers.Milliseconds });
        return true;
    }

    private void DispatchMessage(Lane lane, QueuedItem item, SendItem send, KRef target)
    {
        var prepared = new WriteSet(core.State);
        var outbound = new OutboundTranslator(prepared, lane.Vat);
        var delivery = new DeliverMessage(
            outbound.Ref(target),
            outbound.Data(send.Message.Methargs),
            send.Message.Result is { } result ? outbound.Ref(result) : null);
        core.Queue.Take(item);
        Execute(lane, delivery, NewCrank(item, prepared, outbound, []));
    }

    /// <summary>A vat whose collection breaks on damaged rows is told nothing more by this process: it must not keep all others from their turns.</summary>
    private GcDelivery? PrepareCollection(Lane lane)
    {
        if (_uncollectable.Contains(lane))
        {
            return null;
        }

        try
        {
            return GarbageCollector.Prepare(core.Gc, core.State, lane.Vat);
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            core.Powers.Log("error", $"Kernel invariant broken in what {lane.Vat} is to be told about garbage; it is told nothing until the next start: {broken}");
            _uncollectable.Add(lane);
            return null;
        }
    }

    private void DispatchNotify(Lane lane, QueuedItem item, NotifyItem notify)
    {
        var prepared = new WriteSet(core.State);
        if (new CList(prepared, lane.Vat).ToVat(notify.Promise) is null)
        {
            // The vat has been told already, or has settled it itself.
            CommitWithoutVat(item);
            return;
        }

        var batch = new NotifyBatch(prepared, core.Options, notify.Promise, lane);
        var outbound = new OutboundTranslator(prepared, lane.Vat);
        var delivery = new DeliverNotify(batch.Translate(outbound));
        core.Queue.Take(item);
        Execute(lane, delivery, NewCrank(item, prepared, outbound, batch.Promises));
    }

    private Crank NewCrank(QueuedItem item, WriteSet prepared, OutboundTranslator outbound, IReadOnlyList<KRef> told) => new()
    {
        Item = item,
        Told = told,
        Introductions = outbound.Introductions,
        Prepared = prepared,
        StartedAt = core.Powers.Milliseconds,
    };

    private void Execute(Lane lane, VatDelivery delivery, Crank crank)
    {
        lane.Crank = crank;
        lane.Turn = core.Options.Lanes == 1 ? 0 : ++_turns;
        lane.IsEventsTurn = crank.Item is not null || (lane.IsEventsTurn && !crank.IsEvent);
        core.Executing.Add(lane);
        core.Reaping.Note(lane, crank);
        core.Lanes.Update(lane.Vat, core.Queue);
        try
        {
            if (crank.IsStart)
            {
                lane.NewWorker(core, events);
            }

            lane.Worker!.Deliver(DeliveryFrame.Write(delivery));
        }
        catch (Exception broken)
        {
            // A worker that cannot be made or reached costs this crank, not the loop; one that is to be made now may be made later.
            crank.Undelivered = broken.ToString();
            core.Defer(() => Undelivered(lane, crank, broken.Message));
        }
    }

    private void Undelivered(Lane lane, Crank crank, string why)
    {
        if (lane.Crank != crank)
        {
            return;
        }

        if (crank.IsStart)
        {
            events.Lost(lane, why, isSuspect: false);
        }
        else
        {
            events.Finished(lane, new CrankReport { Fault = new VatFault(KernelErrorCode.InternalError, why) });
        }
    }

    /// <summary>An item that no vat executes: a splat, a service, a promise's queue, a notify that tells nothing new.</summary>
    private void CommitWithoutVat(QueuedItem item)
    {
        Commit commit = core.Begin();
        Settle(commit, item);
        core.Merge(commit);
    }

    /// <summary>An item that breaks an invariant is consumed and its result rejected; if that breaks too, it is discarded. The queue always moves on (K10).</summary>
    private void Guarded(QueuedItem item, Action dispatch)
    {
        string reason;
        try
        {
            dispatch();
            return;
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            // Whatever it is, the item must go: one that stays would be tried for ever.
            core.Powers.Log("error", $"Kernel invariant broken in queue item {item.Position}: {broken}");
            reason = broken.Message;
        }

        BrokenItem.Drop(core, item, reason);
    }

    private void Settle(Commit commit, QueuedItem item)
    {
        if (item.Item is not SendItem send)
        {
            commit.Consume(item);
            return;
        }

        switch (Router.Find(commit.Writes, send.Target, core.Forwarding, core.Lanes.IsLive))
        {
            case Route.ToPromise route:
                commit.Defer(item, send, route.Promise);
                return;
            case Route.ToService route:
                core.Calls.Take(commit, route.Target, send.Message);
                break;
            case Route.Splat route:
                core.Powers.Log("debug", $"A message to {send.Target} went splat.");
                commit.RejectResult(send.Message.Result, route.Reason);
                break;
            case Route.ToVat route:
                // Filed before its vat could take it: file it anew, it stays where it is in the queue.
                core.Queue.Refile(item, new Filing(route.Vat, null));
                core.Lanes.Update(route.Vat, core.Queue);
                return;
        }

        commit.Consume(item);
    }
}
