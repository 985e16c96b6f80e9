using System.Runtime.CompilerServices;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Tests.Limits;

/// <summary>What a large crank leaves is collected as young when no vat runs.</summary>
[NotInParallel]
public sealed class YoungHeapTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task It_is_collected_when_no_vat_runs_any_more()
    {
        int asked = 0;
        var young = new YoungHeap(() => Interlocked.Increment(ref asked) < 5);
        WeakReference garbage = Garbage();
        young.MayHaveGrown();
        DateTime deadline = DateTime.UtcNow + Patience;
        while (garbage.IsAlive && DateTime.UtcNow < deadline)
        {
            await Task.Delay(1);
        }

        await Assert.That(garbage.IsAlive).IsFalse();
        await Assert.That(asked).IsEqualTo(5);
    }

    // What is not garbage would not tell: the runtime may leave it in the generation where it is.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Garbage() => new(new object());

    [Test]
    public async Task A_process_that_is_never_quiet_is_left_alone()
    {
        int asked = 0;
        var young = new YoungHeap(() => Interlocked.Increment(ref asked) > 0);
        young.MayHaveGrown();
        DateTime deadline = DateTime.UtcNow + Patience;
        while (Volatile.Read(ref asked) < 25 && DateTime.UtcNow < deadline)
        {
            await Task.Delay(1);
        }

        await Task.Delay(50);
        await Assert.That(asked).IsEqualTo(25);
        young.MayHaveGrown();
        while (Volatile.Read(ref asked) < 26 && DateTime.UtcNow < deadline)
        {
            await Task.Delay(1);
        }

        await Assert.That(asked).IsGreaterThan(25);
    }
}
