using Ocap.Kernel.CLists;
using Ocap.Kernel.Gc;
using Ocap.Kernel.Objects;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Routing;
using Ocap.Kernel.Services;
using Ocap.Kernel.State;
using Ocap.Marshal;

namespace Ocap.Kernel.Cranks;

/// <summary>
/// One commit while it is being made: a write set, and what must follow in memory when it merges.
/// Every reference that a queued item or a settled value mentions is held here and released here (counts: design/architecture.md §4).
/// </summary>
/// <param name="committed">The state it is to become part of.</param>
/// <param name="queue">The queued items of that state.</param>
/// <param name="isAwaited">Whether somebody outside waits for a promise.</param>
/// <param name="backlog">Who sent what waits.</param>
/// <param name="mostMoved">Messages that may move because promises settle; what is beyond that moves in commits of its own.</param>
/// <param name="mostCharacters">The same in characters, but one message may move however long it is.</param>
/// <param name="prepared">What it begins with.</param>
internal sealed class Commit(CommittedState committed, RunQueue queue, Backlog backlog, Func<KRef, bool> isAwaited, int mostMoved, long mostCharacters, WriteSet? prepared = null)
{
    private int _room = mostMoved;
    private long _roomCharacters = mostCharacters;
    private bool _hasMoved;
    private readonly HashSet<QueuedItem> _consumed = [];
    private readonly HashSet<KRef> _touched = [];
    private readonly Stack<KRef> _forgotten = [];
    private PendingItems? _pending;
    private bool _isForgetting;

    internal WriteSet Writes { get; } = prepared ?? new WriteSet(committed);

    private PendingItems Pending => _pending ??= new PendingItems(queue, new Forwarding(Writes));

    internal ObjectTable Objects => new(Writes);

    internal PromiseTable Promises => new(Writes);

    /// <summary>Promises settled by this commit, in order.</summary>
    internal List<(KRef Promise, bool Rejected, CapData Value)> Settled { get; } = [];

    /// <summary>Promises whose settlement this commit seals.</summary>
    internal List<KRef> Sealed { get; } = [];

    /// <summary>Promises that this commit keeps for callers outside.</summary>
    internal List<KRef> KeptResults { get; } = [];

    /// <summary>Vats that end with this commit.</summary>
    internal HashSet<VatId> EndedVats { get; } = [];

    /// <summary>Those of them that may owe answers that this commit does not reject.</summary>
    internal List<VatId> Owing { get; } = [];

    /// <summary>Subclusters that end with this commit.</summary>
    internal HashSet<SubclusterId> EndedSubclusters { get; } = [];

    /// <summary>Calls of kernel services that begin with this commit.</summary>
    internal List<StartedCall> Called { get; } = [];

    /// <summary>Collection actions that this commit adds to the set.</summary>
    internal HashSet<GcAction> GcAdded { get; } = [];

    /// <summary>Collection actions that this commit takes from the set.</summary>
    internal HashSet<GcAction> GcRemoved { get; } = [];

    /// <summary>Messages that wait for a promise from this commit on, and how many did before each.</summary>
    internal List<(KRef Promise, Message Message, long Before)> Deferred { get; } = [];

    /// <summary>Messages that do no longer wait for a promise, the oldest first.</summary>
    internal List<(KRef Promise, Message Message)> Moved { get; } = [];

    /// <summary>Items that the merge adds to the queue.</summary>
    internal List<QueuedItem> Added { get; } = [];

    /// <summary>Items that the merge removes from the queue.</summary>
    internal IReadOnlyCollection<QueuedItem> Consumed => _consumed;

    /// <summary>Objects whose counts fell: what the garbage collector looks at.</summary>
    internal IReadOnlyCollection<KRef> Touched => _touched;

    /// <summary>Takes a reference, as a queued item, a value or a pin does.</summary>
    internal void Hold(KRef kref)
    {
        if (kref.IsPromise)
        {
            Promises.AddCount(kref, 1);
        }
        else
        {
            Objects.Add(kref, 1, 1);
        }
    }

    /// <summary>Gives up what <see cref="Hold"/> took.</summary>
    internal void Release(KRef kref)
    {
        if (kref.IsPromise)
        {
            ReleasePromise(kref);
        }
        else
        {
            ReleaseObject(kref, 1, 1);
        }
    }

    internal void ReleaseObject(KRef ko, int reachable, int recognizable)
    {
        Objects.Add(ko, -reachable, -recognizable);
        _touched.Add(ko);
    }

