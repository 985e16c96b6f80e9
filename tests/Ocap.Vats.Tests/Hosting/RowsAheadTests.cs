using Ocap.Vats.Hosting;
using Ocap.Vats.Tests.Liveslots;

namespace Ocap.Vats.Tests.Hosting;

public class RowsAheadTests
{
    [Test]
    [Arguments(1)]
    [Arguments(2)]
    public async Task What_the_store_has_is_the_same_as_without_it_wherever_it_is_asked_for(int seed)
    {
        var random = new Random(seed);
        RecordingClient store = new();
        AskingStore asking = new(store);
        string RandomKey() => $"{(random.Next(3) switch { 0 => "vc.4.s", 1 => "vom.o+d10/", _ => "" })}{random.Next(400)}";
        for (int round = 0; round < 60; round++)
        {
            for (int i = 0; i < 30; i++)
            {
                store.Store[RandomKey()] = $"{random.Next()}";
            }

            asking.Forget();
            for (string key = ""; key is not null;)
            {
                string other = random.Next(2) == 0 ? RandomKey() : key + random.Next(3);
                await Assert.That(asking.Get(other)).IsEqualTo(store.VatstoreGet(other));
                KeyValuePair<string, string>? expected = store.VatstoreGetNext(key);
                await Assert.That(asking.Next(key)).IsEqualTo(expected);
                key = random.Next(20) == 0 ? RandomKey() + "x" : expected?.Key!;
            }

            string[] inOrder = [.. Enumerable.Range(0, 100).Select(_ => RandomKey()).Order(StringComparer.Ordinal)];
            foreach (string key in inOrder)
            {
                await Assert.That(asking.Get(key)).IsEqualTo(store.VatstoreGet(key));
            }
        }
    }

    [Test]
    public async Task A_walk_through_a_thousand_rows_asks_some_twenty_times()
    {
        AskingStore asking = new(Rows("k", 1000));
        int rows = 0;
        for (string? key = ""; key is not null; rows++)
        {
            key = asking.Next(key)?.Key;
        }

        await Assert.That(rows).IsEqualTo(1001);
        await Assert.That(asking.Asked).IsLessThan(25);
    }

    [Test]
    public async Task Who_reads_two_collections_in_their_order_by_turns_asks_seldom()
    {
        RecordingClient store = Rows("vc.4.k", 1000);
        foreach ((string key, string value) in Rows("vom.o+d10/1", 1000).Store)
        {
            store.Store[key] = value;
        }

        AskingStore asking = new(store);
        for (int i = 0; i < 1000; i++)
        {
            await Assert.That(asking.Get($"vc.4.k{i:0000}")).IsEqualTo("v");
            await Assert.That(asking.Get($"vom.o+d10/1{i:0000}")).IsEqualTo("v");
        }

        await Assert.That(asking.Asked).IsLessThan(60);
    }

    [Test]
    public async Task Who_asks_whether_new_entries_are_new_in_their_order_asks_a_few_times()
    {
        AskingStore asking = new(Rows("vom.o+d10/", 10));
        for (int i = 0; i < 1000; i++)
        {
            await Assert.That(asking.Get($"vc.4.k{i:0000}")).IsNull();
        }

        await Assert.That(asking.Asked).IsLessThan(6);
    }

    [Test]
    public async Task Reading_at_random_brings_less_than_two_rows_for_each_that_is_wanted()
    {
        var random = new Random(7);
        AskingStore asking = new(Rows("vc.4.k", 10_000));
        for (int i = 0; i < 2000; i++)
        {
            await Assert.That(asking.Get($"vc.4.k{random.Next(10_000):0000}")).IsEqualTo("v");
        }

        await Assert.That(asking.Brought).IsLessThan(4000);
    }

    private static RecordingClient Rows(string prefix, int count)
    {
        RecordingClient store = new();
        for (int i = 0; i < count; i++)
        {
            store.Store[$"{prefix}{i:0000}"] = "v";
        }

        return store;
    }

    /// <summary>A store behind what is known of it already.</summary>
    private sealed class AskingStore(RecordingClient store)
    {
        private readonly RowsAhead _ahead = new();

        internal int Asked { get; private set; }

        internal int Brought { get; private set; }

        internal void Forget() => _ahead.Forget();

        internal string? Get(string key)
        {
            if (!_ahead.TryGet(key, out string? value))
            {
                int most = _ahead.WantedWith(key);
                value = store.VatstoreGet(key);
                Brought++;
                List<KeyValuePair<string, string>> rows = Behind(key, most);
                _ahead.TakeWith(key, value, rows, hasMore: rows.Count == most, most);
            }

            return value;
        }

        internal KeyValuePair<string, string>? Next(string key)
        {
            if (_ahead.TryNext(key, out KeyValuePair<string, string>? row))
            {
                return row;
            }

            int most = _ahead.WantedBehind(key);
            List<KeyValuePair<string, string>> rows = Behind(key, most);
            return _ahead.TakeBehind(key, rows, hasMore: rows.Count == most, most);
        }

        private List<KeyValuePair<string, string>> Behind(string key, int most)
        {
            Asked++;
            List<KeyValuePair<string, string>> rows = [];
            for (; rows.Count < most && store.VatstoreGetNext(key) is { } next; key = next.Key)
            {
                rows.Add(next);
                Brought++;
            }

            return rows;
        }
    }
}
