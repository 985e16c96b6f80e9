using System.Text.Json;
using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Lanes;

/// <summary>How a vat comes into the state, starts again with an empty heap, and leaves. All of it changes a commit only.</summary>
internal static class VatLife
{
    /// <summary>Characters of the reason that a vat gives for its end.</summary>
    private const int MostWords = 64 * 1024;

    internal static readonly CapData Deleted = KernelError.Make(KernelErrorCode.VatTerminated, "Vat was deleted.");

    /// <summary>What promises decided by a vat are rejected with when it ends for a reason of its own.</summary>
    internal static CapData Terminated(CapData reason) => KernelError.Make(KernelErrorCode.VatTerminated, $"Vat termination: {Words(reason.Body)}");

    /// <summary>Each answer that it owed keeps them.</summary>
    private static string Words(string body) =>
        body.Length <= MostWords ? body : string.Concat(body.AsSpan(0, char.IsHighSurrogate(body[MostWords - 1]) ? MostWords - 1 : MostWords), "…");

    /// <summary>A new vat's records, its root object (held while the vat lives), and the parameters it starts with.</summary>
    internal static KRef Create(Commit commit, Lane lane)
    {
        var clist = new CList(commit.Writes, lane.Vat);
        KRef root = commit.Objects.Create(new Endpoint(lane.Vat));
        clist.Add(root, VRef.Root);
        commit.Hold(root);
        commit.Writes.Put("e.nextObjectId." + lane.Vat, "1");
        commit.Writes.Put("e.nextPromiseId." + lane.Vat, "1");
        new SubclusterTable(commit.Writes).SetVatConfig(lane.Vat, lane.Config);
        return root;
    }

    internal static StartVat StartDelivery(Lane lane, string? bundleHash)
    {
        CapData parameters = CapData.Undefined;
        if (lane.Parameters is { } json)
        {
            using JsonDocument document = StoredJson.Parse(json);
            parameters = new CapData("#" + JsonToSmallcaps.Encode(document.RootElement), []);
        }

        return new StartVat(lane.Config, parameters, bundleHash);
    }

    /// <summary>K12: the whole c-list becomes what it is to a new heap.</summary>
    internal static void ForgetHeap(Commit commit, VatId vat, IReadOnlyList<string> watched, HeldImports? held)
    {
        var clist = new CList(commit.Writes, vat);
        var memory = new HeapMemory(watched, held);
        foreach ((KRef kref, CListEntry entry) in clist.Entries())
        {
            memory.Apply(commit, clist, kref, entry);
        }
    }

    /// <summary>
    /// Ends a vat: its records and its store go in this commit, and of the answers that it owed and of its c-list as much as there is room for; what is more follows in
    /// further ones. Returns how much of the room it took.
    /// </summary>
    internal static int End(KernelCore core, Commit commit, VatId vat, CapData reason, int room)
    {
        var clist = new CList(commit.Writes, vat);
        if (clist.ToKernel(VRef.Root.Text) is { } root)
        {
            commit.Release(root);
        }

        if (new SubclusterTable(commit.Writes).RemoveVat(vat) is { } emptied)
        {
            SubclusterEnd.Apply(commit, emptied);
        }

        commit.Writes.DropVat(vat);
        commit.EndedVats.Add(vat);
        return Cleanup.Begin(core, commit, clist, reason, room);
    }

    /// <summary>Whether it is for a vat to settle a promise.</summary>
    internal static bool Decides(Commit commit, VatId vat, KRef promise) =>
        commit.Promises.State(promise) == PromiseState.Unresolved && commit.Promises.Decider(promise) == new Endpoint(vat);
}
