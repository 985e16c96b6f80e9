using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Objects;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Routing;
using Ocap.Kernel.Services;
using Ocap.Kernel.State;
using Ocap.Kernel.Subclusters;
using System.Text.Json;
using Ocap.Marshal;

namespace Ocap.Kernel.Operations;

/// <summary>The first state, and taking up a stored one.</summary>
internal static class KernelStart
{
    internal static void Run(KernelCore core)
    {
        Commit commit = core.Begin();
        if (core.State.Get("initialized") is null)
        {
            Initialize(core, commit.Writes);
        }

        core.Services.Register(commit.Writes);
        Gc.GcActionSet.Unpack(commit.Writes);

        List<KRef> orphans = core.Options.IsReferenceDatabase ? ReferenceMigration.Run(commit.Writes, (vat, vref) => Watches(core.State, vat, vref)) : [];
        core.Merge(commit);
        Load(core);
        core.Services.Load(core.View());
        core.LargeCranks.Load(core.View());
        if (core.Options.IsReferenceDatabase)
        {
            Settle(core, orphans);
        }

        ForgetActionsOfEndedVats(core);
        ServiceCalls.RejectLost(core);
        EndUnfinishedLaunches(core);
        SystemSubclusters.Reconcile(core);
        core.Io.Restore();
    }

    /// <summary>The keys of a fresh database (spec/store.md §2). What is there already stays: the reference clears its state without setting it up again.</summary>
    internal static void Initialize(KernelCore core, StateView view)
    {
        foreach (string counter in (ReadOnlySpan<string>)
            ["nextObjectId", "nextPromiseId", "nextVatId", "nextRemoteId", "nextSubclusterId", RunQueue.HeadKey, RunQueue.TailKey])
        {
            PutIfMissing(view, counter, "1");
        }

        foreach (string list in (ReadOnlySpan<string>)[Gc.GcActionSet.ListKey, "reapQueue", "subclusters", "vats.terminated"])
        {
            PutIfMissing(view, list, "[]");
        }

        PutIfMissing(view, "vatToSubclusterMap", "{}");
        core.Services.Register(view);
        PutIfMissing(view, "incarnationId", core.Powers.NewId());
        view.Put("initialized", "true");
    }

    private static void PutIfMissing(StateView view, string key, string value)
    {
        if (view.Get(key) is null)
        {
            view.Put(key, value);
        }
    }

    /// <summary>Whether a vat has stored that it watches a promise: an entry in the collection that its store names (spec/vat-runtime.md §5).</summary>
    private static bool Watches(CommittedState state, VatId vat, string vref) =>
        state.VatGet(vat, "watchedPromiseTableID") is { } table
        && table.LastIndexOf('/') is > 0 and var slash
        && state.VatGet(vat, $"vc.{table.AsSpan(slash + 1)}.s{vref}") is not null;

    /// <summary>What the migration leaves to the kernel's ordinary work: promises that nobody settles, and objects that nobody reaches.</summary>
    private static void Settle(KernelCore core, List<KRef> orphans)
    {
        Commit commit = core.Begin();
        foreach (KRef promise in orphans)
        {
            commit.RejectResult(promise, commit.Promises.Decider(promise) is { IsKernel: false } ? VatLife.Deleted : HeapMemory.Restarted);
        }

        foreach ((string key, string counts) in commit.Writes.Scan("ko"))
        {
            if (key.EndsWith(".refCount", StringComparison.Ordinal) && RefCounts.Parse(counts).Reachable == 0)
            {
                commit.ReleaseObject(KRef.Parse(key[..^".refCount".Length]), 0, 0);
            }
        }

        core.Merge(commit);
    }

    private static void Load(KernelCore core)
    {
        WriteSet view = core.View();
        core.Kept.Load(view);
        core.Gc.Load(view);
        core.Settlements.Load(view);
        core.LostAnswers.Load(view);
        List<SubclusterRecord> subclusters = new SubclusterTable(view).All();
        foreach ((string key, string config) in view.Scan(SubclusterTable.VatConfigPrefix))
        {
            if (!VatId.TryParse(key[SubclusterTable.VatConfigPrefix.Length..], out VatId vat))
            {
                continue;
            }

            (SubclusterId subcluster, string name) = Home(subclusters, vat);
            var lane = new Lane(vat, subcluster, name, config, ParametersOf(config));
            core.Lanes.Add(lane);
        }

        foreach ((long position, string json) in QueueRows(view))
        {
            var item = new QueuedItem(position, QueueJson.ReadItem(json));
            core.Queue.Add(item, Router.FilingOf(view, item.Head, core.Forwarding, core.Lanes.IsLive));
        }

        foreach (Lane lane in core.Lanes.All)
        {
            core.Lanes.Update(lane.Vat, core.Queue);
        }
    }

    /// <summary>Nobody would ever take them: the reference keeps them until the vat is cleaned up, and earlier versions kept them for good.</summary>
    private static void ForgetActionsOfEndedVats(KernelCore core)
    {
        Commit commit = core.Begin();
        foreach (VatId ended in core.Gc.Vats.Where(vat => !core.Lanes.IsLive(vat) && !core.Cleanup.IsLeft(vat)))
        {
            commit.GcRemoved.UnionWith(core.Gc.For(ended));
        }

        core.Merge(commit);
    }

    /// <summary>A subcluster whose bootstrap had not settled was promised to nobody: it goes as a whole.</summary>
    private static void EndUnfinishedLaunches(KernelCore core)
    {
        WriteSet view = core.View();
        foreach ((string key, string _) in view.Scan(SubclusterTable.LaunchingPrefix))
        {
            if (SubclusterId.TryParse(key[SubclusterTable.LaunchingPrefix.Length..], out SubclusterId id))
            {
                core.Powers.Log("warn", $"Subcluster {id} had not finished its launch when the daemon ended; it is removed.");
                Termination.EndSubcluster(core, id, VatLife.Deleted);
            }
        }
    }

    private static (SubclusterId Subcluster, string Name) Home(List<SubclusterRecord> subclusters, VatId vat)
    {
        foreach (SubclusterRecord record in subclusters)
        {
            foreach ((string name, VatId member) in record.Vats)
            {
                if (member == vat)
                {
                    return (record.Id, name);
                }
            }
        }

        return (default, "");
    }

    private static List<(long Position, string Json)> QueueRows(StateView view)
    {
        var rows = new List<(long Position, string Json)>();
        foreach ((string key, string json) in view.Scan("queue.run."))
        {
            if (Digits.TryParse(key.AsSpan("queue.run.".Length), out long position))
            {
                rows.Add((position, json));
            }
        }

        rows.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        return rows;
    }

    private static string? ParametersOf(string config)
    {
        using JsonDocument document = StoredJson.Parse(config);
        return document.RootElement.TryGetProperty("parameters", out JsonElement parameters) ? parameters.GetRawText() : null;
    }
}
