using Ocap.Kernel.Outside;

namespace Ocap.Kernel.Vats;

/// <summary>How a crank went, as the worker saw it: everything the vat asked for, in order, and whether it came to a sound end.</summary>
public sealed record CrankReport
{
    /// <summary>What the vat asked for, in order.</summary>
    public IReadOnlyList<VatSyscall> Syscalls { get; init; } = [];

    /// <summary>Changes to the vat's store, a null value meaning delete; each key once.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Vatstore { get; init; } = [];

    /// <summary>What the vat asked of the world outside the kernel, in order; asked only when the crank is kept.</summary>
    public IReadOnlyList<OutsideRequest> Outside { get; init; } = [];

    /// <summary>Why the vat must end, or null when the delivery succeeded. A rejected message is a success.</summary>
    public VatFault? Fault { get; init; }

    /// <summary>SHA-256 (lower-case hex) of the bundle that was loaded, kept durably under that name; set by <see cref="StartVat"/> only.</summary>
    public string? BundleHash { get; init; }

    /// <summary>Promises (vrefs) that the vat's durable state still watches; set by <see cref="StartVat"/> only.</summary>
    public IReadOnlyList<string> WatchedPromises { get; init; } = [];

    /// <summary>Why a promise was rejected that nobody had listened to by the end of the crank, for people: of the first such promise, or null when there is none.</summary>
    public string? Uncaught { get; init; }

    /// <summary>What the new heap and the vat's durable data hold of its imports; set by <see cref="StartVat"/> only. Null: not said, so all of them.</summary>
    public HeldImports? HeldImports { get; init; }

    /// <summary>More is dead than was brought out: the vat should be asked again. Said of the last <see cref="DeliverBringOutYourDead"/>.</summary>
    public bool HasMoreDead { get; init; }

    /// <summary>CPU time of the crank in microseconds.</summary>
    public long CpuMicroseconds { get; init; }

    /// <summary>Bytes that the crank allocated, kept or not.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Statements that the crank ran; 0 when they are not counted, which is when the vat has no budget of them.</summary>
    public long Statements { get; init; }

    /// <summary>Bytes that the vat's heap holds for certain, and at most, as far as that is known without a collection.</summary>
    public (long Least, long Most) Retained { get; init; }
}

/// <summary>Imports (vrefs) that a vat has not let go of.</summary>
/// <param name="Reachable">Those it can reach.</param>
/// <param name="Recognizable">Others, which stored weak collections have entries for.</param>
public sealed record HeldImports(IReadOnlyList<string> Reachable, IReadOnlyList<string> Recognizable);

/// <summary>Why a vat cannot go on.</summary>
/// <param name="Code">Kernel error code without prefix: <c>INTERNAL_ERROR</c> (liveslots gave up), <c>CPU_LIMIT</c>, <c>MEMORY_LIMIT</c>…</param>
/// <param name="Message">What happened, for people.</param>
public sealed record VatFault(string Code, string Message);
