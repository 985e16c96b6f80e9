using Ocap.Kernel.Cranks;
using Ocap.Kernel.Operations;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// Vats that could not be given a worker, or lost it before they were known to have done anything with it: the machine's fault, not theirs. They stay asleep, what
/// waits for them waits, and they are started again after a while, which is longer each time.
/// </summary>
internal sealed class LateStarts(KernelCore core)
{
    /// <summary>Milliseconds to the next attempt.</summary>
    private const long FirstDelay = 200, LongestDelay = 60_000;

    /// <summary>Who waits for a start is told that it has not come about when the next attempt is further away than this many milliseconds.</summary>
    private const long Patience = 5_000;

    private readonly List<Lane> _lanes = [];

    /// <summary>Has a vat started later. A launch begins anew with all its vats, or fails.</summary>
    internal void Add(Lane lane, string reason)
    {
        Launch? launch = lane.Launch;
        Lane first = launch?.Again() ?? lane;
        first.State = LaneState.Asleep;
        first.StartDelay = Math.Clamp(2 * first.StartDelay, FirstDelay, LongestDelay);
        first.StartsAt = core.Powers.Milliseconds + first.StartDelay;
        first.Reason = reason;
        if (first.StartDelay > Patience)
        {
            first.TellStarters(reason, core.Defer);
            if (launch is not null)
            {
                launch.Fail($"Failed to launch vat {lane.Vat} ({lane.Name}): {reason}");
                return;
            }
        }

        core.Powers.Log("warn", $"Vat {lane.Vat} ({lane.Name}) could not be started; the next attempt is in {first.StartDelay} ms: {reason}");
        _lanes.Add(first);
        core.Powers.WakeAt(first.StartsAt);
    }

    /// <summary>Lets those start whose time has come. False when there are none.</summary>
    internal bool Step()
    {
        if (_lanes.Count == 0)
        {
            return false;
        }

        long now = core.Powers.Milliseconds;
        long next = long.MaxValue;
        int before = _lanes.Count;
        for (int i = _lanes.Count - 1; i >= 0; i--)
        {
            Lane lane = _lanes[i];
            if (lane is { State: LaneState.Asleep } && lane.StartsAt > now)
            {
                next = Math.Min(next, lane.StartsAt);
                continue;
            }

            _lanes.RemoveAt(i);
            lane.StartsAt = 0;
            if (lane.Launch is not null || lane.StartWaiters.Count > 0)
            {
                core.WantedStarts.Enqueue(lane);
            }

            core.Lanes.Update(lane.Vat, core.Queue);
        }

        if (next != long.MaxValue)
        {
            core.Powers.WakeAt(next);
        }

        return _lanes.Count < before;
    }
}
