using Ocap.EndToEnd.Tests.Harness;
using Ocap.Vats.Tests.Limits;

namespace Ocap.EndToEnd.Tests.Limits.Attacks;

/// <summary>
/// S7, S8 and S9 (design/reliability.md) against the published executable: every shape in turn, in one daemon, while a vat of the same process and one of
/// another are asked all the time. <c>scripts/attacks.sh</c> plays all shapes and prints the table; what runs otherwise is a shape of each kind.
/// </summary>
[NotInParallel]
public sealed class AttackTests
{
    /// <summary>One operation of the engine that nothing can interrupt: only the end of its process stops it.</summary>
    private static readonly AttackShape Conversion = new("BigInt of a long text", "BigInt('7'.repeat(12_000_000));");

    private static readonly string[] Usual =
    [
        "sync", "microtask", "rejections", "generator", "async generator", "iterator that never ends", "array-like, filled", "comparator", "getter", "Proxy get",
        "reviver", "string search", "nested quantifiers", "in a catch", "replaceAll", "reactions", "property names",
    ];

    /// <summary>Which shapes to play: <c>all</c>, or the name of one; else some of each kind.</summary>
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("OCAP_ATTACKS");

    [Test]
    public async Task S7_What_never_comes_to_an_end_is_ended_at_its_limit_and_others_notice_nothing() =>
        await PlayAsync(AttackKind.Loop, AttackShapes.Loops(), ["CPU_LIMIT] one delivery used more than"]);

    [Test]
    public async Task S7_A_regular_expression_is_ended_at_its_limit_and_others_notice_nothing() =>
        await PlayAsync(AttackKind.Loop, AttackShapes.Regexes(), ["REGEX_LIMIT]", "CPU_LIMIT]"]);

    [Test]
    public async Task S7_An_operation_that_nothing_interrupts_costs_its_process_and_other_processes_notice_nothing() =>
        await PlayAsync(AttackKind.Unstoppable, [Conversion], ["CPU_LIMIT] one operation"]);

    [Test]
    public async Task S8_A_memory_bomb_ends_and_the_memory_comes_back() =>
        await PlayAsync(AttackKind.Bomb, AttackShapes.Bombs(), ["MEMORY_LIMIT]", "ALLOCATION_LIMIT]", "CPU_LIMIT]", "RangeError", "Invalid array length", "Invalid string length"]);

    [Test]
    public async Task S9_A_stack_bomb_is_answered_with_an_error_or_ends_its_vat() =>
        await PlayAsync(AttackKind.Stack, [.. AttackShapes.Stacks(), .. AttackShapes.DeepStacks()], ["Maximum call stack size exceeded", "Max. depth level of JSON", "[[[[", "_LIMIT]"]);

    private static async Task PlayAsync(AttackKind kind, IEnumerable<AttackShape> shapes, string[] reasons)
    {
        AttackShape[] played = [.. shapes.Where(shape => Wanted is "all" || shape.Name == Wanted || (Wanted is null && (kind is not (AttackKind.Loop or AttackKind.Bomb) || Usual.Contains(shape.Name))))];
        await using AttackedKernel kernel = await AttackedKernel.StartAsync(played, isStrict: Wanted is "all");
        List<string> broken = [];
        Console.WriteLine(AttackRow.Heading(kind));
        foreach (AttackShape shape in played)
        {
            AttackRow row = await kernel.PlayAsync(kind, shape);
            Console.WriteLine(row);
            broken.AddRange(row.Broken(reasons));
        }

        await Assert.That(string.Join('\n', broken)).IsEmpty();
        await Assert.That(await kernel.AuditAsync()).IsEmpty();
    }
}
