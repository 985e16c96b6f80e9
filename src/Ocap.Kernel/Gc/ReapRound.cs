using Ocap.Kernel.Lanes;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Gc;

/// <summary>
/// One request to ask all vats for their dead. What they let go of is told to the owners, who may let go of more: whoever was told anything is asked
/// again, three times in all. A vat that ends or cannot start now is not waited for; one that loses its heap is asked when it is back.
/// </summary>
internal sealed class ReapRound(IEnumerable<Lane> lanes, Action<string?> then)
{
    private const int MostTimes = 3;

    // Who is to be told of what the others let go of; null until all have answered.
    private HashSet<VatId>? _toTell;
    private int _times = 1;

    /// <summary>What is done when it has ended: given null, or why it was cut short.</summary>
    internal Action<string?> Then => then;

    /// <summary>Vats that have not answered yet.</summary>
    internal HashSet<VatId> Owing { get; } = [.. lanes.Select(static lane => lane.Vat)];

    /// <summary>An idle vat to be asked, or null.</summary>
    internal Lane? Next(KernelCore core)
    {
        foreach (VatId vat in Owing)
        {
            if (core.Lanes.Find(vat) is { IsIdle: true, State: LaneState.Running } lane)
            {
                return lane;
            }
        }

        return null;
    }

    /// <summary>To be called when no idle vat has anything to be told: whether all have answered and been told.</summary>
    internal bool HasEnded(KernelCore core)
    {
        Owing.RemoveWhere(vat => IsLost(core, vat));
        if (Owing.Count > 0)
        {
            return false;
        }

        // A vat that is idle now has been told.
        _toTell ??= [.. core.Gc.Vats];
        _toTell.RemoveWhere(vat => IsLost(core, vat) || core.Lanes.Find(vat) is { IsIdle: true, State: LaneState.Running });
        if (_toTell.Count > 0)
        {
            return false;
        }

        if (_times++ < MostTimes)
        {
            _toTell = null;
            Owing.UnionWith(core.Lanes.All.Where(lane => lane.Dirt.HasLostExports && !IsLost(core, lane.Vat)).Select(static lane => lane.Vat));
        }

        return Owing.Count == 0;
    }

    private static bool IsLost(KernelCore core, VatId vat) => core.Lanes.Find(vat) is null or { State: LaneState.Failed or LaneState.Ended } or { StartsAt: > 0 };
}
