using Microsoft.Extensions.Time.Testing;
using Ocap.Daemon.Memory;

namespace Ocap.Daemon.Tests.Memory;

/// <summary>A daemon at rest holds little, and does nothing.</summary>
public sealed class IdleHeapTests : IDisposable
{
    private const long Small = 10 << 20;
    private const long Large = 300 << 20;

    private readonly FakeTimeProvider _time = new();
    private readonly FakeHeap _memory = new() { Live = Small, Held = Small };
    private readonly IdleHeap _heap;

    public IdleHeapTests() => _heap = new IdleHeap(_memory, _time, TimeSpan.FromSeconds(1));

    public void Dispose() => _heap.Dispose();

    [Test]
    public async Task What_a_burst_took_is_given_back_when_it_is_over()
    {
        Burst(stillLive: Small);
        await Assert.That(_memory.Held).IsEqualTo(Small);
        Pass(TimeSpan.FromDays(1));
        await Assert.That(_memory.Collections).IsEqualTo(1);
    }

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    public async Task What_dies_quietly_soon_after_a_burst_is_given_back_within_five_seconds(int deaths)
    {
        Burst(stillLive: Large);
        for (int death = 1; death <= deaths; death++)
        {
            _memory.Live = Large - (death * (Large - Small) / deaths);
            Pass(TimeSpan.FromSeconds(1.5));
            await Assert.That(_memory.Held).IsEqualTo(_memory.Live);
        }
    }

    [Test]
    public async Task What_dies_long_after_a_burst_is_given_back_after_whatever_is_asked_next()
    {
        Burst(stillLive: Large);
        Pass(TimeSpan.FromHours(1));
        _memory.Live = Small;
        Pass(TimeSpan.FromHours(1));
        await Assert.That(_memory.Held).IsEqualTo(Large);
        _heap.Stirred();
        Pass(TimeSpan.FromSeconds(5));
        await Assert.That(_memory.Held).IsEqualTo(Small);
    }

    [Test]
    public async Task What_stays_alive_costs_a_few_collections_and_then_none()
    {
        Burst(stillLive: Large);
        Pass(TimeSpan.FromHours(1));
        int collections = _memory.Collections;
        await Assert.That(collections).IsLessThanOrEqualTo(6);
        Pass(TimeSpan.FromDays(1));
        await Assert.That(_memory.Collections).IsEqualTo(collections);
    }

    [Test]
    public async Task A_daemon_that_holds_much_and_is_asked_now_and_then_is_seldom_stopped_for_it()
    {
        Burst(stillLive: Large);
        for (int second = 0; second < 3_600; second++)
        {
            _heap.Stirred();
            Pass(TimeSpan.FromSeconds(1));
        }

        await Assert.That(_memory.Collections).IsLessThanOrEqualTo(12);
    }

    /// <summary>Work that takes much, and the first quiet second after it.</summary>
    private void Burst(long stillLive)
    {
        (_memory.Held, _memory.Live) = (Large, stillLive);
        _heap.Stirred();
        _memory.Allocated += Large;
        Pass(TimeSpan.FromSeconds(2));
    }

    private void Pass(TimeSpan time)
    {
        // In steps, for a timer that is set anew.
        TimeSpan step = time > TimeSpan.FromHours(2) ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(500);
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += step)
        {
            _time.Advance(step);
        }
    }

    private sealed class FakeHeap : IMeasuredHeap
    {
        public long Allocated { get; set; }

        public long Held { get; set; }

        internal long Live { get; set; }

        internal int Collections { get; private set; }

        public void Collect()
        {
            Collections++;
            Held = Live;
        }
    }
}
