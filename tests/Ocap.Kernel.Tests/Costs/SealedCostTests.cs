using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests.Costs;

/// <summary>However much waits for a promise, no commit moves more than a piece of it, and all of it moves once.</summary>
public sealed class SealedCostTests : KernelTest
{
    private const int Piece = 10;

    [Test]
    public async Task No_commit_is_larger_because_more_waits()
    {
        await Assert.That(MostRows(1_000)).IsLessThanOrEqualTo(MostRows(200));
    }

    [Test]
    public async Task All_of_it_together_costs_in_proportion()
    {
        double growth = Growth.OfDouble(400, size =>
        {
            KernelFixture kernel = Waiting(size);
            return () => kernel.Finish("v1", Ask.Fulfill("p+1", Ask.Ref("o-2")));
        });
        await Assert.That(growth).IsLessThan(Growth.Proportional);
    }

    /// <summary>Rows of the largest commit when v1 settles a promise for which so much waits.</summary>
    private int MostRows(int size)
    {
        KernelFixture kernel = Waiting(size);
        int rows = 0;
        kernel.Loop.Core.Committed = commit => rows = Math.Max(rows, commit.Writes.Puts.Count);
        kernel.Finish("v1", Ask.Fulfill("p+1", Ask.Ref("o-2")));
        while (kernel.Executes("v3"))
        {
            kernel.Finish("v3");
        }

        return rows;
    }

    private KernelFixture Waiting(int size)
    {
        KernelFixture kernel = Boot(new KernelOptions { PieceParts = Piece, Lanes = 4 });
        kernel.Launch("a", "b", "c");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "p+1"));
        kernel.Finish("v2", [.. Enumerable.Range(1, size).Select(static i => Ask.Send("p-1", $"m{i}"))]);
        kernel.Send("ko4", "settle");
        return kernel;
    }
}
