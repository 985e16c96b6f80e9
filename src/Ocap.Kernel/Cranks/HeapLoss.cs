using Ocap.Kernel.Lanes;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Routing;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Cranks;

/// <summary>
/// A worker is gone with its heap, and nobody knows that the vat is to blame. Its crank is dropped and its item keeps its place (K10), the vat starts again
/// from its state (K12). A vat that was executing at that moment is a suspect: until it has got done what it was executing, its workers are to be kept apart
/// from all others (<see cref="VatToRun.IsSuspect"/>), so that the guilty one soon is alone; and losses in a row, or many in a while, end it or the attempt
/// to start it (<see cref="LossRecord"/>). One that was only about to start, and is no suspect, has not had its worker at all: it is started later.
/// </summary>
internal static class HeapLoss
{
    internal static void Apply(KernelCore core, Lane lane, Crank? crank, string reason, bool isSuspect)
    {
        lane.EndWorker();
        if (crank is { IsStart: true } && !isSuspect)
        {
            core.LateStarts.Add(lane, reason);
            return;
        }

        string? verdict = crank is not null && isSuspect ? lane.Losses.Note(crank, core.Powers.Milliseconds, reason) : null;
        if (lane.Launch is { } launch)
        {
            launch.Lost(lane, verdict);
        }
        else if (verdict is not null)
        {
            CrankEnd.Apply(core, lane, crank!, new CrankReport { Fault = new VatFault("WORKER_LOST", verdict) });
        }
        else
        {
            core.Powers.Log("warn", $"Vat {lane.Vat} ({lane.Name}) lost its worker and starts again: {reason}");
            StartAgain(core, lane, crank);
        }
    }

    /// <summary>A vat whose heap has been ended is to have a new one, and what it executed goes back to the queue.</summary>
    internal static void StartAgain(KernelCore core, Lane lane, Crank? crank)
    {
        lane.State = LaneState.Asleep;
        if (lane.StartWaiters.Count > 0)
        {
            core.WantedStarts.Enqueue(lane);
        }

        if (crank?.Item is { } item && core.Queue.Contains(item))
        {
            Filing filing = Router.FilingOf(core.View(), item.Head, core.Forwarding, core.Lanes.IsLive);
            core.Queue.Return(item, filing);
            if (filing.Vat is { } vat)
            {
                core.Lanes.Update(vat, core.Queue);
            }
        }
    }
}
