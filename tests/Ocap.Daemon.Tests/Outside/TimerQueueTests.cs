using Microsoft.Extensions.Time.Testing;
using Ocap.Daemon.Outside;

namespace Ocap.Daemon.Tests.Outside;

/// <summary>The timers of all vats, on a clock that the test moves.</summary>
public sealed class TimerQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _fired = [];

    [Test]
    public async Task Timers_fire_when_due_and_in_the_order_they_were_set()
    {
        using var timers = new TimerQueue(_time);
        Add(timers, "late", 30);
        Add(timers, "one", 10);
        Add(timers, "two", 10);
        Add(timers, "soon", 5);
        Pass(9);
        await Fired("soon");
        Pass(1);
        await Fired("soon one two");
        Pass(100);
        await Fired("soon one two late");
    }

    [Test]
    public async Task A_cancelled_timer_never_fires()
    {
        using var timers = new TimerQueue(_time);
        TimerQueue.Entry entry = Add(timers, "no", 10);
        Add(timers, "yes", 20);
        timers.Cancel(entry);
        timers.Cancel(entry);
        Pass(50);
        await Fired("yes");
    }

    [Test]
    public async Task Many_cancelled_timers_far_ahead_do_not_disturb_the_others()
    {
        using var timers = new TimerQueue(_time);
        Add(timers, "first", 20);
        for (int i = 0; i < 1000; i++)
        {
            timers.Cancel(Add(timers, "no", 1_000_000_000 + i));
        }

        Add(timers, "second", 20);
        Pass(20);
        await Fired("first second");
    }

    [Test]
    public async Task A_timer_further_ahead_than_the_systems_timers_reach_is_kept()
    {
        using var timers = new TimerQueue(_time);
        Add(timers, "far", 3L * int.MaxValue);
        _time.Advance(TimeSpan.FromMilliseconds(int.MaxValue));
        _time.Advance(TimeSpan.FromMilliseconds(int.MaxValue));
        await Fired("");
        _time.Advance(TimeSpan.FromMilliseconds(int.MaxValue));
        await Fired("far");
    }

    private TimerQueue.Entry Add(TimerQueue timers, string name, long milliseconds) => timers.Add(milliseconds, () => _fired.Add(name));

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private async Task Fired(string names) => await Assert.That(string.Join(' ', _fired)).IsEqualTo(names);
}
