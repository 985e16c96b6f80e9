using Ocap.Kernel.Objects;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Marshal;

namespace Ocap.Kernel.Routing;

/// <summary>Finds where a message goes: through fulfilled promises to the end, then by owner (K2, spec/kernel-semantics.md §5).</summary>
internal static class Router
{
    internal static readonly CapData Revoked = KernelError.Make(KernelErrorCode.ObjectRevoked, "Target object has been revoked");
    internal static readonly CapData Deleted = KernelError.Make(KernelErrorCode.ObjectDeleted, "Target object has no owner; it may have been deleted");
    internal static readonly CapData BadResolution =
        KernelError.Make(KernelErrorCode.BadPromiseResolution, "Promise fulfilled but did not contain an object reference");

    internal static readonly CapData Unreachable =
        KernelError.Make(KernelErrorCode.EndpointUnreachable, "Target endpoint is unreachable (terminated or disconnected)");

    /// <summary>The route of a message to <paramref name="target"/> as <paramref name="view"/> stands.</summary>
    /// <param name="view">The state to route by.</param>
    /// <param name="target">An object or promise.</param>
    /// <param name="forwarding">The view's promises, as far as they have been followed.</param>
    /// <param name="isLive">Whether a vat has not ended.</param>
    internal static Route Find(StateView view, KRef target, Forwarding forwarding, Func<VatId, bool> isLive)
    {
        if (target.IsPromise)
        {
            if (forwarding.End(target) is not { } end)
            {
                return new Route.Splat(BadResolution);
            }

            if (end.IsPromise)
            {
                var promises = new PromiseTable(view);
                return promises.State(end) switch
                {
                    null => new Route.Splat(Deleted),
                    PromiseState.Unresolved => new Route.ToPromise(end),
                    _ => new Route.Splat(promises.Value(end)),
                };
            }

            target = end;
        }

        var objects = new ObjectTable(view);
        if (objects.IsRevoked(target))
        {
            return new Route.Splat(Revoked);
        }

        return objects.Owner(target) switch
        {
            null => new Route.Splat(Deleted),
            { IsKernel: true } => new Route.ToService(target),
            { Vat: { } vat } when isLive(vat) => new Route.ToVat(vat, target),
            _ => new Route.Splat(Deleted),
        };
    }

    /// <summary>What an item waits for as <paramref name="view"/> stands.</summary>
    internal static Filing FilingOf(StateView view, RunQueueItem item, Forwarding forwarding, Func<VatId, bool> isLive) => item switch
    {
        NotifyItem notify => new Filing(isLive(notify.Vat) ? notify.Vat : null, null),
        SendItem send => Find(view, send.Target, forwarding, isLive) switch
        {
            Route.ToVat route => new Filing(route.Vat, null),
            Route.ToPromise route => new Filing(null, route.Promise),
            _ => default,
        },
        _ => default,
    };

    /// <summary>The one object or promise that a value is, or null when it is anything else.</summary>
    internal static KRef? SoleReference(CapData value)
    {
        ReadOnlySpan<char> body = value.Body;
        if (body.Length < 5 || body[0] != '#' || body[1] != '"' || body[^1] != '"' || body[2] is not ('$' or '&'))
        {
            return null;
        }

        ReadOnlySpan<char> index = body[3..^1];
        int dot = index.IndexOf('.');
        return Digits.TryParse(dot < 0 ? index : index[..dot], out long slot) && slot < value.Slots.Count && KRef.TryParse(value.Slots[(int)slot], out KRef kref)
            ? kref
            : null;
    }
}
