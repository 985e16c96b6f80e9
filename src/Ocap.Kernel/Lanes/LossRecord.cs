using Ocap.Kernel.Cranks;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// How often a vat's worker was lost while it executed a crank, and nobody else is known to have caused it. Losses in a row are counted apart for each kind of
/// crank: a vat whose timer is fatal may get any number of messages done in between, one whose message is fatal starts well each time. All of a while are
/// counted too, for one that finds other ways.
/// </summary>
internal sealed class LossRecord
{
    /// <summary>A vat that loses its worker so often in a row, in cranks of one kind, is given up.</summary>
    internal const int MostInARow = 3;

    /// <summary>So is one that loses it so often within <see cref="While"/>, whatever it got done in between.</summary>
    internal const int MostInAWhile = 12;

    /// <summary>Milliseconds for which a loss is remembered.</summary>
    internal const long While = 10 * 60 * 1000;

    private static readonly string[] s_places = ["while it started", "in the same delivery", "when it was told of an event", "when it was told of garbage"];

    private readonly Queue<long> _recent = new();
    private readonly int[] _inARow = new int[s_places.Length];

    private enum Kind : byte
    {
        Start,
        Item,
        Event,
        Collection,
    }

    /// <summary>Its workers are to be kept apart from all others: until it has got done what it was lost in, the next may be lost too.</summary>
    internal bool IsSuspect => _inARow.AsSpan().ContainsAnyExcept(0);

    /// <summary>Whether the vat is given up if its worker is lost in this crank.</summary>
    internal bool IsLastChance(Crank crank, long now) => IsLastInARow(KindOf(crank)) || InAWhile(now) + 1 >= MostInAWhile;

    /// <summary>Notes a loss. Returns why the vat is to be given up, or null.</summary>
    internal string? Note(Crank crank, long now, string reason)
    {
        Kind kind = KindOf(crank);
        if (IsLastChance(crank, now))
        {
            string often = IsLastInARow(kind) ? $"{MostInARow} times in a row {s_places[(int)kind]}" : $"{MostInAWhile} times within {While / 60_000} minutes";
            Array.Clear(_inARow);
            _recent.Clear();
            return $"its worker died {often}; the last time {reason}";
        }

        _inARow[(int)kind]++;
        _recent.Enqueue(now);
        return null;
    }

    /// <summary>A crank has come to its end.</summary>
    internal void Done(Crank crank) => _inARow[(int)KindOf(crank)] = 0;

    private static Kind KindOf(Crank crank) => crank switch
    {
        { IsStart: true } => Kind.Start,
        { Item: not null } => Kind.Item,
        { IsEvent: true } => Kind.Event,
        _ => Kind.Collection,
    };

    private bool IsLastInARow(Kind kind) => _inARow[(int)kind] + 1 >= MostInARow;

    private int InAWhile(long now)
    {
        while (_recent.TryPeek(out long oldest) && now - oldest > While)
        {
            _recent.Dequeue();
        }

        return _recent.Count;
    }
}
