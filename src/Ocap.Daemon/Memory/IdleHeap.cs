namespace Ocap.Daemon.Memory;

/// <summary>
/// Gives memory back to the system when a burst of work is over. The collector collects when something allocates and keeps what it may need again, so a daemon
/// that comes to rest would hold for good what its busiest second took. Whoever works says so with <see cref="Stirred"/>, which costs nothing while this
/// watches already; when little has been allocated for a while, one compacting collection is made. Nothing runs while nothing happens.
/// </summary>
internal sealed class IdleHeap : IDisposable
{
    /// <summary>Bytes that work allocates in a <see cref="Period"/>, at least: with less the daemon is at rest, whatever it may be asked now and then.</summary>
    private const long AtWork = 4 << 20;

    /// <summary>Bytes that make a collection worth its time.</summary>
    private const long WorthReturning = 12 << 20;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Pools of arrays let go of what has not been used for half a minute, but only when there is a collection.</summary>
    private static readonly TimeSpan PoolPeriod = TimeSpan.FromSeconds(35);

    /// <summary>Collections for the pools' sake after a burst: one in which they look, one in which they let go, and one for what is spread over the processors.</summary>
    private const int ForPools = 3;

    private readonly Timer _timer;
    private int _isWatching;
    private long _allocated;
    private long _left;
    private int _moreForPools;

    internal IdleHeap() => _timer = new Timer(static self => ((IdleHeap)self!).Look(), this, Timeout.Infinite, Timeout.Infinite);

    /// <summary>Something has been done. Any thread.</summary>
    internal void Stirred()
    {
        if (Volatile.Read(ref _isWatching) == 0 && Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            _allocated = GC.GetTotalAllocatedBytes();
            _timer.Change(Period, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Volatile.Read(ref _isWatching) == 0)
        {
            Collect(_moreForPools - 1);
            return;
        }

        long allocated = GC.GetTotalAllocatedBytes();
        long lately = allocated - _allocated;
        _allocated = allocated;
        if (lately > AtWork)
        {
            _timer.Change(Period, Timeout.InfiniteTimeSpan);
            return;
        }

        // From here on the next stir is a new beginning.
        Volatile.Write(ref _isWatching, 0);
        if (Held() - _left >= Math.Max(WorthReturning, _left / 2))
        {
            Collect(ForPools);
        }
        else if (_moreForPools > 0)
        {
            _timer.Change(PoolPeriod, Timeout.InfiniteTimeSpan);
        }
    }

    private void Collect(int moreForPools)
    {
        // Only the aggressive kind gives everything back that is not used.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _left = Held();
        NativeHeap.Trim();
        _moreForPools = _left >= 2 * WorthReturning ? moreForPools : 0;
        if (_moreForPools > 0 && Volatile.Read(ref _isWatching) == 0)
        {
            _timer.Change(PoolPeriod, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>What the heap has from the system: as the last collection left it, or what it has come to since, whichever is more.</summary>
    private static long Held() => Math.Max(GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes, GC.GetTotalMemory(forceFullCollection: false));
}
