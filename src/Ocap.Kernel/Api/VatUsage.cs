using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Api;

/// <summary>What a vat has used since the kernel started, as its workers reported it with each crank.</summary>
public sealed record VatUsage
{
    /// <summary>Of a vat that has done nothing yet.</summary>
    public static VatUsage None { get; } = new();

    /// <summary>Cranks that came to an end, its starts among them.</summary>
    public long Deliveries { get; private init; }

    /// <summary>CPU time of all cranks, in microseconds.</summary>
    public long CpuMicroseconds { get; private init; }

    /// <summary>CPU time of the costliest crank, in microseconds: what its limit is compared with.</summary>
    public long MostCpuMicroseconds { get; private init; }

    /// <summary>Bytes that all cranks allocated, kept or not.</summary>
    public long AllocatedBytes { get; private init; }

    /// <summary>Statements of the crank that ran most of them; 0 when they are not counted.</summary>
    public long MostStatements { get; private init; }

    /// <summary>Bytes that its heap holds for certain, and at most, after the last crank.</summary>
    public (long Least, long Most) Retained { get; private init; }

    /// <summary>The same with one crank more. What a worker reports is not trusted to be sensible.</summary>
    internal VatUsage With(CrankReport report) => new()
    {
        Deliveries = Deliveries + 1,
        CpuMicroseconds = Sum(CpuMicroseconds, report.CpuMicroseconds),
        MostCpuMicroseconds = Math.Max(MostCpuMicroseconds, report.CpuMicroseconds),
        AllocatedBytes = Sum(AllocatedBytes, report.AllocatedBytes),
        MostStatements = Math.Max(MostStatements, report.Statements),
        Retained = report.Fault is null ? (Math.Max(0, report.Retained.Least), Math.Max(0, report.Retained.Most)) : default,
    };

    private static long Sum(long sum, long more) => sum + Math.Clamp(more, 0, long.MaxValue - sum);
}
