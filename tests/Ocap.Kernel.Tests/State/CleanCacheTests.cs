using Ocap.Kernel.State;

namespace Ocap.Kernel.Tests;

/// <summary>The bounded memory of rows.</summary>
public sealed class CleanCacheTests
{
    [Test]
    public async Task What_is_used_survives_and_the_rest_is_forgotten_in_time()
    {
        var cache = new CleanCache(10, 1000);
        cache.Set("used", "1");
        cache.Set("unused", "2");
        for (int i = 0; i < 100; i++)
        {
            cache.Set($"row{i}", null);
            await Assert.That(cache.TryGet("used", out string? value) && value == "1").IsTrue();
        }

        await Assert.That(cache.TryGet("unused", out _)).IsFalse();
        await Assert.That(Enumerable.Range(0, 100).Count(i => cache.TryGet($"row{i}", out _))).IsLessThanOrEqualTo(20);
    }

    [Test]
    public async Task A_row_known_to_be_absent_is_remembered_as_such()
    {
        var cache = new CleanCache(10, 1000);
        cache.Set("absent", null);
        await Assert.That(cache.TryGet("absent", out string? value)).IsTrue();
        await Assert.That(value).IsNull();
    }

    [Test]
    public async Task The_newest_value_counts_also_when_an_older_one_is_in_the_old_generation()
    {
        var cache = new CleanCache(2, 1000);
        cache.Set("a", "1");
        cache.Set("b", "1");
        cache.Set("a", "2");
        await Assert.That(cache.TryGet("a", out string? value)).IsTrue();
        await Assert.That(value).IsEqualTo("2");
        cache.Set("c", "1");
        cache.TryGet("a", out value);
        await Assert.That(value).IsEqualTo("2");
    }

    [Test]
    public async Task Long_values_are_not_kept_and_never_an_older_one_in_their_place()
    {
        var cache = new CleanCache(10_000, 100_000);
        cache.Set("a", "1");
        cache.Set("a", new string('x', 1_000_000));
        await Assert.That(cache.TryGet("a", out _)).IsFalse();
        for (int i = 0; i < 1000; i++)
        {
            cache.Set($"row{i}", new string('y', 10_000));
        }

        await Assert.That(Enumerable.Range(0, 1000).Count(i => cache.TryGet($"row{i}", out _))).IsLessThanOrEqualTo(20);
    }
}
