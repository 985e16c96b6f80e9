using Ocap.Kernel.Cranks;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// How often a vat's worker was lost while it executed a crank, and nobody else is known to have caused it. Losses in events from outside and in all other cranks
/// are counted apart, for a vat whose timer is fatal may get any number of messages done in between; and all of a while are counted, for one that finds other ways.
/// </summary>
internal sealed class LossRecord
{
    /// <summary>A vat that loses its worker so often in a row, in cranks of one kind, is given up.</summary>
    internal const int MostInARow = 3;

    /// <summary>So is one that loses it so often within <see cref="While"/>, whatever it got done in between.</summary>
    internal const int MostInAWhile = 12;

    /// <summary>Milliseconds for which a loss is remembered.</summary>
    internal const long While = 10 * 60 * 1000;

    private readonly Queue<long> _recent = new();
    private int _inItems;
    private int _inEvents;

    /// <summary>Its workers are to be kept apart from all others: until it has got done what it was lost in, the next may be lost too.</summary>
    internal bool IsSuspect => _inItems > 0 || _inEvents > 0;

    /// <summary>Whether the vat is given up if its worker is lost in this crank.</summary>
    internal bool IsLastChance(Crank crank, long now) => InARow(crank) + 1 >= MostInARow || InAWhile(now) + 1 >= MostInAWhile;

    /// <summary>Notes a loss. Returns why the vat is to be given up, or null.</summary>
    internal string? Note(Crank crank, long now, string reason)
    {
        if (IsLastChance(crank, now))
        {
            string often = InARow(crank) + 1 < MostInARow ? $"{MostInAWhile} times within {While / 60_000} minutes"
                : $"{MostInARow} times in a row {(crank.IsEvent ? "when it was told of an event" : "in the same delivery")}";
            (_inItems, _inEvents) = (0, 0);
            _recent.Clear();
            return $"its worker died {often}; the last time {reason}";
        }

        _ = crank.IsEvent ? ++_inEvents : ++_inItems;
        _recent.Enqueue(now);
        return null;
    }

    /// <summary>A crank has come to its end.</summary>
    internal void Done(Crank crank)
    {
        if (crank.IsEvent)
        {
            _inEvents = 0;
        }
        else if (crank.Item is not null)
        {
            _inItems = 0;
        }
    }

    private int InARow(Crank crank) => crank.IsEvent ? _inEvents : _inItems;

    private int InAWhile(long now)
    {
        while (_recent.TryPeek(out long oldest) && now - oldest > While)
        {
            _recent.Dequeue();
        }

        return _recent.Count;
    }
}
