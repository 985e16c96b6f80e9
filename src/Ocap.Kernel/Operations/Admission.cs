using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Routing;
using Ocap.Marshal;

namespace Ocap.Kernel.Operations;

/// <summary>Whether a reference that comes by name, not from a vat that holds it, may be taken (K7).</summary>
internal static class Admission
{
    /// <summary>Why not; null when it may.</summary>
    internal static CapData? Refusal(KernelCore core, Commit commit, KRef kref)
    {
        if (kref.IsPromise)
        {
            return commit.Promises.State(kref) is null ? Router.Deleted : null;
        }

        return commit.Objects.Owner(kref) switch
        {
            null => Router.Deleted,
            { Vat: { } owner } when IsDropped(core, commit, owner, kref) => Router.Deleted,
            _ => null,
        };
    }

    /// <summary>An object its owner has been told nobody reaches, or is just being told, cannot be named back into life.</summary>
    internal static bool IsDropped(KernelCore core, Commit commit, VatId owner, KRef ko) =>
        new CList(commit.Writes, owner).ToVat(ko) is not { IsReachable: true } || (core.Lanes.Find(owner)?.Crank?.Gc?.Objects.Contains(ko) ?? false);
}
