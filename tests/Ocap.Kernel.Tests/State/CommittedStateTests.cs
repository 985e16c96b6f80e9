using CsCheck;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Doubles;

namespace Ocap.Kernel.Tests;

/// <summary>Write set over filling batch over batch being written over database looks like one dictionary (K15), whatever the order of events.</summary>
public sealed class CommittedStateTests
{
    private static readonly string[] Keys = ["a", "a.b", "a.b.c", "ab", "b", "queue.1", "queue.10", "\uE000", "\U0001F600", "\uFFFD"];
    private static readonly VatId[] Vats = [new VatId(1), new VatId(2), new VatId(10)];

    [Test]
    public void Reads_through_all_layers_are_those_of_one_dictionary() =>
        Gen.Int[0, int.MaxValue - 1].Sample(seed => Run(new Random(seed), 60), iter: 2_000);

    private static void Run(Random random, int steps)
    {
        var store = new HeldStore { Holds = true };
        var state = new CommittedState(store);
        var naive = new NaiveState();
        var durable = new NaiveState();
        NaiveState? writing = null;
        for (int step = 0; step < steps; step++)
        {
            switch (random.Next(8))
            {
                case 0 when !state.IsWriting && !state.Filling.IsEmpty:
                    writing = naive.Copy();
                    store.BeginWrite(state.TakeBatch(), fault =>
                    {
                        if (fault is null)
                        {
                            state.BatchWritten();
                        }
                    });
                    break;
                case 1 when store.Pending is not null:
                    store.Complete();
                    durable = writing!;
                    Same(store.Dump(), durable.Dump(), "on disk");
                    break;
                case 2 when store.Pending is not null:
                    store.Fail(new StoreFault("full", CanRetry: true));
                    store.BeginWrite(state.RetryBatch(), fault =>
                    {
                        if (fault is null)
                        {
                            state.BatchWritten();
                        }
                    });
                    break;
                default:
                    Commit(random, state, naive);
                    break;
            }

            Compare(random, state, naive);
        }

        if (store.Pending is not null)
        {
            store.Complete();
        }

        if (!state.Filling.IsEmpty)
        {
            store.BeginWrite(state.TakeBatch(), _ => state.BatchWritten());
            store.Complete();
        }

        Same(store.Dump(), naive.Dump(), "at the end on disk");
        Compare(random, state, naive);
    }

    private static void Commit(Random random, CommittedState state, NaiveState naive)
    {
        NaiveState next = naive.Copy();
        var writes = new WriteSet(state);
        if (random.Next(30) == 0)
        {
            writes.Wipe = true;
            next.Clear();
        }

        for (int i = random.Next(6); i > 0; i--)
        {
            string key = Keys[random.Next(Keys.Length)];
            string value = $"{random.Next(100)}";
            switch (random.Next(4))
            {
                case 0:
                    writes.Delete(key);
                    next.Kernel.Remove(key);
                    break;
                case 1 when !next.Kernel.ContainsKey(key):
                    writes.Create(key, value);
                    next.Kernel[key] = value;
                    break;
                default:
                    writes.Put(key, value);
                    next.Kernel[key] = value;
                    break;
            }

            string other = Keys[random.Next(Keys.Length)];
            Same(writes.Get(other), next.Kernel.GetValueOrDefault(other), $"{other} in the write set");
        }

        string prefix = Keys[random.Next(Keys.Length)];
        Same(Show(writes.Scan(prefix)), Show(next.Kernel.Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))), $"{prefix}* in the write set");
        string after = Keys[random.Next(Keys.Length)];
        int most = random.Next(5);
        Same(
            string.Join(' ', writes.ScanSome(prefix[..1], after, most)),
            string.Join(' ', next.Kernel.Where(row => row.Key.StartsWith(prefix[..1], StringComparison.Ordinal) && CodePointOrder.Instance.Compare(row.Key, after) > 0).Take(most)),
            $"{most} of {prefix[..1]}* behind {after} in the write set");
        if (random.Next(2) == 0)
        {
            // A vat reads what is committed while its crank is under way.
            VatId vat = Vats[random.Next(Vats.Length)];
            var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                changes[Keys[random.Next(Keys.Length)]] = random.Next(3) == 0 ? null : $"{random.Next(100)}";
            }

            writes.VatStores.Add((vat, [.. changes]));
            foreach ((string key, string? value) in changes)
            {
                next.VatSet(vat, key, value);
            }
        }

        if (random.Next(12) == 0)
        {
            // Perhaps the very vat whose crank this was: it exits.
            VatId vat = Vats[random.Next(Vats.Length)];
            writes.DropVat(vat);
            next.Vats.Remove(vat);
        }

        if (random.Next(5) == 0)
        {
            return;
        }

        state.Merge(writes);
        naive.Clear();
        foreach ((string key, string value) in next.Kernel)
        {
            naive.Kernel[key] = value;
        }

        foreach ((VatId vat, SortedDictionary<string, string> rows) in next.Vats)
        {
            naive.Vats[vat] = rows;
        }
    }

    private static void Compare(Random random, CommittedState state, NaiveState naive)
    {
        foreach (string key in Keys)
        {
            Same(state.Get(key), naive.Kernel.GetValueOrDefault(key), key);
        }

        string prefix = Keys[random.Next(Keys.Length)][..1];
        Same(Show(state.Scan(prefix)), Show(naive.Kernel.Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))), $"{prefix}*");
        foreach (VatId vat in Vats)
        {
            string key = Keys[random.Next(Keys.Length)];
            Same(state.VatGet(vat, key), naive.VatGet(vat, key), $"{vat} {key}");
            var walk = new List<KeyValuePair<string, string>>();
            for (KeyValuePair<string, string>? row = state.VatGetNext(vat, ""); row is { } at; row = state.VatGetNext(vat, at.Key))
            {
                walk.Add(at);
            }

            Same(string.Join(' ', walk), string.Join(' ', naive.Vats.GetValueOrDefault(vat) ?? []), $"walk of {vat}");
            Same(state.VatGetNext(vat, key)?.ToString(), naive.VatNext(vat, key)?.ToString(), $"{vat} after {key}");
        }
    }

    private static string Show(IEnumerable<KeyValuePair<string, string>> rows) => string.Join(' ', rows.OrderBy(row => row.Key, CodePointOrder.Instance));

    private static void Same(string? ours, string? expected, string what)
    {
        if (!string.Equals(ours, expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{what}: {ours ?? "null"} instead of {expected ?? "null"}");
        }
    }
}
