using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>What vats write to their consoles goes to the log, which is everybody's.</summary>
public sealed class ConsoleTests : KernelTest
{
    [Test]
    public async Task A_vat_that_writes_without_end_leaves_room_for_others_and_is_heard_again_later()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        IVatWorkerClient flood = kernel.Workers.All[0].Client;
        string text = new('x', 60_000);
        for (int line = 0; line < 1_000; line++)
        {
            flood.Log("log", text);
        }

        kernel.Workers.All[1].Client.Log("log", "calm");
        await Assert.That(kernel.Powers.Lines.Sum(static line => line.Length)).IsLessThan(ConsoleBudget.AtOnce + 10_000);
        await Assert.That(kernel.Powers.Lines).Contains("[log] [v2 b] calm");
        int heard = kernel.Powers.Lines.Count(static line => line.Contains("xxx", StringComparison.Ordinal));
        await Assert.That(heard).IsEqualTo(4);
        kernel.After(3_000);
        flood.Log("log", "late");
        await Assert.That(kernel.Powers.Lines.TakeLast(2)).IsEquivalentTo(
            ["[warn] [v1 a] 996 lines left out: a vat may write 256 KiB at once, and 16 KiB a second after that", "[log] [v1 a] late"]);
    }

    [Test]
    public async Task A_new_heap_has_no_new_budget()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        string text = new('x', ConsoleBudget.AtOnce);
        kernel.Workers.All[^1].Client.Log("log", text);
        kernel.Restart("v1");
        kernel.Workers.All[^1].Client.Log("log", text);
        await Assert.That(kernel.Powers.Lines.Count(static line => line.Contains("xxx", StringComparison.Ordinal))).IsEqualTo(1);
    }

    [Test]
    public async Task A_line_that_is_longer_than_any_budget_is_written_when_nothing_was_for_a_while()
    {
        var budget = new ConsoleBudget();
        await Assert.That(budget.TryTake(10_000_000, 1_000, out _)).IsTrue();
        await Assert.That(budget.TryTake(10_000_000, 16_000, out _)).IsFalse();
        await Assert.That(budget.TryTake(10_000_000, 18_000, out string? note)).IsTrue();
        await Assert.That(note).StartsWith("1 line left out");
    }
}
