using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Queue;

/// <summary>Who sent each of the messages that wait in a queue, as runs of the same sender: of a flood there are few.</summary>
internal sealed class SenderRuns
{
    private readonly LinkedList<(VatId? Sender, long Count)> _runs = [];

    internal bool IsEmpty => _runs.Count == 0;

    /// <summary>Puts messages at the end.</summary>
    internal void Add(VatId? sender, long count)
    {
        if (count == 0)
        {
            return;
        }

        if (_runs.Last is { } last && last.ValueRef.Sender == sender)
        {
            last.ValueRef.Count += count;
        }
        else
        {
            _runs.AddLast((sender, count));
        }
    }

    /// <summary>Takes the oldest message, and says who sent it.</summary>
    internal VatId? Take()
    {
        if (_runs.First is not { } first)
        {
            return null;
        }

        if (--first.ValueRef.Count == 0)
        {
            _runs.RemoveFirst();
        }

        return first.ValueRef.Sender;
    }

    /// <summary>Who sent the oldest ones, as many as there are, at most <paramref name="most"/>.</summary>
    internal List<VatId?> Oldest(int most)
    {
        List<VatId?> senders = [];
        foreach ((VatId? sender, long count) in _runs)
        {
            for (long i = 0; i < count && senders.Count < most; i++)
            {
                senders.Add(sender);
            }
        }

        return senders;
    }
}
