using Ocap.Kernel.CLists;
using Ocap.Kernel.Gc;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Kernel.Syscalls;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Cranks;

/// <summary>The commit of a crank: its report is judged, the result is data, and one method applies it.</summary>
internal static class CrankEnd
{
    internal static void Apply(KernelCore core, Lane lane, Crank crank, CrankReport report)
    {
        lane.Usage = lane.Usage.With(report);
        if (report.Fault is null && core.Backlog.Complaint(lane.Vat, report) is { } complaint)
        {
            report = report with { Fault = new VatFault(KernelErrorCode.QueueLimit, complaint) };
        }

        if (crank.IsStart)
        {
            lane.Losses.Done(crank);
            StartEnd.Apply(core, lane, crank, report);
            return;
        }

        if (!core.LargeCranks.TryBegin(lane, crank, report))
        {
            ApplyWhole(core, lane, crank, report);
        }
    }

    /// <summary>All of it in one commit.</summary>
    internal static void ApplyWhole(KernelCore core, Lane lane, Crank crank, CrankReport report)
    {
        Commit commit = core.Begin(crank.Prepared);
        CrankResult result = Judge(commit, lane, crank, report);
        Apply(core, lane, crank, report, commit, result);
        lane.Losses.Done(crank);
        if (crank.IsReap)
        {
            core.Reaping.Answered(lane, crank, report, Reaping.GivesUp(report));
        }
    }

    /// <summary>Makes what the vat did part of the commit, and says what becomes of it.</summary>
    private static CrankResult Judge(Commit commit, Lane lane, Crank crank, CrankReport report)
    {
        if (crank.Undelivered is { } undelivered)
        {
            return new CrankResult.UndoAndRestart(undelivered);
        }

        if (report.Fault is { } fault)
        {
            return new CrankResult.UndoAndEnd(KernelError.MakeFatal(fault.Code, fault.Message));
        }

        try
        {
            Introduce(commit, lane.Vat, crank);
            if (crank.Gc is { } gc)
            {
                GarbageCollector.Complete(commit, gc);
            }

            var syscalls = new SyscallApplier(commit, lane.Vat);
            syscalls.Apply(report.Syscalls);
            lane.Outside.Require(report.Outside);
            if (syscalls.Exit is { } exit)
            {
                CapData reason = syscalls.Translate(exit.Info);
                return exit.IsFailure ? new CrankResult.UndoAndEnd(WithoutReferences(reason)) : Keep(commit, lane, crank, report, reason);
            }

            return Keep(commit, lane, crank, report, null);
        }
        catch (IllegalSyscallException illegal)
        {
            return new CrankResult.UndoAndEnd(KernelError.MakeFatal(KernelErrorCode.IllegalSyscall, illegal.Message));
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            return new CrankResult.UndoAndRestart(broken.ToString());
        }
    }

    private static void Apply(KernelCore core, Lane lane, Crank crank, CrankReport report, Commit commit, CrankResult result)
    {
        switch (result)
        {
            case CrankResult.Keep:
                core.Merge(commit);
                core.BeginOutside(lane, report);
                lane.Bootstrapping?.Uncaught(report.Uncaught);
                break;
            case CrankResult.KeepAndEnd end:
                EndVat(core, lane, commit, end.Reason);
                lane.Bootstrapping?.Uncaught(report.Uncaught);
                break;
            case CrankResult.UndoAndEnd end:
                EndVat(core, lane, Undo(core, crank, end.Reason), end.Reason);
                break;
            case CrankResult.UndoAndRestart restart:
                core.Powers.Log("error", $"Kernel invariant broken in a crank of {lane.Vat}, which starts again: {restart.Detail}");
                core.Merge(Undo(core, crank, KernelError.Make(KernelErrorCode.DeliveryFailed, "The kernel could not complete the delivery; see the daemon's log")));
                lane.EndWorker();
                lane.State = LaneState.Asleep;
                break;
        }
    }

    /// <summary>What dispatch prepared becomes true: counts of new imports, names of promises told, who decides the result (K1, K4, K5).</summary>
    internal static void Introduce(Commit commit, VatId vat, Crank crank)
    {
        foreach (Introduction introduction in crank.Introductions)
        {
            if (introduction.IsNew)
            {
                commit.Hold(introduction.KRef);
            }
            else
            {
                commit.Objects.Add(introduction.KRef, 1, 0);
            }
        }

        var clist = new CList(commit.Writes, vat);
        foreach (KRef promise in crank.Told)
        {
            if (clist.ToVat(promise) is { } entry)
            {
                clist.Remove(promise, entry.VRef);
                commit.Release(promise);
            }
        }

        if (crank.Result is { } result)
        {
            commit.Promises.SetDecider(result, new Endpoint(vat));
        }
    }

    private static CrankResult Keep(Commit commit, Lane lane, Crank crank, CrankReport report, CapData? exit)
    {
        if (report.Vatstore.Count > 0)
        {
            WellFormed.Require(report.Vatstore);
            commit.Writes.VatStores.Add((lane.Vat, report.Vatstore));
        }

        if (crank.Item is { } item)
        {
            commit.Consume(item);
        }

        return exit is null ? new CrankResult.Keep() : new CrankResult.KeepAndEnd(exit);
    }

    /// <summary>What a reason mentions may have come into being in the crank that is undone: then only its text is passed on.</summary>
    private static CapData WithoutReferences(CapData reason) => reason.Slots.Count == 0 ? reason : VatLife.Terminated(reason);

    /// <summary>A new commit in which nothing of the crank happened but that its item is gone and its result rejected.</summary>
    internal static Commit Undo(KernelCore core, Crank crank, CapData reason)
    {
        Commit commit = core.Begin();
        if (crank.Item is { } item)
        {
            commit.RejectResult(crank.Result, reason);
            commit.Consume(item);
        }

        return commit;
    }

    /// <summary>The last resort when even undoing a crank broke an invariant: its item goes, and the vat gets a new heap.</summary>
    internal static void GiveUp(KernelCore core, Lane lane, Crank crank)
    {
        lane.EndWorker();
        if (lane.State != LaneState.Ended)
        {
            lane.State = LaneState.Asleep;
        }

        lane.Launch?.Fail($"Failed to launch vat {lane.Vat} ({lane.Name}): the kernel could not take it in; see the daemon's log");
        lane.TellStarters("the kernel could not take it in; see the daemon's log", core.Defer);
        if (crank.Item is { } item && core.Queue.Contains(item))
        {
            BrokenItem.Drop(core, item, "The kernel could not complete the delivery; see the daemon's log");
        }
    }

    /// <summary>Ends a vat with a commit, which may do more than that.</summary>
    internal static void EndVat(KernelCore core, Lane lane, Commit commit, CapData reason)
    {
        VatLife.End(core, commit, lane.Vat, VatLife.Terminated(reason), core.Options.CleanupPiece);
        core.Merge(commit);
        core.Forget(lane);
        core.Powers.Log("info", $"Vat {lane.Vat} ({lane.Name}) ended: {ReasonText.Of(reason)}");
    }
}
