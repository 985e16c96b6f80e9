using Ocap.Kernel.Refs;
using Ocap.Marshal;

namespace Ocap.Kernel.Routing;

/// <summary>Where a message goes at this moment.</summary>
internal abstract record Route
{
    /// <summary>To an object of a living vat.</summary>
    internal sealed record ToVat(VatId Vat, KRef Target) : Route;

    /// <summary>To a service of the kernel.</summary>
    internal sealed record ToService(KRef Target) : Route;

    /// <summary>To the queue of a promise that is not settled.</summary>
    internal sealed record ToPromise(KRef Promise) : Route;

    /// <summary>Nowhere: its result is rejected.</summary>
    internal sealed record Splat(CapData Reason) : Route;
}
