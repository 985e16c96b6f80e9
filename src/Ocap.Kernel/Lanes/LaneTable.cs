using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// All lanes by vat, in the order they came, and which of them could be given something to do: first the one that has waited longest since it was given something,
/// so that who has much to do does not keep others waiting until all of it is done; of those with the same turn, the one whose item or event is oldest.
/// </summary>
internal sealed class LaneTable
{
    private readonly SortedDictionary<VatId, Lane> _lanes = [];
    private readonly SortedSet<(long Turn, long Position, VatId Vat)> _ready = [];
    private readonly Dictionary<VatId, (long Turn, long Position)> _readyAt = [];
    private readonly SortedSet<VatId> _asleep = [];
    private readonly SortedSet<(long Turn, long Arrival, VatId Vat)> _told = [];
    private readonly Dictionary<VatId, (long Turn, long Arrival)> _toldAt = [];

    internal IEnumerable<Lane> All => _lanes.Values;

    /// <summary>The vats that have not ended, in order.</summary>
    internal IEnumerable<VatId> Vats => _lanes.Keys;

    internal int Count => _lanes.Count;

    /// <summary>Whether a vat has not ended.</summary>
    internal bool IsLive(VatId vat) => _lanes.ContainsKey(vat);

    internal Lane? Find(VatId vat) => _lanes.GetValueOrDefault(vat);

    internal void Add(Lane lane) => _lanes.Add(lane.Vat, lane);

    internal void Remove(Lane lane)
    {
        _lanes.Remove(lane.Vat);
        File(lane, null, _ready, _readyAt);
        File(lane, null, _told, _toldAt);
        _asleep.Remove(lane.Vat);
    }

    /// <summary>The idle lane whose turn it is to get the oldest item waiting for it, or null.</summary>
    internal (Lane Lane, long Position)? FirstReady() => _ready.Count == 0 ? null : (_lanes[_ready.Min.Vat], _ready.Min.Position);

    /// <summary>The idle lane whose turn it is to be told the oldest event from outside, or null.</summary>
    internal Lane? FirstTold() => _told.Count == 0 ? null : _lanes[_told.Min.Vat];

    /// <summary>A vat that has no heap yet and is wanted by nobody so far.</summary>
    internal Lane? FirstAsleep() => _asleep.Count == 0 ? null : _lanes[_asleep.Min];

    /// <summary>Brings the ready list up to date for one vat, after its lane or its items changed.</summary>
    internal void Update(VatId vat, RunQueue queue)
    {
        if (!_lanes.TryGetValue(vat, out Lane? lane))
        {
            return;
        }

        // A lane is filed under what it would be given next: an item of its queue, or an event from outside.
        long? item = lane.IsIdle ? queue.FirstFor(vat) : null;
        long? arrival = lane.IsIdle && lane.State == LaneState.Running && (item is null || lane.IsEventsTurn) ? lane.Outside.OldestArrival : null;
        File(lane, arrival is null ? item : null, _ready, _readyAt);
        File(lane, arrival, _told, _toldAt);
        if (lane.IsIdle && lane.State == LaneState.Asleep)
        {
            _asleep.Add(vat);
        }
        else
        {
            _asleep.Remove(vat);
        }
    }

    private static void File(Lane lane, long? position, SortedSet<(long, long, VatId)> index, Dictionary<VatId, (long Turn, long At)> filed)
    {
        if (filed.Remove(lane.Vat, out (long Turn, long At) old))
        {
            index.Remove((old.Turn, old.At, lane.Vat));
        }

        if (position is { } at)
        {
            index.Add((lane.Turn, at, lane.Vat));
            filed.Add(lane.Vat, (lane.Turn, at));
        }
    }
}
