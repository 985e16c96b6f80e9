using Ocap.Vats.Hosting;

namespace Ocap.Daemon.Hosts;

/// <summary>How much memory a vat host may take.</summary>
/// <param name="RetainedInAll">Bytes on its heap before vats are ended for what they hold: what the host itself sees to.</param>
/// <param name="HeapLimit">Bytes that its heap can never pass: what the runtime sees to, when the former was not enough.</param>
internal readonly record struct HostSize(long RetainedInAll, long HeapLimit)
{
    private const long MiB = 1 << 20;

    /// <summary>Bytes that its process may have in memory: beside the heap, the stacks of its threads and what native code holds.</summary>
    internal long MostResident => HeapLimit + (1024 * MiB);

    /// <summary>For many vats.</summary>
    internal static HostSize Shared { get; } = new(HostPlan.RetainedByMany, 2048 * MiB);

    /// <summary>For one vat, which may say how much it wants to hold. A delivery that changes 60 MiB of its store passes through several copies of them.</summary>
    internal static HostSize Own(long? wanted) => new(
        Math.Max(320 * MiB, (wanted ?? 0) + (64 * MiB)),
        Math.Max(1024 * MiB, (wanted ?? 0) * 2));
}
