using Ocap.Kernel.Api;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>What no vat may ask for ends that vat, undoes its crank, and is told to whoever sent the message.</summary>
public sealed class IllegalSyscallTests : KernelTest
{
    /// <summary>
    /// v1 knows: its root o+0 (ko4), v2's root o-1, an import it has dropped o-2, its export o+9 which v2 holds, p+5 which it decides, p-3 which v2
    /// decides, p+7 the result of a message v2 has not answered.
    /// </summary>
    private static readonly (string What, VatSyscall[] Syscalls, string Error)[] Cases =
    [
        ("a target that is no reference", [Ask.Send("ko4", "m")], "not a valid VRef: \"ko4\""),
        ("an empty target", [Ask.Send("", "m")], "not a valid VRef: \"\""),
        ("an import it does not know", [Ask.Send("o-99", "m")], "o-99 is not an export reference"),
        ("a slot it does not know", [Ask.Send("o-1", "m", null, "o-99")], "o-99 is not an export reference"),
        ("a slot that is no reference", [Ask.Send("o-1", "m", null, "o*9")], "not a valid VRef: \"o*9\""),
        ("a dropped import as target", [Ask.Send("o-2", "m")], "o-2 was dropped and cannot be mentioned"),
        ("a dropped import as slot", [Ask.Send("o-1", "m", null, "o-2")], "o-2 was dropped and cannot be mentioned"),
        ("a dropped import in a value", [Ask.Fulfill("p+5", Ask.Ref("o-2"))], "o-2 was dropped and cannot be mentioned"),
        ("a result that is an object", [Ask.Send("o-1", "m", "o+6")], "o+6 is not a promise"),
        ("a result another vat decides", [Ask.Send("o-1", "m", "p-3")], "v1 not permitted to resolve kp4 because its decider is v2"),
        ("the same result twice", [Ask.Send("o-1", "m", "p+8"), Ask.Send("o-1", "m", "p+8")], "because it has no decider"),
        ("a promise it does not know", [Ask.Subscribe("p-99")], "p-99 is not an export reference"),
        ("subscribing to an object", [Ask.Subscribe("o-1")], "o-1 is not a promise"),
        ("settling an object", [Ask.Fulfill("o-1", Ask.Seven)], "o-1 is not a promise"),
        ("settling another vat's promise", [Ask.Fulfill("p-3", Ask.Seven)], "v1 not permitted to resolve kp4 because its decider is v2"),
        ("settling the result of its own message", [Ask.Fulfill("p+7", Ask.Seven)], "v1 not permitted to resolve kp6 because it has no decider"),
        ("settling twice in one batch",
            [new SyscallResolve([new PromiseSettlement("p+5", false, Ask.Seven), new PromiseSettlement("p+5", false, Ask.Seven)])], "was already resolved"),
        ("dropping an import twice", [Ask.Gc(GcSyscallKind.DropImports, "o-2")], "dropImports of o-2, which v1 has dropped already"),
        ("dropping an export", [Ask.Gc(GcSyscallKind.DropImports, "o+9")], "dropImports of o+9, which is an export"),
        ("dropping a promise", [Ask.Gc(GcSyscallKind.DropImports, "p-3")], "endpoint v1 issued invalid dropImports for p-3"),
        ("dropping what it does not know", [Ask.Gc(GcSyscallKind.DropImports, "o-99")], "dropImports of o-99, which is not in the c-list of v1"),
        ("retiring a promise", [Ask.Gc(GcSyscallKind.RetireImports, "p-3")], "endpoint v1 issued invalid retireImports for p-3"),
        ("retiring an import it can reach", [Ask.Gc(GcSyscallKind.RetireImports, "o-1")], "retireImports but ko5 is still reachable"),
        ("retiring an export others reach", [Ask.Gc(GcSyscallKind.RetireExports, "o+9")], "is still reachable"),
        ("retiring an import as an export", [Ask.Gc(GcSyscallKind.RetireExports, "o-1")], "retireExports of o-1, which is an import"),
        ("retiring its root", [Ask.Gc(GcSyscallKind.RetireExports, "o+0")], "retireExports but ko4 is still reachable"),
        ("abandoning an import", [Ask.Gc(GcSyscallKind.AbandonExports, "o-1")], "abandonExports of o-1, which is an import"),
        ("abandoning its root", [Ask.Gc(GcSyscallKind.AbandonExports, "o+0")], "abandonExports of o+0, the root object"),
        ("a body that is no Unicode text", [Ask.Send("o-1", "\uD800")], "a value whose body is not well-formed Unicode"),
        ("a settled value that is no Unicode text", [Ask.Fulfill("p+5", Ask.Data("#\"\uDC00\""))], "a value whose body is not well-formed Unicode"),
        ("a value of more text than a vat may send", [Ask.Send("o-1", new string('x', 10_000_001))], "at most 10000000 and 10000 can be passed on"),
        ("an exit with more text than a vat may send", [new SyscallExit(true, Ask.Data(new string('x', 10_000_001)))], "at most 10000000 and 10000 can be passed on"),
        ("an exit with a reference it does not know", [new SyscallExit(false, Ask.Ref("o-99"))], "o-99 is not an export reference"),
    ];

