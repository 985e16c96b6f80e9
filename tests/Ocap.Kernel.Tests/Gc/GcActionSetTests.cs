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
    public void It_is_stored_a_row_each_and_told_in_its_order_whatever_comes_and_goes() =>
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

    [Test]
    public async Task A_list_of_the_reference_or_of_an_earlier_version_is_taken_over()
    {
        var view = new WriteSet(new CommittedState(new HeldStore()));
        view.Put(GcActionSet.ListKey, """["v1 dropExport ko6","v10 retireImport ko99","v9 retireExport ko5"]""");
        GcActionSet.Unpack(view);
        var set = new GcActionSet();
        set.Load(view);
        await Assert.That(view.Get(GcActionSet.ListKey)).IsEqualTo("[]");
        await Assert.That(set.Vats).IsEquivalentTo([new VatId(1), new VatId(9), new VatId(10)]);
        await Assert.That(set.For(new VatId(9))).IsEquivalentTo([new GcAction(new VatId(9), GcActionKind.RetireExport, KRef.Object(5))]);
    }

    private static HashSet<GcAction> Some(Random random) => [.. Enumerable.Range(0, random.Next(6)).Select(_ =>
        new GcAction(new VatId(Vats[random.Next(Vats.Length)]), (GcActionKind)random.Next(3), KRef.Object(random.Next(1, 25))))];

    private static void Compare(WriteSet view, GcActionSet set, HashSet<GcAction> plain)
    {
        string[] stored = [.. view.Scan(GcActionSet.Prefix).Select(static row => row.Key).Order(StringComparer.Ordinal)];
        if (!stored.SequenceEqual(plain.Select(GcActionSet.Key).Order(StringComparer.Ordinal)))
        {
            throw new InvalidOperationException($"stored is {string.Join(',', stored)}");
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
