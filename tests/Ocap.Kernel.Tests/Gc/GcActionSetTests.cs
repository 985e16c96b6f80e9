using System.Text.Json;
using CsCheck;
using Ocap.Kernel.Gc;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Tests.Doubles;

namespace Ocap.Kernel.Tests.Gc;

/// <summary>The set of collection actions, against a plain one.</summary>
public sealed class GcActionSetTests
{
    private static readonly long[] Vats = [1, 2, 10, 11, 100];

    [Test]
    public void It_is_stored_in_plain_string_order_and_told_in_its_own_whatever_comes_and_goes() =>
        Gen.Int[0, int.MaxValue - 1].Sample(seed => Run(new Random(seed)), iter: 300);

    private static void Run(Random random)
    {
        var view = new WriteSet(new CommittedState(new HeldStore()));
        var set = new GcActionSet();
        var plain = new HashSet<GcAction>();
        for (int step = 0; step < 30; step++)
        {
            HashSet<GcAction> removed = [.. Some(random), .. plain.Where(_ => random.Next(4) == 0)];
            HashSet<GcAction> added = Some(random);
            set.Write(view, added, removed);
            set.Merged(added, removed);
            plain.ExceptWith(removed);
            plain.UnionWith(added);
            Compare(view, set, plain);
            if (random.Next(10) == 0)
            {
                set = new GcActionSet();
                set.Load(view);
                Compare(view, set, plain);
            }
        }
    }

    private static HashSet<GcAction> Some(Random random) => [.. Enumerable.Range(0, random.Next(6)).Select(_ =>
        new GcAction(new VatId(Vats[random.Next(Vats.Length)]), (GcActionKind)random.Next(3), KRef.Object(random.Next(1, 25))))];

    private static void Compare(WriteSet view, GcActionSet set, HashSet<GcAction> plain)
    {
        string stored = view.Get(GcActionSet.Key)!;
        string[] texts = [.. plain.Select(static action => action.ToString()).Order(StringComparer.Ordinal)];
        if (!JsonDocument.Parse(stored).RootElement.EnumerateArray().Select(static text => text.GetString()).SequenceEqual(texts))
        {
            throw new InvalidOperationException($"stored is {stored}, not {string.Join(',', texts)}");
        }

        if (!set.Vats.SequenceEqual(plain.Select(static action => action.Vat).Distinct().Order()))
        {
            throw new InvalidOperationException($"vats are {string.Join(',', set.Vats)}");
        }

        foreach (long vat in Vats)
        {
            if (!set.For(new VatId(vat)).SequenceEqual(plain.Where(action => action.Vat.Number == vat).Order()))
            {
                throw new InvalidOperationException($"v{vat} is told {string.Join(',', set.For(new VatId(vat)))}");
            }
        }
    }
}
