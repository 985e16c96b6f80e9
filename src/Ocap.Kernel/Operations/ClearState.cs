using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Marshal;

namespace Ocap.Kernel.Operations;

/// <summary>Ends everything and starts from an empty store. The identity stays; the services get their places anew.</summary>
internal static class ClearState
{
    private static readonly CapData Cleared = KernelError.Make(KernelErrorCode.VatTerminated, "The kernel's state was cleared.");

    internal static void Run(KernelCore core, Action<Answer<Done>> answer)
    {
        foreach (Launch launch in core.Launches.ToArray())
        {
            launch.Fail("The kernel's state was cleared while the subcluster was being launched.");
        }

        core.WhenIdle(core.Lanes.All, answer, () =>
        {
            if (core.Launches.Count > 0 || core.Executing.Count > 0 || core.Lanes.All.Any(static lane => lane.Crank is not null))
            {
                // A launch came while this waited: its ids are of the old state, and so it must go too.
                Run(core, answer);
                return;
            }

            string? peerId = core.State.Get("peerId");
            Commit commit = core.Begin();
            commit.Writes.Wipe = true;
            KernelStart.Initialize(core, commit.Writes);
            if (peerId is not null)
            {
                commit.Writes.Put("peerId", peerId);
            }

            core.Calls.Clear();
            core.Queue.Clear();
            core.Backlog.Clear();
            core.Forwarding.Clear();
            core.Merge(commit);
            foreach (Lane lane in core.Lanes.All.ToArray())
            {
                core.Forget(lane);
            }

            core.Io.EndAll();
            core.Services.Load(core.View());
            core.Kept.Load(core.View());
            core.Gc.Load(core.View());
            core.Settlements.Clear();
            core.LostAnswers.Clear();
            core.Cleanup.Clear();
            Action<bool, CapData>[] waiters = [.. core.Waiters.Values];
            core.Waiters.Clear();
            foreach (Action<bool, CapData> waiter in waiters)
            {
                core.Defer(() => waiter(true, Cleared));
            }

            core.Answer(() => answer(Answer<Done>.Ok(default)));
        });
    }
}
