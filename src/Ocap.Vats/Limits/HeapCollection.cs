using System.Diagnostics;
using System.Runtime;

namespace Ocap.Vats.Limits;

/// <summary>
/// A collection of the whole heap that measures it. Where the runtime can collect beside the program (a vat host is started so), other threads run on
/// meanwhile and only the calling one waits: a heap full of small objects takes a second to walk, for which no other vat should stand still.
/// </summary>
internal static class HeapCollection
{
    /// <summary>A collection beside the program that is not over by then is done again, with all threads stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Collects, and returns the bytes that are left.</summary>
    /// <param name="beside">Other threads may go on meanwhile; then what they have allocated may be among what is left.</param>
    internal static long Run(bool beside)
    {
        if (!beside || GCSettings.LatencyMode == GCLatencyMode.Batch || !RunBeside())
        {
            GC.Collect();
        }

        return Left();
    }

    /// <summary>Bytes in use after the latest full collection of either kind.</summary>
    internal static long Left()
    {
        GCMemoryInfo blocking = GC.GetGCMemoryInfo(GCKind.FullBlocking), beside = GC.GetGCMemoryInfo(GCKind.Background);
        return InUse(beside.Index > blocking.Index ? beside : blocking);
    }

    /// <summary>Bytes in use after the collection that this tells of.</summary>
    internal static long InUse(in GCMemoryInfo info) => info.HeapSizeBytes - info.FragmentedBytes;

    private static bool RunBeside()
    {
        long before = Latest();
        long start = Stopwatch.GetTimestamp();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        while (Latest() == before)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                return false;
            }

            Thread.Sleep(1);
        }

        return true;
    }

    private static long Latest() => Math.Max(GC.GetGCMemoryInfo(GCKind.FullBlocking).Index, GC.GetGCMemoryInfo(GCKind.Background).Index);
}
