using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Lanes;

/// <summary>All lanes by vat, in the order they came, and which of them could be given something to do.</summary>
internal sealed class LaneTable
{
    private readonly SortedDictionary<VatId, Lane> _lanes = [];
    private readonly SortedSet<(long Position, VatId Vat)> _ready = [];
    private readonly Dictionary<VatId, long> _readyAt = [];
    private readonly SortedSet<VatId> _asleep = [];
    private readonly SortedSet<(long Arrival, VatId Vat)> _told = [];
    private readonly Dictionary<VatId, long> _toldAt = [];

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
        File(lane.Vat, null, _ready, _readyAt);
        File(lane.Vat, null, _told, _toldAt);
        _asleep.Remove(lane.Vat);
    }

    /// <summary>The idle lane with the oldest item waiting, or null.</summary>
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
        File(vat, arrival is null ? item : null, _ready, _readyAt);
        File(vat, arrival, _told, _toldAt);
        if (lane.IsIdle && lane.State == LaneState.Asleep)
        {
            _asleep.Add(vat);
        }
        else
        {
            _asleep.Remove(vat);
        }
    }

    private static void File(VatId vat, long? position, SortedSet<(long, VatId)> index, Dictionary<VatId, long> filed)
    {
        if (filed.Remove(vat, out long old))
        {
            index.Remove((old, vat));
        }

        if (position is { } at)
        {
            index.Add((at, vat));
            filed.Add(vat, at);
        }
    }
}
