namespace Ocap.Daemon.Memory;

/// <summary>The memory that <see cref="IdleHeap"/> gives back. A seam: its tests have a heap of their own.</summary>
internal interface IMeasuredHeap
{
    /// <summary>Bytes allocated so far.</summary>
    long Allocated { get; }

    /// <summary>What the heap has from the system: as the last collection left it, or what it has come to since, whichever is more.</summary>
    long Held { get; }

    /// <summary>Gives all that is not used to the system. Everything stands still meanwhile.</summary>
    void Collect();
}

/// <summary>The heap of this process.</summary>
internal sealed class MeasuredHeap : IMeasuredHeap
{
    public long Allocated => GC.GetTotalAllocatedBytes();

    public long Held => Math.Max(GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes, GC.GetTotalMemory(forceFullCollection: false));

    public void Collect()
    {
        // Only the aggressive kind gives everything back that is not used.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
    }
}
