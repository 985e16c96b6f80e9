using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Routing;

namespace Ocap.Kernel.Cranks;

/// <summary>
/// What a commit adds to the run queue, and which of that, and of what was queued before, leads to which unsettled promise: when it settles, only
/// that moves (K3), and nothing else is looked at.
/// </summary>
internal sealed class PendingItems(RunQueue queue, Forwarding forwarding)
{
    /// <summary>In queue order; what has moved on leaves a gap.</summary>
    private readonly List<Run?> _runs = [];
    private Dictionary<KRef, Leading>? _leading;

    internal bool IsEmpty => _runs.Count == 0;

    /// <summary>Puts an item at the end.</summary>
    internal void Add(RunQueueItem item)
    {
        if (item is SendItem send && forwarding.End(send.Target) is { IsPromise: true } end)
        {
            LeadingTo(end).Runs.Add(_runs.Count);
        }

        _runs.Add(new Run(item, null));
    }

    /// <summary>How many sends queued by earlier commits lead to an unsettled promise. Those of this commit move together with others at no cost.</summary>
    internal long CountQueued(KRef promise)
    {
        long count = queue.CountLeadingTo(promise);
        foreach (KRef settled in IndexedFor(promise))
        {
            count += queue.CountLeadingTo(settled);
        }

        return count;
    }

    /// <summary>Characters of the sends that <see cref="CountQueued"/> counts.</summary>
    internal long CharactersQueued(KRef promise)
    {
        long characters = queue.CharactersLeadingTo(promise);
        foreach (KRef settled in IndexedFor(promise))
        {
            characters += queue.CharactersLeadingTo(settled);
        }

        return characters;
    }

    private List<KRef> IndexedFor(KRef promise) => _leading is not null && _leading.TryGetValue(promise, out Leading? leading) ? leading.Indexed : [];

    /// <summary>
    /// K3: a promise has just settled. Behind the messages that waited for it, at the end, go the sends still in the run queue that lead to it: first those
    /// queued by earlier commits, then those of this one. Without such messages everything stays where it is. Queued items that move are consumed.
    /// </summary>
    internal void Settled(KRef promise, List<Message> waiting, HashSet<QueuedItem> consumed)
    {
        Leading? leading = null;
        _leading?.Remove(promise, out leading);
        if (waiting.Count > 0)
        {
            leading = MoveBehind(promise, waiting, leading, consumed);
        }
        else if (queue.HasLeadingTo(promise))
        {
            (leading ??= new Leading()).Indexed.Add(promise);
        }

        if (leading is not null && forwarding.End(promise) is { IsPromise: true } end && end != promise)
        {
            // From now on all that leads further.
            if (_leading is not null && _leading.TryGetValue(end, out Leading? there))
            {
                leading = there.With(leading);
            }

            (_leading ??= [])[end] = leading;
        }
    }

    /// <summary>All of it, in queue order.</summary>
    internal List<RunQueueItem> InOrder()
    {
        var items = new List<RunQueueItem>(_runs.Count);
        var rest = new Stack<Run>();
        foreach (Run? run in _runs)
        {
            if (run is not { } first)
            {
                continue;
            }

            // A run of runs of runs may be as deep as a vat likes: no recursion.
            rest.Push(first);
            while (rest.TryPop(out Run next))
            {
                if (next.Item is not null)
                {
                    items.Add(next.Item);
                }

                for (int i = (next.Parts?.Length ?? 0) - 1; i >= 0; i--)
                {
                    rest.Push(next.Parts![i]);
                }
            }
        }

        return items;
    }

    private Leading MoveBehind(KRef promise, List<Message> waiting, Leading? leading, HashSet<QueuedItem> consumed)
    {
        var parts = new List<Run>(waiting.Count);
        foreach (Message message in waiting)
        {
            parts.Add(new Run(new SendItem(promise, message), null));
        }

        foreach (QueuedItem item in QueuedBefore(promise, leading))
        {
            if (consumed.Add(item))
            {
                parts.Add(new Run(item.Item, null));
            }
        }

        if (leading is not null)
        {
            leading.Runs.Sort();
            foreach (int own in leading.Runs)
            {
                parts.Add(_runs[own]!.Value);
                _runs[own] = null;
            }
        }

        var moved = new Leading();
        moved.Runs.Add(_runs.Count);
        _runs.Add(new Run(null, [.. parts]));
        return moved;
    }

    /// <summary>Sends of earlier commits that lead to a promise, oldest first. The queue's index knows the promises as they were before this commit.</summary>
    private List<QueuedItem> QueuedBefore(KRef promise, Leading? leading)
    {
        List<QueuedItem> items = queue.LeadingTo(promise);
        foreach (KRef settled in leading?.Indexed ?? [])
        {
            items.AddRange(queue.LeadingTo(settled));
        }

        items.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        return items;
    }

    private Leading LeadingTo(KRef promise)
    {
        _leading ??= [];
        if (!_leading.TryGetValue(promise, out Leading? leading))
        {
            _leading[promise] = leading = new Leading();
        }

        return leading;
    }

    /// <summary>One item, or runs in order that stay together from now on.</summary>
    private readonly record struct Run(RunQueueItem? Item, Run[]? Parts);

    /// <summary>What leads to one promise.</summary>
    private sealed class Leading
    {
        /// <summary>Places in <see cref="_runs"/>, in no order.</summary>
        internal List<int> Runs { get; private init; } = [];

        /// <summary>Promises settled by this commit, under which the queue's index still has items.</summary>
        internal List<KRef> Indexed { get; private init; } = [];

        /// <summary>Both together; the smaller lists are what is copied.</summary>
        internal Leading With(Leading other) => new() { Runs = Joined(Runs, other.Runs), Indexed = Joined(Indexed, other.Indexed) };

        private static List<T> Joined<T>(List<T> a, List<T> b)
        {
            (List<T> large, List<T> small) = a.Count < b.Count ? (b, a) : (a, b);
            large.AddRange(small);
            return large;
        }
    }
}
