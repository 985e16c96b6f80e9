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

    /// <summary>CPU time of the crank in microseconds.</summary>
    public long CpuMicroseconds { get; init; }
}

/// <summary>Why a vat cannot go on.</summary>
/// <param name="Code">Kernel error code without prefix: <c>INTERNAL_ERROR</c> (liveslots gave up), <c>CPU_LIMIT</c>, <c>MEMORY_LIMIT</c>…</param>
/// <param name="Message">What happened, for people.</param>
public sealed record VatFault(string Code, string Message);
