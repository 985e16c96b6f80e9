using System.Diagnostics;
using Ocap.Kernel.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Vats.Tests.Limits;

/// <summary>
/// S7, S8 and S9 of the reliability page, in one process: a vat that attacks ends within its limit with a reason, or is answered with a RangeError, and a vat
/// beside it goes on answering all the while. CPU time is what is limited and what is measured: the wall clock of a busy machine says nothing.
/// </summary>
[NotInParallel]
public sealed class AttackTests
{
    private const long MiB = 1 << 20;

    // Long enough for the JIT, short enough for all of them.
    private static readonly VatLimits Limits = VatLimits.Default with { CpuPerCrank = TimeSpan.FromMilliseconds(150), RegexTimeout = TimeSpan.FromMilliseconds(100) };

    [Test]
    [MethodDataSource(typeof(AttackShapes), nameof(AttackShapes.Loops))]
    public async Task S7_A_loop_ends_at_its_cpu_limit_and_the_neighbour_answers(AttackShape shape)
    {
        var (report, answers) = await Attack(shape.Code, Limits);
        await Assert.That(report.Fault?.Code).IsEqualTo(VatLimitException.Cpu).Because($"{shape.Name}: {Describe(report)}");
        await Assert.That(TimeSpan.FromMicroseconds(report.CpuMicroseconds)).IsLessThan(Limits.CpuPerCrank + TimeSpan.FromMilliseconds(500));
        await Assert.That(answers).IsGreaterThan(0);
    }

    [Test]
    [MethodDataSource(typeof(AttackShapes), nameof(AttackShapes.Regexes))]
    public async Task S7_A_regular_expression_that_backtracks_ends_at_its_limit(AttackShape shape)
    {
        var (report, answers) = await Attack(shape.Code, Limits);
        await Assert.That(report.Fault?.Code is VatLimitException.Regex or VatLimitException.Cpu).IsTrue().Because(Describe(report));
        await Assert.That(answers).IsGreaterThan(0);
    }

    [Test]
    [MethodDataSource(typeof(AttackShapes), nameof(AttackShapes.Bombs))]
    public async Task S8_A_memory_bomb_ends_with_a_reason_and_the_heap_comes_back(AttackShape shape)
    {
        await WarmUp();
        long before = Settled();
        var limits = VatLimits.Default with
        {
            RetainedPerVat = 24 * MiB, RetainedInAll = before + (64 * MiB), AllocationPerCrank = 512 * MiB, CpuPerCrank = TimeSpan.FromSeconds(20),
        };
        var (report, _) = await Attack(shape.Code, limits);
        await Assert.That(report.Fault?.Code is VatLimitException.Memory or VatLimitException.Allocation || IsRangeError(report)).IsTrue().Because($"{shape.Name}: {Describe(report)}");

        // The vat's thread ends, and with it the buffers that the runtime keeps for it: that may take a moment after the report.
        var watch = Stopwatch.StartNew();
        long after = Settled();
        while (after - before >= 16 * MiB && watch.Elapsed < TimeSpan.FromSeconds(5)) after = Settled();
        await Assert.That(after - before).IsLessThan(16 * MiB);
    }

    [Test]
    [MethodDataSource(typeof(AttackShapes), nameof(AttackShapes.Stacks))]
    public async Task S9_A_stack_bomb_is_a_RangeError_or_the_end_of_its_vat_and_no_more(AttackShape shape)
    {
        var limits = VatLimits.Default with { StackBytes = 256 << 10, CpuPerCrank = TimeSpan.FromSeconds(10) };
        var (report, answers) = await Attack(shape.Code, limits);
        await Assert.That(IsRangeError(report) || Describe(report).Contains("SyntaxError", StringComparison.Ordinal) || report.Fault?.Code is VatLimitException.Stack or VatLimitException.Cpu or VatLimitException.Allocation)
            .IsTrue().Because(Describe(report));
        await Assert.That(answers).IsGreaterThan(0);
    }

    /// <summary>Runs the code in one vat while another answers, and goes on to answer.</summary>
    private static async Task<(CrankReport Report, int Answers)> Attack(string code, VatLimits limits)
    {
        var factory = new JintVatWorkerFactory(new DrivenVat.OneBundle(WorkerTests.Root($"ping: () => 'pong', attack() {{ {code} }}")), limits);
        await using var neighbour = new DrivenVat(factory);
        await using var attacker = new DrivenVat(factory);
        await neighbour.Start();
        await attacker.Start();
        Task<CrankReport> ending = attacker.Send("attack", "[]");
        int answers = 0;
        do
        {
            await Assert.That((await neighbour.Send("ping", "[]")).Fault).IsNull();
            answers++;
        }
        while (!ending.IsCompleted);
        return (await ending, answers);
    }

    // What the process keeps of its first vat for all others is no vat's.
    private static async Task WarmUp() => await Attack("return 1;", Limits);

    private static bool IsRangeError(CrankReport report) => Describe(report).Contains("\"name\":\"RangeError\"", StringComparison.Ordinal);

    private static string Describe(CrankReport report) => report.Fault is { } fault ? $"{fault.Code}: {fault.Message}" : string.Join(' ', report.Syscalls.OfType<SyscallResolve>().SelectMany(static s => s.Settlements).Select(static s => s.Value.Body));

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
