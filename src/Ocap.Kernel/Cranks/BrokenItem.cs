using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Marshal;

namespace Ocap.Kernel.Cranks;

/// <summary>The end of an item that broke an invariant. The queue always moves on (K10).</summary>
internal static class BrokenItem
{
    /// <summary>
    /// Takes the item off the queue and rejects its result. If that breaks too, it goes without giving back what it holds, and who waits outside is told all
    /// the same.
    /// </summary>
    internal static void Drop(KernelCore core, QueuedItem item, string why)
    {
        KRef? result = (item.Head as SendItem)?.Message.Result;
        CapData reason = KernelError.Make(KernelErrorCode.DeliveryFailed, why);
        try
        {
            Commit commit = core.Begin();
            commit.RejectResult(result, reason);
            commit.Consume(item);
            core.Merge(commit);
            return;
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            core.Powers.Log("error", $"Kernel invariant broken in giving up queue item {item.Position}: {broken}");
        }

        if (result is { } promise)
        {
            core.TellWaiter(promise, reason);
        }

        if (core.Queue.Contains(item))
        {
            Commit commit = core.Begin();
            commit.Discard(item);
            core.Merge(commit);
        }
    }
}
