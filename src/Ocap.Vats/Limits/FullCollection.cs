namespace Ocap.Vats.Limits;

/// <summary>
/// A full collection of the heap that all vats of the process share, and what it left. One that stops all threads takes a millisecond for each two or three MiB
/// that the heap holds, which other vats are to notice nothing of. So a large heap is marked while they run; what they allocate meanwhile may then be counted
/// although it is garbage, and the measure has two bounds.
/// </summary>
/// <param name="Least">Bytes that were held when it began, at least.</param>
/// <param name="Most">Bytes that were held when it had ended, at most.</param>
internal readonly record struct FullCollection(long Least, long Most)
{
    /// <summary>A heap of so many bytes is collected with all threads stopped: in some twenty milliseconds.</summary>
    private const long Small = 48 << 20;

    // Marking takes a fraction of a second; after this, that it ends at all is no longer relied upon.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly int _number = GC.CollectionCount(GC.MaxGeneration);

    /// <summary>The next one will stop all threads, for a short time.</summary>
    internal static bool IsShort => GC.GetTotalMemory(forceFullCollection: false) < Small;

    /// <summary>There has been none since.</summary>
    internal bool IsLatest => _number == GC.CollectionCount(GC.MaxGeneration);

    /// <summary>It left so little that one that stops all threads takes a short time.</summary>
    internal bool IsSmall => Most < Small;

    /// <summary>Collects, and returns when that is done. What is garbage now is gone then, and what refers to it weakly knows.</summary>
    internal static FullCollection Make()
    {
        if (IsShort)
        {
            return MakeStopped();
        }

        // What is young and garbage goes now, all else becomes old: only what is old is collected without stopping the threads.
        long allocatedBefore = GC.GetTotalAllocatedBytes();
        GC.Collect(GC.MaxGeneration - 1);
        GC.Collect(GC.MaxGeneration - 1);
        long deadline = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (true)
        {
            int begun = GC.CollectionCount(GC.MaxGeneration);
            long stopped = Index(GCKind.FullBlocking), concurrent = Index(GCKind.Background);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);

            // One that had begun before may have missed what has become garbage since; then the next is waited for too.
            bool isNew = GC.CollectionCount(GC.MaxGeneration) != begun;
            while (Index(GCKind.Background) == concurrent)
            {
                if (Index(GCKind.FullBlocking) != stopped)
                {
                    // The process collects with its threads stopped, as it was told to when it started.
                    return Left(GCKind.FullBlocking);
                }

                if (Environment.TickCount64 > deadline)
                {
                    return MakeStopped();
                }

                Thread.Sleep(1);
            }

            if (isNew)
            {
                long left = Left(GCKind.Background).Most;
                long since = GC.GetTotalAllocatedBytes() - allocatedBefore;
                return new FullCollection(left - since, Math.Max(left, GC.GetTotalMemory(forceFullCollection: false)));
            }
        }
    }

    /// <summary>Collects with all threads stopped and gives what is free to the system.</summary>
    internal static FullCollection MakeThorough()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Left(GCKind.FullBlocking);
    }

    private static FullCollection MakeStopped()
    {
        GC.Collect();
        return Left(GCKind.FullBlocking);
    }

    private static FullCollection Left(GCKind kind)
    {
        GCMemoryInfo info = GC.GetGCMemoryInfo(kind);
        long left = info.HeapSizeBytes - info.FragmentedBytes;
        return new FullCollection(left, left);
    }

    private static long Index(GCKind kind) => GC.GetGCMemoryInfo(kind).Index;
}
