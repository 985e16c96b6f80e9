namespace Ocap.Daemon.Outside;

/// <summary>
/// All timers of all vats on one timer of the system. Timers that are due at the same millisecond fire in the order they were set, which a timer of the
/// system for each would not promise.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Entry, (long Due, long Order)> _due = new();
    private long _order;
    private int _cancelled;
    private long _setFor = long.MaxValue;

    internal TimerQueue(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static self => ((TimerQueue)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private long Now => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Forgets a timer. Those that lie far ahead do not keep their place for ever.</summary>
    internal void Cancel(Entry entry)
    {
        lock (_lock)
        {
            if (entry.IsCancelled)
            {
                return;
            }

            entry.IsCancelled = true;
            if (++_cancelled > 64 && _cancelled > _due.Count / 2)
            {
                (Entry Entry, (long Due, long Order) At)[] left = [.. _due.UnorderedItems.Where(static item => !item.Element.IsCancelled)];
                _due.Clear();
                _due.EnqueueRange(left);
                _cancelled = 0;
            }
        }
    }

    /// <summary>Calls <paramref name="fired"/> after a while, unless it is cancelled.</summary>
    internal Entry Add(long milliseconds, Action fired)
    {
        lock (_lock)
        {
            var entry = new Entry(fired);
            _due.Enqueue(entry, (Now + milliseconds, ++_order));
            Arm();
            return entry;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        List<Action> fired = [];
        lock (_lock)
        {
            _setFor = long.MaxValue;
            long now = Now;
            while (_due.TryPeek(out Entry? next, out (long Due, long Order) at) && at.Due <= now)
            {
                _due.Dequeue();
                if (!next.IsCancelled)
                {
                    // It cannot be cancelled any more.
                    next.IsCancelled = true;
                    fired.Add(next.Fired);
                }
            }

            Arm();
        }

        foreach (Action one in fired)
        {
            one();
        }
    }

    private void Arm()
    {
        while (_due.TryPeek(out Entry? first, out _) && first.IsCancelled)
        {
            _due.Dequeue();
        }

        if (_due.TryPeek(out _, out (long Due, long Order) next) && next.Due < _setFor)
        {
            _setFor = next.Due;
            _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(next.Due - Now, 0, int.MaxValue)), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A timer that was set.</summary>
    internal sealed class Entry(Action fired)
    {
        internal Action Fired => fired;

        internal bool IsCancelled { get; set; }
    }
}
