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
        SetReady(lane.Vat, null);
        _asleep.Remove(lane.Vat);
    }

    /// <summary>The idle lane with the oldest item waiting, or null.</summary>
    internal (Lane Lane, long Position)? FirstReady() => _ready.Count == 0 ? null : (_lanes[_ready.Min.Vat], _ready.Min.Position);

    /// <summary>A vat that has no heap yet and is wanted by nobody so far.</summary>
    internal Lane? FirstAsleep() => _asleep.Count == 0 ? null : _lanes[_asleep.Min];

    /// <summary>Brings the ready list up to date for one vat, after its lane or its items changed.</summary>
    internal void Update(VatId vat, RunQueue queue)
    {
        if (!_lanes.TryGetValue(vat, out Lane? lane))
        {
            return;
        }

        SetReady(vat, lane.IsIdle ? queue.FirstFor(vat) : null);
        if (lane.IsIdle && lane.State == LaneState.Asleep)
        {
            _asleep.Add(vat);
        }
        else
        {
            _asleep.Remove(vat);
        }
    }

    private void SetReady(VatId vat, long? position)
    {
        if (_readyAt.Remove(vat, out long old))
        {
            _ready.Remove((old, vat));
        }

        if (position is { } at)
        {
            _ready.Add((at, vat));
            _readyAt.Add(vat, at);
        }
    }
}