    /// <summary>An owner lets go of an object: it becomes an orphan, which lives on as long as somebody holds it.</summary>
    internal void GiveUpExport(CList clist, KRef ko, CListEntry entry)
    {
        clist.Remove(ko, entry.VRef);
        Objects.Orphan(ko);
        _touched.Add(ko);
    }

    internal void HoldSlots(CapData value)
    {
        for (int i = 0; i < value.Slots.Count; i++)
        {
            Hold(KRef.Parse(value.Slots[i]));
        }
    }

    internal void ReleaseSlots(CapData value)
    {
        for (int i = 0; i < value.Slots.Count; i++)
        {
            Release(KRef.Parse(value.Slots[i]));
        }
    }

    /// <summary>Puts a message at the end of the run queue. Its result, if any, must have nobody who decides it (K4).</summary>
    internal void Send(KRef target, Message message)
    {
        HoldMessage(target, message);
        Pending.Add(new SendItem(target, message));
    }

    internal void Notify(VatId vat, KRef promise)
    {
        Hold(promise);
        Pending.Add(new NotifyItem(vat, promise));
    }

    /// <summary>Moves a run-queue message into the queue of the promise it leads to; its references move with it.</summary>
    internal void Defer(QueuedItem item, SendItem send, KRef promise)
    {
        _consumed.Add(item);
        if (promise != send.Target)
        {
            // It waits under another name from now on.
            Hold(promise);
            Release(send.Target);
        }

        Deferred.Add((promise, send.Message, Promises.Waiting(promise)));
        Promises.EnqueueMessage(promise, send.Message);
    }

    /// <summary>Takes an item off the queue for good.</summary>
    internal void Consume(QueuedItem item)
    {
        _consumed.Add(item);
        switch (item.Head)
        {
            case SendItem send:
                ReleaseMessage(send.Target, send.Message);
                break;
            case NotifyItem notify:
                Release(notify.Promise);
                break;
        }
    }

    /// <summary>Takes an item off the queue without giving back what it holds: for items whose references are broken.</summary>
    internal void Discard(QueuedItem item) => _consumed.Add(item);

    /// <summary>Takes the oldest messages that wait for a promise, at most so many and no more once there are so many characters of them.</summary>
    internal List<Message> TakeWaiting(KRef promise, int most, long mostCharacters, out long characters) =>
        Move(promise, Promises.TakeMessages(promise, most, mostCharacters, out characters));

    /// <summary>Gives a message that waited for a promise another target, and puts it at the end of the run queue.</summary>
    internal void Redirect(KRef promise, KRef target, Message message)
    {
        Hold(target);
        Release(promise);
        Pending.Add(new SendItem(target, message));
    }

    /// <summary>Rejects the result of a message that waited for a promise: it can go nowhere.</summary>
    internal void Return(KRef promise, Message message, CapData reason)
    {
        RejectResult(message.Result, reason);
        ReleaseMessage(promise, message);
    }

    /// <summary>Settles a promise: at once, or when more waits for it than there is room for, for certain but later. The caller has checked that it is unresolved and who may do it.</summary>
    /// <param name="promise">The promise.</param>
    /// <param name="rejected">Rejected rather than fulfilled.</param>
    /// <param name="value">Its value; slots are krefs.</param>
    /// <param name="resolver">The vat that settles it and so need not be told.</param>
    internal void Settle(KRef promise, bool rejected, CapData value, VatId? resolver)
    {
        if (HasRoomToSettle(promise))
        {
            SettleNow(promise, rejected, value, resolver);
            return;
        }

        HoldSlots(value);
        if (resolver is { } vat)
        {
            // Should it come to know the promise again, that is another matter.
            Promises.RemoveSubscriber(promise, vat);
        }

        if (Promises.Decider(promise) is not null)
        {
            Promises.ClearDecider(promise);
        }

        Writes.Create(SealedSettlement.Key(promise), new SealedSettlement(rejected, value).Write());
        Sealed.Add(promise);
    }

    /// <summary>Settles a promise as it was sealed, if not more waits for it than there is room for.</summary>
    internal bool TrySettleSealed(KRef promise, SealedSettlement settlement, out int moved, out long characters)
    {
        (moved, characters) = (_room, _roomCharacters);
        bool hasRoom = HasRoomToSettle(promise);
        (moved, characters) = (moved - _room, characters - _roomCharacters);
        if (!hasRoom)
        {
            return false;
        }

        Writes.Delete(SealedSettlement.Key(promise));
        SettleNow(promise, settlement.Rejected, settlement.Value, null);
        ReleaseSlots(settlement.Value);
        return true;
    }

