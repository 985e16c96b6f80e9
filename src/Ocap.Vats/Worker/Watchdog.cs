namespace Ocap.Vats.Worker;

/// <summary>
/// Notices a crank that outran its CPU limit where the engine cannot stop it: inside one operation. It sleeps until the limit may have been reached,
/// looks at the thread's clock, and sleeps again or gives the alarm; between cranks it does nothing.
/// </summary>
internal sealed class Watchdog(TimeSpan limit) : IDisposable
{
    // What is left of half a second is for ending the vat.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private Timer? _timer;
    private ThreadClock? _clock;
    private Action? _alarm;
    private TimeSpan _mostCpu;

    /// <summary>Watches the calling thread until <see cref="Leave"/>.</summary>
    internal void Watch(Action alarm)
    {
        lock (_lock)
        {
            _clock = ThreadClock.OfCurrentThread();
            _alarm = alarm;

            // Without a clock of the thread's, a busy machine must not look like a busy vat.
            TimeSpan patience = _clock.IsExact ? limit + Grace : (limit * 4) + Grace;
            _mostCpu = _clock.Now + patience;
            _timer ??= new Timer(static self => ((Watchdog)self!).Look(), this, Timeout.Infinite, Timeout.Infinite);
            _timer.Change(patience, Timeout.InfiniteTimeSpan);
        }
    }

    internal void Leave()
    {
        lock (_lock)
        {
            _alarm = null;
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _alarm = null;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Look()
    {
        Action? alarm;
        lock (_lock)
        {
            if (_alarm is null || _clock is null)
            {
                return;
            }

            TimeSpan left = _mostCpu - _clock.Now;
            if (left > TimeSpan.Zero)
            {
                _timer?.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            alarm = _alarm;
            _alarm = null;
        }

        alarm();
    }
}
