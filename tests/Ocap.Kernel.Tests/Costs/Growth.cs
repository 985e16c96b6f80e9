namespace Ocap.Kernel.Tests.Costs;

/// <summary>
/// How work grows with what it is done on. What the calling thread allocates stands for work: it is the same on every machine and however busy that is,
/// and no lookup of a row, parse of a value or copy of a list goes without.
/// </summary>
internal static class Growth
{
    /// <summary>Twice as much makes about twice the work when it grows in proportion, and four times when it grows with the square.</summary>
    internal const double Proportional = 2.8;

    /// <summary>How many times the work twice as much makes. <paramref name="prepare"/> does what is not looked at and returns what is.</summary>
    internal static double OfDouble(int size, Func<int, Action> prepare)
    {
        // What is done once in a process is done now.
        Work(prepare(size / 8));
        return (double)Work(prepare(2 * size)) / Work(prepare(size));
    }

    private static long Work(Action measured)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        measured();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
