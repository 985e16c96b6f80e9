using Ocap.Kernel.Store;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Tests.Liveslots;

public class CrankVatstoreTests
{
    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    public async Task A_crank_reads_its_own_writes_over_what_is_committed_and_reports_what_changed(int seed)
    {
        var random = new Random(seed);
        string Key() => $"k{random.Next(12)}";
        for (int round = 0; round < 200; round++)
        {
            var client = new RecordingClient();
            for (int i = 0; i < random.Next(8); i++)
            {
                client.Store[Key()] = $"v{random.Next(3)}";
            }

            SortedDictionary<string, string> model = new(client.Store, StringComparer.Ordinal);
            var store = new CrankVatstore(client);
            store.Begin();
            for (int step = 0; step < 20; step++)
            {
                string key = Key();
                switch (random.Next(4))
                {
                    case 0:
                        model[key] = $"v{random.Next(3)}";
                        store.Set(key, model[key]);
                        break;
                    case 1:
                        model.Remove(key);
                        store.Delete(key);
                        break;
                    case 2:
                        await Assert.That(store.Get(key)).IsEqualTo(model.GetValueOrDefault(key));
                        break;
                    default:
                        string prefix = key[..random.Next(key.Length + 1)];
                        await Assert.That(store.NextKey(key, prefix))
                            .IsEqualTo(model.Keys.FirstOrDefault(other => string.CompareOrdinal(other, key) > 0 && other.StartsWith(prefix, StringComparison.Ordinal)));
                        break;
                }
            }

            await Assert.That(store.KeysWithPrefix("k").ToArray()).IsEquivalentTo(model.Keys.ToArray());
            client.Apply(new() { Vatstore = store.Changes() });
            await Assert.That(client.Store.ToArray()).IsEquivalentTo(model.ToArray());
            await Assert.That(store.Changes().Select(static change => change.Key).Distinct(StringComparer.Ordinal).Count()).IsEqualTo(store.Changes().Count);
        }
    }

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    public async Task Keys_come_in_the_order_of_JavaScript_whatever_characters_they_have(int seed)
    {
        // Halves of pairs too: what a vat asks for, and writes before it ends for it, may have them. Committed keys have none.
        string[] parts = ["a", "\ud7ff", "\U00010000", "\U0001f600", "\U0010ffff", "\ue000", "\uff0c", "\uffff", "\ud83d", "\ude00"];
        var random = new Random(seed);
        string Text(int kinds) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => parts[random.Next(kinds)]));
        for (int round = 0; round < 300; round++)
        {
            var client = new RecordingClient();
            for (int i = 0; i < random.Next(12); i++)
            {
                client.Store[$"{(random.Next(8) == 0 ? "l" : "k.")}{Text(8)}"] = "v";
            }

            SortedDictionary<string, string> model = new(client.Store, StringComparer.Ordinal);
            var store = new CrankVatstore(client);
            store.Begin();
            int kinds = random.Next(2) == 0 ? 8 : parts.Length;
            for (int step = 0; step < 12; step++)
            {
                string key = "k." + Text(kinds);
                switch (random.Next(3))
                {
                    case 0:
                        store.Set(key, model[key] = "w");
                        break;
                    case 1 when model.Keys.FirstOrDefault(other => string.CompareOrdinal(other, key) > 0) is { } gone:
                        model.Remove(gone);
                        store.Delete(gone);
                        break;
                    default:
                        await Assert.That(store.NextKey(key, "k."))
                            .IsEqualTo(model.Keys.FirstOrDefault(other => string.CompareOrdinal(other, key) > 0 && other.StartsWith("k.", StringComparison.Ordinal)));
                        await Assert.That(store.Get(key)).IsEqualTo(model.GetValueOrDefault(key));
                        break;
                }
            }

            await Assert.That(store.KeysWithPrefix("k.").ToArray()).IsEquivalentTo(
                model.Keys.Where(static key => key.StartsWith("k.", StringComparison.Ordinal)).ToArray(), TUnit.Assertions.Enums.CollectionOrdering.Matching);
        }
    }

    [Test]
    public async Task Keys_without_surrogates_and_what_is_above_them_are_asked_for_once_each()
    {
        var client = new RecordingClient();
        for (int i = 0; i < 100; i++)
        {
            client.Store[$"k.né{i:000}你好"] = "v";
        }

        var store = new CrankVatstore(client);
        store.Begin();
        await Assert.That(store.KeysWithPrefix("k.").Count()).IsEqualTo(100);
        await Assert.That(client.NextAsked).IsEqualTo(101);
    }

    [Test]
    public async Task A_value_written_as_it_was_read_is_no_change()
    {
        var client = new RecordingClient { Store = { ["a"] = "1" } };
        var store = new CrankVatstore(client);
        store.Begin();
        store.Get("a");
        store.Set("a", "2");
        store.Set("a", "1");
        await Assert.That(store.Changes()).IsEmpty();
    }

    [Test]
    public async Task Keys_are_in_the_order_of_their_utf8_bytes()
    {
        string[] keys = ["\uffff", "\U00010000", "a", "ab", "\ue000", "Z"];
        await Assert.That(keys.Order(CodePointOrder.Instance).ToArray()).IsEquivalentTo(
            keys.OrderBy(key => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal).ToArray(), TUnit.Assertions.Enums.CollectionOrdering.Matching);
    }

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    public async Task What_a_crank_reported_holds_for_the_next_and_what_it_did_not_report_never_was(int seed)
    {
        var random = new Random(seed);
        var client = new RecordingClient();
        var store = new CrankVatstore(client);
        for (int crank = 0; crank < 400; crank++)
        {
            SortedDictionary<string, string> model = new(client.Store, StringComparer.Ordinal);
            store.Begin();
            int steps = random.Next(1, crank % 50 == 0 ? 600 : 12);
            for (int step = 0; step < steps; step++)
            {
                string key = $"k{random.Next(300)}";
                switch (random.Next(3))
                {
                    case 0:
                        model[key] = new string('v', random.Next(200));
                        store.Set(key, model[key]);
                        break;
                    case 1:
                        model.Remove(key);
                        store.Delete(key);
                        break;
                    default:
                        await Assert.That(store.Get(key)).IsEqualTo(model.GetValueOrDefault(key));
                        break;
                }
            }

            if (random.Next(4) > 0)
            {
                client.Apply(new() { Vatstore = store.Changes() });
                await Assert.That(client.Store.ToArray()).IsEquivalentTo(model.ToArray());
            }
        }
    }

    [Test]
    public async Task A_row_that_the_crank_before_read_or_wrote_is_not_asked_for_again()
    {
        var client = new RecordingClient { Store = { ["a"] = "1" } };
        var store = new CrankVatstore(client);
        store.Begin();
        store.Get("a");
        store.Set("b", "2");
        store.Changes();
        store.Begin();
        client.Store["a"] = "asked";
        client.Store["b"] = "asked";
        await Assert.That(store.Get("a") + store.Get("b")).IsEqualTo("12");
    }
}
