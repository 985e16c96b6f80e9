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

    internal static void Apply(KernelCore core, Lane lane, CrankReport report)
    {
        if (lane.Launch is { } launch)
        {
            launch.Started(lane, report);
            return;
        }

        lane.FetchAfresh = false;
        string? failure = report.Fault?.Message;
        if (failure is null)
        {
            Commit commit = core.Begin();
            failure = TryAdmit(commit, lane, report, forgetHeap: true);
            if (failure is null)
            {
                core.Merge(commit);
                core.BeginOutside(lane, report);
                lane.State = LaneState.Running;
                lane.Reason = null;
            }
        }

        if (failure is not null)
        {
            lane.EndWorker();
            lane.State = LaneState.Failed;
            lane.Reason = failure;
            core.Powers.Log("error", $"Vat {lane.Vat} ({lane.Name}) could not start: {failure}");
        }

        lane.TellStarters(failure, core.Defer);
    }

    /// <summary>Makes what <c>startVat</c> did part of a commit. Returns why not, or null.</summary>
    internal static string? TryAdmit(Commit commit, Lane lane, CrankReport report, bool forgetHeap)
    {
        try
        {
            if (forgetHeap)
            {
                VatLife.ForgetHeap(commit, lane.Vat, report.WatchedPromises, report.HeldImports);
            }

            var syscalls = new SyscallApplier(commit, lane.Vat);
            syscalls.Apply(report.Syscalls);
            WellFormed.Require(report.Vatstore);
            lane.Outside.Require(report.Outside);
            if (syscalls.Exit is { } exit)
            {
                return $"it asked to exit while it started: {exit.Info.Body}";
            }
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

        if (report.BundleHash is { } hash)
        {
            if (hash.Length is 0 or > MostDigits || hash.AsSpan().ContainsAnyExcept(s_hexDigits))
            {
                return "it names its bundle by what is no hash";
            }

            new SubclusterTable(commit.Writes).SetVatBundle(lane.Vat, hash);
        }

        return null;
    }
}
