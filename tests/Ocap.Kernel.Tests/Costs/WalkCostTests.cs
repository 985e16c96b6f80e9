using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Tests.Doubles;

namespace Ocap.Kernel.Tests.Costs;

/// <summary>A vat that walks through its store pays for the rows it meets, not each time for all that is not written yet.</summary>
public sealed class WalkCostTests
{
    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_walk_through_unwritten_rows_costs_in_proportion(bool isBeingWritten)
    {
        double growth = Growth.OfDouble(800, size => Walk(size, isBeingWritten));
        await Assert.That(growth).IsLessThan(Growth.Proportional);
    }

    private static Action Walk(int rows, bool isBeingWritten)
    {
        var vat = new VatId(1);
        var state = new CommittedState(new HeldStore { Holds = true });
        var writes = new WriteSet(state);
        writes.VatStores.Add((vat, [.. Enumerable.Range(0, rows).Select(static i => new KeyValuePair<string, string?>($"vc.1.{i:d6}", "x"))]));
        state.Merge(writes);
        if (isBeingWritten)
        {
            state.TakeBatch();
        }

        return () =>
        {
            int met = 0;
            for (KeyValuePair<string, string>? row = state.VatGetNext(vat, ""); row is { } at; row = state.VatGetNext(vat, at.Key))
            {
                met++;
            }

            if (met != rows)
            {
                throw new InvalidOperationException($"{met} rows of {rows}");
            }
        };
    }
}
