using Ocap.Kernel.Promises;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Routing;

/// <summary>
/// Follows fulfilled promises to what they stand for. It remembers the way, which only ever grows longer, so that a chain costs its length once
/// and not once a message. For one view: a commit's own, or for good that of all that is committed.
/// </summary>
internal sealed class Forwarding(StateView view)
{
    /// <summary>Promises remembered; then all is forgotten.</summary>
    private const int MostKnown = 16_384;

    /// <summary>Where a fulfilled promise leads, or further along that way; null when that is nowhere.</summary>
    private Dictionary<KRef, KRef?>? _further;

    /// <summary>
    /// What a message to <paramref name="target"/> comes to now: an object, or a promise that is not fulfilled. Null when the way ends at a value that
    /// is no reference, or never.
    /// </summary>
    internal KRef? End(KRef target)
    {
        if (_further?.Count > MostKnown)
        {
            _further = null;
        }

        HashSet<KRef>? way = null;
        KRef? at = target;
        while (at is { IsPromise: true } promise && Follow(promise, out KRef? next))
        {
            // Who comes by here again goes in a circle.
            at = (way ??= []).Add(promise) ? next : null;
        }

        foreach (KRef passed in way ?? [])
        {
            (_further ??= [])[passed] = at;
        }

        return at;
    }

    /// <summary>The state has been wiped, and names start anew.</summary>
    internal void Clear() => _further = null;

    private bool Follow(KRef promise, out KRef? next)
    {
        next = null;
        if (_further is not null && _further.TryGetValue(promise, out next))
        {
            return true;
        }

        var promises = new PromiseTable(view);
        if (promises.State(promise) != PromiseState.Fulfilled)
        {
            return false;
        }

        next = Router.SoleReference(promises.Value(promise));
        return true;
    }
}
