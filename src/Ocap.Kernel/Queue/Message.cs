using Ocap.Kernel.Refs;
using Ocap.Marshal;

namespace Ocap.Kernel.Queue;

/// <summary>A message in the kernel's terms: <paramref name="Methargs"/> decodes to <c>[method, args]</c>, slots are krefs.</summary>
internal sealed record Message(CapData Methargs, KRef? Result)
{
    /// <summary>The vat that sent it, as long as that is known: it is not stored.</summary>
    internal VatId? Sender { get; init; }
}

/// <summary>An item of the run queue (spec/kernel-semantics.md §3).</summary>
internal abstract record RunQueueItem;

/// <summary>Deliver a message to whatever its target leads to.</summary>
internal sealed record SendItem(KRef Target, Message Message) : RunQueueItem;

/// <summary>Tell a vat what became of a promise.</summary>
internal sealed record NotifyItem(VatId Vat, KRef Promise) : RunQueueItem;
