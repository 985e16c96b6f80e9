namespace Ocap.Vats.Worker;

/// <summary>
/// Notices a crank that outran its CPU limit where the engine cannot stop it: inside one operation. It sleeps until the limit may have been reached,
/// looks at the thread's clock, and sleeps again or, while the crank may still end by itself, hurries it, and in the end gives the alarm; between cranks it does nothing.
/// </summary>
/// <param name="limit">The CPU time that a crank may use.</param>
/// <param name="hurry">Makes the crank look at its limit before long: the engine's statements may take tens of milliseconds, and it asks only every 64 of them.</param>
internal sealed class Watchdog(TimeSpan limit, Action hurry) : IDisposable
{
    // What is left of half a second is for ending the vat. Collections that stop all threads do not count: they are over by themselves, and may have used this thread.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    // But they may have used another, and be as many as other vats bring about: no more than this of them is believed.
    private static readonly TimeSpan MostPauses = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan HurryEvery = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private Timer? _timer;
    private ThreadClock? _clock;
    private Action? _alarm;
    private TimeSpan _graceFrom;
    private TimeSpan _mostCpu;
    private TimeSpan? _pausesBefore;

    /// <summary>Watches the calling thread until <see cref="Leave"/>.</summary>
    internal void Watch(Action alarm)
    {
        lock (_lock)
        {
            _clock = ThreadClock.OfCurrentThread();
            _alarm = alarm;

            // Without a clock of the thread's, a busy machine must not look like a busy vat.
            TimeSpan patience = _clock.IsExact ? limit : limit * 4;
            _graceFrom = _clock.Now + patience;
            _mostCpu = _graceFrom + Grace;
            _pausesBefore = null;
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

            TimeSpan used = _clock.Now;
            if (used < _graceFrom)
            {
                _timer?.Change(_graceFrom - used + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            _pausesBefore ??= GC.GetTotalPauseDuration();
            TimeSpan pauses = GC.GetTotalPauseDuration() - _pausesBefore.Value;
            if (used - (pauses < MostPauses ? pauses : MostPauses) < _mostCpu)
            {
                hurry();
                _timer?.Change(HurryEvery, Timeout.InfiniteTimeSpan);
                return;
            }

            alarm = _alarm;
            _alarm = null;
        }

        alarm();
    }
}
