namespace Ocap.Vats.Limits;

/// <summary>
/// What a launch leaves, the tree of its code above all, is collected as young when no vat runs: it stays, and moving it takes some ten milliseconds, which would else
/// come in the middle of the next launch.
/// </summary>
/// <param name="isBusy">Whether any vat of the process runs. Any thread.</param>
internal sealed class YoungHeap(Func<bool> isBusy)
{
    /// <summary>A crank that allocated so many bytes may have left much.</summary>
    internal const long Worthwhile = 4 << 20;

    // Longer than it takes until a launch that comes right behind another is there: several find room before one collection.
    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(30);

    // A process that is never quiet collects when it must.
    private const int MostDelays = 25;

    private readonly Lock _lock = new();
    private Timer? _timer;
    private int _delays;

    /// <summary>A crank has ended after which this is worthwhile.</summary>
    internal void MayHaveGrown()
    {
        lock (_lock)
        {
            _delays = MostDelays;
            _timer ??= new Timer(static self => ((YoungHeap)self!).Tick(), this, Timeout.Infinite, Timeout.Infinite);
            _timer.Change(s_delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void Tick()
    {
        if (!isBusy())
        {
            GC.Collect(0);
            return;
        }

        lock (_lock)
        {
            if (--_delays > 0)
            {
                _timer!.Change(s_delay, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
