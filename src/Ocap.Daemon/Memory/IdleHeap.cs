namespace Ocap.Daemon.Memory;

/// <summary>
/// Gives memory back to the system when a burst of work is over. The collector collects when something allocates and keeps what it may need again, so a daemon
/// that comes to rest would hold for good what its busiest second took. Whoever works says so with <see cref="Stirred"/>, which costs nothing while this
/// watches already; when little has been allocated for a while, a compacting collection is made. What dies after that allocates nothing that would show it: so as
/// long as much more is held than has been found enough, there are a few further ones, each after a longer rest than the one before unless that one was worth it.
/// Nothing runs while nothing happens.
/// </summary>
internal sealed class IdleHeap : IDisposable
{
    /// <summary>Bytes that work allocates in a <see cref="Period"/>, at least: with less the daemon is at rest, whatever it may be asked now and then.</summary>
    private const long AtWork = 4 << 20;

    /// <summary>Bytes that make a collection worth its time.</summary>
    private const long WorthReturning = 12 << 20;

    /// <summary>
    /// Further collections after a burst. The last three are far enough apart for pools of arrays, which let go of what has not been used for half a minute: one in
    /// which they look, one in which they let go, and one for what is spread over the processors.
    /// </summary>
    private const int AfterBurst = 5;

    private const int RestGrowth = 4;

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time;
    private readonly TimeSpan _period;
    private readonly IMeasuredHeap _heap;
    private readonly ITimer _timer;
    private int _isWatching;
    private long _allocated;
    private long _left;
    private long _least;
    private int _more;
    private TimeSpan _rest = FirstRest;
    private long _collectedAt;

    internal IdleHeap()
        : this(new MeasuredHeap(), TimeProvider.System, TimeSpan.FromSeconds(1))
    {
    }

    internal IdleHeap(IMeasuredHeap heap, TimeProvider time, TimeSpan period)
    {
        (_heap, _time, _period, _least) = (heap, time, period, heap.Held);
        _timer = time.CreateTimer(static self => ((IdleHeap)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something has been done. Any thread.</summary>
    internal void Stirred()
    {
        if (Volatile.Read(ref _isWatching) == 0 && Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            _allocated = _heap.Allocated;
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Volatile.Read(ref _isWatching) != 0)
        {
            long allocated = _heap.Allocated;
            long lately = allocated - _allocated;
            _allocated = allocated;
            if (lately > AtWork)
            {
                _timer.Change(_period, Timeout.InfiniteTimeSpan);
                return;
            }

            // From here on the next stir is a new beginning.
            Volatile.Write(ref _isWatching, 0);
            if (_heap.Held - _left >= Math.Max(WorthReturning, _left / 2))
            {
                // The first rest follows this collection even if all that it finds is alive.
                (_more, _rest) = (AfterBurst, FirstRest / RestGrowth);
                Collect();
                return;
            }

            // What was asked last may have been the end of what is still held.
            _more = Math.Max(_more, HoldsMuch ? 1 : 0);
        }

        TimeSpan rested = _time.GetElapsedTime(_collectedAt);
        if (_more > 0 && rested >= _rest)
        {
            _more--;
            Collect();
        }
        else if (_more > 0)
        {
            WakeAfter(_rest - rested);
        }
    }

    /// <summary>Much more was left than at another time.</summary>
    private bool HoldsMuch => _left - _least >= WorthReturning;

    private void Collect()
    {
        long before = _heap.Held;
        _heap.Collect();
        _left = _heap.Held;
        _least = Math.Min(_least, _left);
        _collectedAt = _time.GetTimestamp();
        if (before - _left >= WorthReturning)
        {
            _more = Math.Max(_more, 1);
            _rest = FirstRest;
        }
        else
        {
            _rest = TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, RestGrowth * _rest.Ticks));
        }

        _more = _left >= 2 * WorthReturning ? _more : 0;
        if (_more > 0)
        {
            WakeAfter(_rest);
        }
    }

    /// <summary>Unless something has stirred meanwhile: that comes sooner.</summary>
    private void WakeAfter(TimeSpan rest)
    {
        if (Volatile.Read(ref _isWatching) == 0)
        {
            _timer.Change(rest, Timeout.InfiniteTimeSpan);
        }
    }
}
