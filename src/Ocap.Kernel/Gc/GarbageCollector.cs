using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Objects;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Gc;

/// <summary>
/// Distributed garbage collection: when counts fall, whoever must be told gets an action; an idle vat with actions is told before anything else (K9).
/// </summary>
internal static class GarbageCollector
{
    /// <summary>Objects that a vat is told about at once.</summary>
    internal const int MostAtOnce = 1_000;

    /// <summary>Looks at the objects whose counts fell in a commit, as part of it. Who has ended, or ends with it, is told nothing any more.</summary>
    internal static void Collect(Commit commit, LaneTable lanes)
    {
        foreach (KRef ko in commit.Touched)
        {
            RefCounts counts = commit.Objects.Counts(ko);
            if (counts.Reachable > 0 || !commit.Objects.Exists(ko))
            {
                continue;
            }

            switch (commit.Objects.Owner(ko))
            {
                case { Vat: { } owner } when lanes.IsLive(owner) && !commit.EndedVats.Contains(owner):
                    Unreachable(commit, owner, ko, counts);
                    break;
                case null when counts.Recognizable == 0:
                    commit.Objects.Delete(ko);
                    break;
                case null:
                    Orphaned(commit, ko, lanes.Vats);
                    break;
            }
        }
    }

    /// <summary>
    /// Prepares the next collection delivery for an idle vat: one kind, all objects it is still true of, but no more than one commit should deal with.
    /// Actions on the way that are no longer true must leave the set at once: by the end of the crank they might be true again.
    /// </summary>
    internal static GcDelivery? Prepare(GcActionSet actions, CommittedState state, VatId vat)
    {
        IReadOnlyCollection<GcAction> waiting = actions.For(vat);
        if (waiting.Count == 0)
        {
            return null;
        }

        var prepared = new WriteSet(state);
        var clist = new CList(prepared, vat);
        var objects = new ObjectTable(prepared);
        var stale = new List<GcAction>();
        var actionsTold = new List<GcAction>();
        var told = new List<(KRef Object, CListEntry Entry)>();
        GcActionKind? kind = null;
        foreach (GcAction action in waiting)
        {
            if (told.Count + stale.Count == MostAtOnce || (kind is { } chosen && action.Kind != chosen))
            {
                break;
            }

            if (clist.ToVat(action.Object) is { } entry && IsTrue(objects, action, entry))
            {
                kind = action.Kind;
                told.Add((action.Object, entry));
                actionsTold.Add(action);
            }
            else
            {
                stale.Add(action);
            }
        }

        foreach ((KRef ko, CListEntry entry) in told)
        {
            if (kind == GcActionKind.DropExport)
            {
                clist.SetReachable(ko, entry, false);
            }
            else
            {
                clist.Remove(ko, entry.VRef);
            }
        }

        return new GcDelivery(kind, stale, actionsTold, [.. told.Select(static entry => entry.Object)], [.. told.Select(static entry => entry.Entry.VRef.Text)], prepared);
    }

    /// <summary>What a collection delivery does to shared state, at its commit.</summary>
    internal static void Complete(Commit commit, GcDelivery delivery)
    {
        commit.GcRemoved.UnionWith(delivery.Actions);
        foreach (KRef ko in delivery.Objects)
        {
            switch (delivery.Kind)
            {
                case GcActionKind.RetireExport:
                    commit.Objects.Delete(ko);
                    break;
                case GcActionKind.RetireImport:
                    commit.ReleaseObject(ko, 0, 1);
                    break;
            }
        }
    }

    private static bool IsTrue(ObjectTable objects, GcAction action, CListEntry entry)
    {
        RefCounts counts = objects.Counts(action.Object);
        return action.Kind switch
        {
            GcActionKind.DropExport => entry.IsReachable && entry.VRef.IsExport && counts.Reachable == 0,
            GcActionKind.RetireExport => !entry.IsReachable && entry.VRef.IsExport && counts is { Reachable: 0, Recognizable: 0 },
            _ => !entry.IsReachable && !entry.VRef.IsExport && objects.Owner(action.Object) is null,
        };
    }

    private static void Unreachable(Commit commit, VatId owner, KRef ko, RefCounts counts)
    {
        if (new CList(commit.Writes, owner).ToVat(ko) is not { } entry)
        {
            return;
        }

        if (entry.IsReachable)
        {
            commit.GcAdded.Add(new GcAction(owner, GcActionKind.DropExport, ko));
        }

        if (counts.Recognizable == 0)
        {
            commit.GcAdded.Add(new GcAction(owner, GcActionKind.RetireExport, ko));
        }
    }

    private static void Orphaned(Commit commit, KRef ko, IEnumerable<VatId> vats)
    {
        foreach (VatId vat in vats)
        {
            if (!commit.EndedVats.Contains(vat) && new CList(commit.Writes, vat).ToVat(ko) is { VRef.IsExport: false })
            {
                commit.GcAdded.Add(new GcAction(vat, GcActionKind.RetireImport, ko));
            }
        }
    }
}

/// <summary>A collection delivery between dispatch and commit.</summary>
/// <param name="Kind">What the vat is told; null when nothing was true any more and only the set shrinks.</param>
/// <param name="Stale">Actions that are no longer true and leave the set before the delivery.</param>
/// <param name="Actions">Actions that leave the set with it.</param>
/// <param name="Objects">Objects the vat is told about.</param>
/// <param name="VRefs">The same as the vat names them.</param>
/// <param name="Prepared">The vat's c-list changes.</param>
internal sealed record GcDelivery(
    GcActionKind? Kind,
    IReadOnlyList<GcAction> Stale,
    IReadOnlyList<GcAction> Actions,
    IReadOnlyList<KRef> Objects,
    IReadOnlyList<string> VRefs,
    WriteSet Prepared)
{
    internal VatDelivery ToDelivery() => Kind switch
    {
        GcActionKind.DropExport => new DeliverDropExports(VRefs),
        GcActionKind.RetireExport => new DeliverRetireExports(VRefs),
        _ => new DeliverRetireImports(VRefs),
    };
}