    /// <summary>Whether what waits for a promise may still move in this commit, and if so takes the room for it.</summary>
    private bool HasRoomToSettle(KRef promise)
    {
        long waiting = Promises.Waiting(promise);
        long moving = waiting + Pending.CountQueued(promise);
        if (moving > _room)
        {
            return false;
        }

        if (waiting > 0)
        {
            // Only behind what waits does anything move.
            long characters = Promises.WaitingCharacters(promise, _roomCharacters) + Pending.CharactersQueued(promise);
            bool isOnly = moving == 1 && !_hasMoved;
            if (characters > _roomCharacters && !isOnly)
            {
                return false;
            }

            _roomCharacters -= characters;
            _hasMoved = true;
        }

        _room -= (int)moving;
        return true;
    }

    private void SettleNow(KRef promise, bool rejected, CapData value, VatId? resolver)
    {
        HoldSlots(value);
        foreach (VatId subscriber in Promises.Subscribers(promise))
        {
            if (subscriber != resolver)
            {
                Notify(subscriber, promise);
            }
        }

        List<Message> waiting = Move(promise, Promises.TakeMessages(promise));
        Promises.Settle(promise, rejected, value);
        Settled.Add((promise, rejected, value));
        if (value.Slots.Count > 0 && isAwaited(promise))
        {
            // K8: what is about to be told outside stays.
            Hold(promise);
            Writes.Create(Ocap.Kernel.Promises.KeptResults.Key(promise), "true");
            KeptResults.Add(promise);
        }

        Pending.Settled(promise, waiting, _consumed);
        ReleasePromise(promise);
    }

    /// <summary>Rejects a result that nobody decides: a message that was not, or not fully, delivered.</summary>
    internal void RejectResult(KRef? result, CapData reason)
    {
        if (result is { } promise && Promises.State(promise) == PromiseState.Unresolved)
        {
            Settle(promise, true, reason, null);
        }
    }

    /// <summary>Gives new items their places, moves the queue's ends, and returns whether there is anything to merge.</summary>
    internal void Finish()
    {
        bool hasPending = _pending is { IsEmpty: false };
        if (!hasPending && _consumed.Count == 0)
        {
            return;
        }

        long head = Counter.Get(Writes, RunQueue.HeadKey, 1);
        foreach (QueuedItem item in _consumed)
        {
            Writes.Delete(RunQueue.RowKey(item.Position));
        }

        long tail = queue.TailWithout(_consumed, head);
        foreach (RunQueueItem pending in _pending?.InOrder() ?? [])
        {
            Writes.Create(RunQueue.RowKey(head), QueueJson.Write(pending));
            Added.Add(new QueuedItem(head, pending));
            head++;
        }

        if (hasPending)
        {
            Writes.Put(RunQueue.HeadKey, Counter.Text(head));
        }

        string tailText = Counter.Text(tail);
        if (!string.Equals(Writes.Get(RunQueue.TailKey), tailText, StringComparison.Ordinal))
        {
            Writes.Put(RunQueue.TailKey, tailText);
        }
    }

    /// <summary>Notes that the oldest messages of a promise move on, and by whom they are.</summary>
    private List<Message> Move(KRef promise, List<Message> messages)
    {
        List<VatId?> senders = backlog.SendersTo(promise, messages.Count);
        for (int i = 0; i < messages.Count; i++)
        {
            if (i < senders.Count)
            {
                messages[i] = messages[i] with { Sender = senders[i] };
            }

            Moved.Add((promise, messages[i]));
        }

        return messages;
    }

    private void HoldMessage(KRef target, Message message)
    {
        Hold(target);
        HoldSlots(message.Methargs);
        if (message.Result is { } result)
        {
            Hold(result);
        }
    }

    private void ReleaseMessage(KRef target, Message message)
    {
        Release(target);
        ReleaseSlots(message.Methargs);
        if (message.Result is { } result)
        {
            Release(result);
        }
    }

    private void ReleasePromise(KRef promise)
    {
        // An unresolved promise keeps the count of whoever may settle it, so zero means settled and forgotten by all.
        if (Promises.AddCount(promise, -1) != 0)
        {
            return;
        }

        // A chain of forgotten promises may be as long as a vat likes: no recursion.
        _forgotten.Push(promise);
        if (_isForgetting)
        {
            return;
        }

        _isForgetting = true;
        while (_forgotten.TryPop(out KRef next))
        {
            CapData value = Promises.Value(next);
            Promises.Delete(next);
            ReleaseSlots(value);
        }

        _isForgetting = false;
    }
}
