using System.Runtime.CompilerServices;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Tests.Limits;

/// <summary>What a full collection promises, of a small heap and of a large one.</summary>
[NotInParallel]
public sealed class FullCollectionTests
{
    private const int MiB = 1 << 20;

    [Test]
    [Arguments(0)]
    [Arguments(96)]
    public async Task What_was_garbage_when_it_began_is_gone_and_the_rest_is_between_its_bounds(int ballastMiB)
    {
        object[] ballast = [.. Enumerable.Range(0, ballastMiB).Select(static _ => new object[MiB / 8])];
        GC.Collect();
        GC.Collect();
        WeakReference[] garbage = Garbage();
        object kept = new long[16 * MiB / 8];
        var collection = FullCollection.Make();
        await Assert.That(collection.IsLatest).IsTrue();
        long exact = Exact();
        bool[] alive = [.. garbage.Select(static one => one.IsAlive)];
        GC.KeepAlive(kept);
        GC.KeepAlive(ballast);
        await Assert.That(alive).DoesNotContain(true);
        await Assert.That(collection.Least).IsLessThanOrEqualTo(collection.Most);
        await Assert.That(collection.Most).IsGreaterThanOrEqualTo(exact - MiB);
        await Assert.That(collection.Least).IsLessThanOrEqualTo(exact + MiB);
        await Assert.That(collection.Most - collection.Least).IsLessThan(8 * MiB);
        await Assert.That(collection.IsSmall).IsEqualTo(ballastMiB == 0 && exact < 48 * MiB);
        await Assert.That(collection.IsLatest).IsFalse();
    }

    // Young and old, and young ones that only old ones hold.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Garbage()
    {
        object?[] old = new object?[16];
        GC.Collect();
        GC.Collect();
        old[0] = new byte[64];
        return [new WeakReference(old), new WeakReference(old[0]), new WeakReference(new object()), new WeakReference(new byte[MiB])];
    }

    private static long Exact()
    {
        GC.Collect();
        GCMemoryInfo info = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return info.HeapSizeBytes - info.FragmentedBytes;
    }
}