    public static IEnumerable<string> Names() => Cases.Select(one => one.What);

    [Test]
    [MethodDataSource(nameof(Names))]
    public Task It_ends_the_vat_and_the_sender_is_told(string what) => Ends(what, new KernelOptions());

    [Test]
    [MethodDataSource(nameof(Names))]
    public Task It_does_so_in_a_crank_that_is_committed_in_pieces(string what) => Ends(what, new KernelOptions { PieceParts = 0 });

    private async Task Ends(string what, KernelOptions options)
    {
        (_, VatSyscall[] syscalls, string error) = Cases.Single(one => one.What == what);
        KernelFixture kernel = Boot(options);
        Prepare(kernel);
        kernel.Sync();
        string before = Dump(kernel);

        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", [Ask.Send("o-1", "undone", "p+20", "o+21"), .. syscalls]);
        kernel.Sync();
        string? seen = KernelFixture.ErrorOf(told.Value);
        await Assert.That(seen).StartsWith("[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] ");
        await Assert.That(seen).Contains(error);
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
        await Assert.That(kernel.Keys("v1.")).IsEmpty();
        await Assert.That(before).Contains("v1.c.");

        // Nothing of the crank happened, and the other vat goes on.
        await Assert.That(kernel.Loop.Core.State.Scan("queue.").Any(row => row.Value.Contains("undone", StringComparison.Ordinal))).IsFalse();
        while (kernel.Executes("v2"))
        {
            kernel.Finish("v2");
            kernel.Sync();
        }

        kernel.Send("ko5", "alive");
        await Assert.That(kernel.Method("v2")).IsEqualTo("alive");
    }

    [Test]
    public async Task The_state_the_cases_start_from_is_what_they_say()
    {
        KernelFixture kernel = Boot();
        Prepare(kernel);
        await Assert.That(kernel.Keys("v1.c.o")).IsEquivalentTo(["v1.c.o+0", "v1.c.o+9", "v1.c.o-1", "v1.c.o-2"]);
        await Assert.That(kernel.Row("v1.c." + kernel.Row("v1.c.o-2"))).IsEqualTo("_ o-2");
        await Assert.That(kernel.Row(kernel.Row("v1.c.p+5") + ".decider")).IsEqualTo("v1");
        await Assert.That(kernel.Row(kernel.Row("v1.c.p-3") + ".decider")).IsEqualTo("v2");
        await Assert.That(kernel.Row(kernel.Row("v1.c.p+7") + ".decider")).IsNull();
        await Assert.That(kernel.Row("v1.c.p-3")).IsEqualTo("kp4");
        await Assert.That(kernel.Row("v1.c.p+7")).IsEqualTo("kp6");
    }

    [Test]
    [Arguments("key", "\uD800")]
    [Arguments("\uDC00key", "value")]
    [Arguments("\uD83D\uD83D\uDE00", "value")]
    public async Task What_a_store_cannot_hold_ends_the_vat_before_it_gets_to_the_store(string key, string value)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("fine", "\U0001F600"), new(key, value)] });
        await Assert.That(KernelFixture.ErrorOf(told.Value)).IsEqualTo(
            "[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] a vat store key or value that is not well-formed Unicode");
        await Assert.That(kernel.Store.Dump()).DoesNotContain("fine");

        Told<LaunchResult> launched = kernel.BeginLaunch("c");
        kernel.Finish("v3", new CrankReport { Vatstore = [new(key, value)] });
        await Assert.That(launched.Answer.Failure).Contains("not well-formed Unicode");
        await Assert.That(kernel.Powers.Died).IsNull();
    }

    [Test]
    public async Task A_vat_that_calls_it_sees_the_rejection_too()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "m", "p+5"), Ask.Subscribe("p+5"));
        kernel.Finish("v2", Ask.Send("o-77", "m"));
        PromiseSettlement told = kernel.Delivery<DeliverNotify>("v1").Settlements.Single();
        await Assert.That(KernelFixture.ErrorOf(new Settlement(told.Rejected, told.Value)))
            .IsEqualTo("[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] o-77 is not an export reference");
    }

    private static void Prepare(KernelFixture kernel)
    {
        kernel.Launch("a", "b");

        // v2 learns of o+9 and p+5, and sends an object and a promise of its own to o+9; the object v1 drops again.
        kernel.Do("ko4", "v1", Ask.Send("o-1", "hold", null, "o+9", "p+5"));
        kernel.Finish("v2", Ask.Send("o-1", "take", null, "o+30", "p+31"));
        kernel.Finish("v1", Ask.Gc(GcSyscallKind.DropImports, "o-2"));

        // v2 executes the message whose result is p+7.
        kernel.Do("ko4", "v1", Ask.Send("o-1", "answer", "p+7"));
    }

    private static string Dump(KernelFixture kernel) => string.Join('\n', kernel.Loop.Core.State.Scan("").Select(row => $"{row.Key} = {row.Value}"));
}
