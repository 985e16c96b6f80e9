using System.Buffers;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Store;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Syscalls;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Cranks;

/// <summary>The commit of a <c>startVat</c>: of a vat that comes back, or, held until all are ready, of a launch.</summary>
internal static class StartEnd
{
    /// <summary>Longer than any hash there is.</summary>
    private const int MostDigits = 256;

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    internal static void Apply(KernelCore core, Lane lane, Crank crank, CrankReport report)
    {
        if (lane.Launch is { } launch)
        {
            launch.Started(lane, report);
            return;
        }

        lane.FetchAfresh = false;
        if (report.Fault is { } fault)
        {
            Fail(core, lane, fault.Message);
        }
        else if (!core.LargeCranks.TryBeginStart(lane, crank, report))
        {
            ApplyWhole(core, lane, report);
        }
    }

    /// <summary>All of a vat's coming back in one commit.</summary>
    internal static void ApplyWhole(KernelCore core, Lane lane, CrankReport report)
    {
        Commit commit = core.Begin();
        if (TryAdmit(commit, lane, report, forgetHeap: true) is { } failure)
        {
            Fail(core, lane, failure);
            return;
        }

        core.Merge(commit);
        core.BeginOutside(lane, report);
        Succeed(core, lane);
    }

    /// <summary>What <c>startVat</c> did has been committed.</summary>
    internal static void Succeed(KernelCore core, Lane lane)
    {
        lane.State = LaneState.Running;
        lane.Reason = null;
        lane.StartDelay = 0;
        lane.TellStarters(null, core.Defer);
    }

    /// <summary>A vat cannot come back.</summary>
    internal static void Fail(KernelCore core, Lane lane, string failure)
    {
        lane.EndWorker();
        lane.State = LaneState.Failed;
        lane.Reason = failure;
        lane.StartDelay = 0;
        core.Powers.Log("error", $"Vat {lane.Vat} ({lane.Name}) could not start: {failure}");
        lane.TellStarters(failure, core.Defer);
    }

    /// <summary>Why what a start reports cannot be kept whatever the state is, or null.</summary>
    internal static string? Complaint(Lane lane, CrankReport report)
    {
        if (report.Syscalls.FirstOrDefault(static syscall => syscall is SyscallExit) is SyscallExit exit)
        {
            return $"it asked to exit while it started: {exit.Info.Body}";
        }

        if (report.BundleHash is { } hash && (hash.Length is 0 or > MostDigits || hash.AsSpan().ContainsAnyExcept(s_hexDigits)))
        {
            return "it names its bundle by what is no hash";
        }

        try
        {
            lane.Outside.Require(report.Outside);
            WellFormed.Require(report.Vatstore);
            return null;
        }
        catch (IllegalSyscallException illegal)
        {
            return $"illegal syscall: {illegal.Message}";
        }
    }

    /// <summary>Makes what <c>startVat</c> did part of a commit. Returns why not, or null.</summary>
    internal static string? TryAdmit(Commit commit, Lane lane, CrankReport report, bool forgetHeap)
    {
        if (Complaint(lane, report) is { } complaint)
        {
            return complaint;
        }

        try
        {
            if (forgetHeap)
            {
                VatLife.ForgetHeap(commit, lane.Vat, report.WatchedPromises, report.HeldImports);
            }

            new SyscallApplier(commit, lane.Vat).Apply(report.Syscalls);
        }
        catch (IllegalSyscallException illegal)
        {
            return $"illegal syscall: {illegal.Message}";
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            return $"Kernel invariant broken: {broken.Message}";
        }

        if (report.Vatstore.Count > 0)
        {
            commit.Writes.VatStores.Add((lane.Vat, report.Vatstore));
        }

        NoteBundle(commit, lane, report);
        return null;
    }

    internal static void NoteBundle(Commit commit, Lane lane, CrankReport report)
    {
        if (report.BundleHash is { } hash)
        {
            new SubclusterTable(commit.Writes).SetVatBundle(lane.Vat, hash);
        }
    }
}
