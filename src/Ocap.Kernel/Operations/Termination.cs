using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Subclusters;
using Ocap.Marshal;

namespace Ocap.Kernel.Operations;

/// <summary>Ending vats and subclusters from outside: lanes close, running cranks come to an end, then everything goes in one commit (K11).</summary>
internal static class Termination
{
    internal const string NoSuchVat = "Vat does not exist.";
    internal const string NoSuchSubcluster = "Subcluster does not exist.";

    internal static void Vat(KernelCore core, VatId vat, Action<Answer<Done>> answer)
    {
        if (core.Lanes.Find(vat) is not { } lane)
        {
            core.Answer(() => answer(Answer<Done>.Fail(NoSuchVat)));
            return;
        }

        WhenEnding(core, [lane], () => core.Attempt(answer, () =>
        {
            EndLanes(core, [lane], VatLife.Deleted);
            core.Answer(() => answer(Answer<Done>.Ok(default)));
        }));
    }

    internal static void Subcluster(KernelCore core, SubclusterId subcluster, Action<Answer<Done>> answer)
    {
        if (!new SubclusterTable(core.View()).All().Exists(record => record.Id == subcluster))
        {
            core.Answer(() => answer(Answer<Done>.Fail(NoSuchSubcluster)));
            return;
        }

        WhenEnding(core, [.. core.Lanes.All.Where(lane => lane.Subcluster == subcluster)], () => core.Attempt(answer, () =>
        {
            EndSubcluster(core, subcluster, VatLife.Deleted);
            core.Answer(() => answer(Answer<Done>.Ok(default)));
        }));
    }

    internal static void AllVats(KernelCore core, Action<Answer<Done>> answer)
    {
        // Those of this moment: vats that come while it waits are not closed and may be executing.
        List<Lane> lanes = [.. core.Lanes.All.Reverse()];
        WhenEnding(core, [.. lanes], () => core.Attempt(answer, () =>
        {
            EndLanes(core, lanes, VatLife.Deleted);
            core.Answer(() => answer(Answer<Done>.Ok(default)));
        }));
    }

    /// <summary>
    /// Closes lanes whose vats are to end, and does that when they have come to rest (K11). For a large crank of which nothing is true yet that does not wait: it is
    /// dropped, now or when it is reported.
    /// </summary>
    internal static void WhenEnding(KernelCore core, Lane[] lanes, Action then)
    {
        foreach (Lane lane in lanes)
        {
            lane.Enders++;
            core.LargeCranks.Drop(lane);
        }

        core.WhenIdle(lanes, () =>
        {
            foreach (Lane lane in lanes)
            {
                lane.Enders--;
            }

            then();
            foreach (Lane lane in lanes)
            {
                if (lane is { State: LaneState.Asleep, StartWaiters.Count: > 0 })
                {
                    // It has not ended after all, and while that was to come it was not started.
                    core.WantedStarts.Enqueue(lane);
                }
            }
        });
    }

    /// <summary>Ends what is left of a subcluster, newest vat first. None of its lanes executes.</summary>
    internal static void EndSubcluster(KernelCore core, SubclusterId subcluster, CapData reason)
    {
        EndLanes(core, [.. core.Lanes.All.Where(lane => lane.Subcluster == subcluster).Reverse()], reason);
        Commit commit = core.Begin();
        SubclusterEnd.Apply(commit, subcluster);
        core.Merge(commit);
    }

    private static void EndLanes(KernelCore core, List<Lane> lanes, CapData reason)
    {
        lanes.RemoveAll(static lane => lane.State == LaneState.Ended);
        if (lanes.Count == 0)
        {
            return;
        }

        Commit commit = core.Begin();
        int room = core.Options.CleanupPiece;
        foreach (Lane lane in lanes)
        {
            room -= VatLife.End(core, commit, lane.Vat, reason, room);
        }

        core.Merge(commit);
        foreach (Lane lane in lanes)
        {
            core.Forget(lane);
            core.Powers.Log("info", $"Vat {lane.Vat} ({lane.Name}) was terminated.");
        }
    }
}
