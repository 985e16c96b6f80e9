using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Costs;

/// <summary>A crank that settles many promises for which messages wait costs what it settles and moves.</summary>
public sealed class SettlingCostTests : KernelTest
{
    [Test]
    public async Task Settling_many_promises_with_waiting_messages_costs_in_proportion()
    {
        double growth = Growth.OfDouble(400, size => Settling(size, Enumerable.Range(1, size), static _ => Ask.Seven));
        await Assert.That(growth).IsLessThan(Growth.Proportional);
    }

    [Test]
    public async Task Forwarding_a_chain_of_promises_costs_in_proportion_whichever_end_is_settled_first()
    {
        double forwards = Growth.OfDouble(200, size => Settling(size, Enumerable.Range(1, size), promise => Link(promise, size)));
        await Assert.That(forwards).IsLessThan(Growth.Proportional);
        double backwards = Growth.OfDouble(200, size => Settling(size, Enumerable.Range(1, size).Reverse(), promise => Link(promise, size)));
        await Assert.That(backwards).IsLessThan(Growth.Proportional);
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Messages_to_a_chain_of_promises_stay_in_the_order_sent_whichever_end_is_settled_first(bool backwards)
    {
        KernelFixture kernel = Waiting(3);

        // Some wait in the promises' queues when others are in the run queue, and v2 stops the kernel from moving those on before v1 has settled.
        IEnumerable<int> order = backwards ? [3, 2, 1] : [1, 2, 3];
        kernel.Send("ko5");
        kernel.Worker("v2").Finish(new CrankReport { Syscalls = [.. Enumerable.Range(1, 3).Select(i => Ask.Send($"p-{i}", $"second{i}"))] });
        kernel.Finish("v1", Settle(order, promise => promise == 3 ? Ask.Ref("o+7") : Ask.Ref($"p+{promise + 1}")));
        var seen = new List<string>();
        while (kernel.Executes("v1"))
        {
            seen.Add(kernel.Method("v1"));
            kernel.Finish("v1");
        }

        await Assert.That(seen.Count).IsEqualTo(6);
        for (int i = 1; i <= 3; i++)
        {
            await Assert.That(seen.IndexOf($"first{i}")).IsGreaterThanOrEqualTo(0);
            await Assert.That(seen.IndexOf($"second{i}")).IsGreaterThan(seen.IndexOf($"first{i}"));
        }
    }

    private static CapData Link(int promise, int size) => promise == size ? Ask.Seven : Ask.Ref($"p+{promise + 1}");

    /// <summary>What remains is that v1 settles its promises.</summary>
    private Action Settling(int size, IEnumerable<int> order, Func<int, CapData> value)
    {
        KernelFixture kernel = Waiting(size);
        VatSyscall settle = Settle(order, value);
        return () => kernel.Finish("v1", settle);
    }

    private static SyscallResolve Settle(IEnumerable<int> order, Func<int, CapData> value) =>
        new([.. order.Select(promise => new PromiseSettlement($"p+{promise}", false, value(promise)))]);

    /// <summary>A message of v2's waits for each of v1's promises, and v1 executes one.</summary>
    private KernelFixture Waiting(int size)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "all", null, [.. Enumerable.Range(1, size).Select(i => $"p+{i}")]));
        kernel.Finish("v2", [.. Enumerable.Range(1, size).Select(i => Ask.Send($"p-{i}", $"first{i}"))]);
        kernel.Send("ko4", "settle");
        return kernel;
    }
}
