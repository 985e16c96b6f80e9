using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Routing;
using Ocap.Marshal;

namespace Ocap.Kernel.Operations;

/// <summary>A message from outside. Its target comes by name, so it is admitted first (K7).</summary>
internal static class QueueMessage
{
    internal static void Run(KernelCore core, KRef target, CapData methargs, Action<Answer<Settlement>> answer)
    {
        Commit commit = core.Begin();
        if (Refusal(core, commit, target) is { } refusal)
        {
            core.Answer(() => answer(Answer<Settlement>.Ok(new Settlement(true, refusal))));
            return;
        }

        KRef result = Send(core, commit, target, methargs, (rejected, value) =>
            core.Answer(() => answer(Answer<Settlement>.Ok(new Settlement(rejected, value)))));
        try
        {
            core.Merge(commit);
        }
        catch
        {
            // The next promise has this number.
            core.Waiters.Remove(result);
            throw;
        }
    }

    /// <summary>
    /// Queues a message as part of a commit; <paramref name="settled"/> is called when its result, which is returned, has settled. Who gives the commit up
    /// takes the waiter back.
    /// </summary>
    internal static KRef Send(KernelCore core, Commit commit, KRef target, CapData methargs, Action<bool, CapData> settled)
    {
        KRef result = commit.Promises.Create(null);
        commit.Send(target, new Message(methargs, result));
        core.Waiters.Add(result, settled);
        return result;
    }

    private static CapData? Refusal(KernelCore core, Commit commit, KRef target)
    {
        bool exists = target.IsPromise ? commit.Promises.State(target) is not null : commit.Objects.Exists(target);
        if (!exists)
        {
            return Router.Deleted;
        }

        if (Router.Find(commit.Writes, target, core.Forwarding, core.Lanes.IsLive) is not Route.ToVat route || core.Lanes.Find(route.Vat) is not { } lane)
        {
            return null;
        }

        return !target.IsPromise && Admission.IsDropped(core, commit, route.Vat, target) ? Router.Deleted
            : lane.State == LaneState.Failed ? Router.Unreachable
            : null;
    }
}
