using Ocap.Vats.Hosting;
using Ocap.Vats.Tests.Liveslots;

namespace Ocap.Vats.Tests.Hosting;

public class RowsAheadTests
{
    [Test]
    [Arguments(1)]
    [Arguments(2)]
    public async Task The_next_row_is_the_same_as_without_it_wherever_it_is_asked_for(int seed)
    {
        var random = new Random(seed);
        RecordingClient store = new();
        RowsAhead ahead = new();
        for (int round = 0; round < 60; round++)
        {
            for (int i = 0; i < 30; i++)
            {
                store.Store[$"k{random.Next(400)}"] = $"{random.Next()}";
            }

            ahead.Forget();
            for (string key = ""; key is not null;)
            {
                KeyValuePair<string, string>? expected = store.VatstoreGetNext(key);
                await Assert.That(Next(ahead, store, key, out _)).IsEqualTo(expected);
                key = random.Next(20) == 0 ? $"k{random.Next(400)}x" : expected?.Key!;
            }
        }
    }

    [Test]
    public async Task A_walk_through_a_thousand_rows_asks_some_twenty_times()
    {
        RecordingClient store = new();
        for (int i = 0; i < 1000; i++)
        {
            store.Store[$"k{i:0000}"] = "v";
        }

        RowsAhead ahead = new();
        int asked = 0, rows = 0;
        for (string? key = ""; key is not null; rows++)
        {
            key = Next(ahead, store, key, out bool wasAsked)?.Key;
            asked += wasAsked ? 1 : 0;
        }

        await Assert.That(rows).IsEqualTo(1001);
        await Assert.That(asked).IsLessThan(25);
    }

    private static KeyValuePair<string, string>? Next(RowsAhead ahead, RecordingClient store, string key, out bool wasAsked)
    {
        wasAsked = !ahead.TryNext(key, out KeyValuePair<string, string>? row);
        if (!wasAsked)
        {
            return row;
        }

        int most = ahead.Wanted(key);
        List<KeyValuePair<string, string>> rows = [];
        for (string after = key; rows.Count < most && store.VatstoreGetNext(after) is { } next; after = next.Key)
        {
            rows.Add(next);
        }

        return ahead.Take(key, rows, hasMore: rows.Count == most);
    }
}
