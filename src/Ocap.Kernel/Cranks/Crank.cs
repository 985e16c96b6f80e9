using Ocap.Kernel.CLists;
using Ocap.Kernel.Gc;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Cranks;

/// <summary>A crank between dispatch and commit: what was taken, and what dispatch prepared in the vat's own c-list (K1).</summary>
internal sealed class Crank
{
    /// <summary>The run-queue item, or null for <c>startVat</c> and collection deliveries.</summary>
    internal QueuedItem? Item { get; init; }

    /// <summary>True for <c>startVat</c>.</summary>
    internal bool IsStart { get; init; }

    /// <summary>The promise the delivered message answers to.</summary>
    internal KRef? Result => Item?.Head is SendItem send ? send.Message.Result : null;

    /// <summary>Promises the vat is told about: they leave its c-list at commit (K5).</summary>
    internal IReadOnlyList<KRef> Told { get; init; } = [];

    /// <summary>Imports that dispatch added to the vat's c-list.</summary>
    internal IReadOnlyList<Introduction> Introductions { get; init; } = [];

    /// <summary>The vat's c-list changes, prepared at dispatch.</summary>
    internal WriteSet? Prepared { get; init; }

    /// <summary>What the vat is told about unreachable objects, or null.</summary>
    internal GcDelivery? Gc { get; init; }

    /// <summary>True for <c>bringOutYourDead</c>.</summary>
    internal bool IsReap { get; init; }

    /// <summary>True for an event from outside.</summary>
    internal bool IsEvent { get; init; }

    /// <summary>Why the worker could not take the delivery, if so: the kernel's fault, not the vat's (K10).</summary>
    internal string? Undelivered { get; set; }

    /// <summary>When it was handed to the worker, on the kernel's clock.</summary>
    internal long StartedAt { get; init; }
}
