using Ocap.Kernel.Api;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>A crank in pieces whose vat, worker, kernel or launch ends meanwhile, or whose rows are damaged: nobody waits for ever, and what is not sealed has not happened.</summary>
public sealed class LargeCrankEndTests : LargeCrankTest
{
    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(2)]
    public async Task The_end_of_its_vat_does_not_wait_for_one_that_is_not_sealed_and_nothing_of_it_happens(int writes)
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        Told<Settlement> large = BeginLarge(kernel);
        for (int i = 0; i < writes; i++)
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        await Assert.That(kernel.Keys("crank.")).IsNotEmpty();
        await Assert.That(kernel.Row("crank.v1")).IsNull();
        Told<Done> terminated = kernel.Terminate("v1");
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
        kernel.Sync();
        await Assert.That(terminated.Answer.IsOk).IsTrue();
        await Assert.That(KernelFixture.ErrorOf(large.Value)).StartsWith("[KERNEL:");
        await Assert.That(kernel.Executes("v2")).IsFalse();
        await Assert.That(kernel.Loop.Core.LargeCranks.Any).IsFalse();
    }

    [Test]
    public async Task One_that_is_no_start_says_nothing_of_its_vats_bundle()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Send("ko4", "large");
        kernel.Finish("v1", Large(kernel) with { BundleHash = "../../secret" });
        await Assert.That(kernel.Loop.Core.State.Scan("").Where(static row => row.Value.Contains("secret", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(new Ocap.Kernel.Subclusters.SubclusterTable(kernel.Loop.Core.View()).VatBundle(KernelFixture.Vat("v1"))).IsNull();
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_worker_that_breaks_when_one_is_dropped_does_not_keep_its_vat_from_ending_or_the_kernel_from_others(bool isReportedLater)
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.MayBreak = true;
        kernel.Launch("a", "b");
        kernel.Store.Holds = true;
        Told<Settlement> large = kernel.Send("ko4", "large");
        kernel.Worker("v1").FailsToEnd = true;
        CrankReport report = Large(kernel);
        Told<Done>? terminated = isReportedLater ? kernel.Terminate("v1") : null;
        kernel.Finish("v1", report);
        terminated ??= kernel.Terminate("v1");
        kernel.Sync();
        await Assert.That(terminated.Answer.IsOk).IsTrue();
        await Assert.That(KernelFixture.ErrorOf(large.Value)).StartsWith("[KERNEL:");
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
        await Assert.That(kernel.Loop.Core.Lanes.All.Sum(static lane => lane.Enders + lane.Closers)).IsEqualTo(0);
        Told<Settlement> other = kernel.Send("ko5", "other");
        kernel.Answer("v2", Ask.Seven);
        kernel.Sync();
        await Assert.That(other.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task One_that_is_reported_when_its_vat_is_about_to_end_is_dropped_and_one_that_is_sealed_is_not()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Send("ko4", "large");
        kernel.Store.Holds = true;
        Told<Done> terminated = kernel.Request<Done>((loop, answer) => loop.TerminateSubcluster(new Ocap.Kernel.Refs.SubclusterId(1), answer));
        kernel.Finish("v1", Large(kernel));
        await Assert.That(kernel.Keys("vatConfig.")).IsEmpty();
        kernel.Sync();
        await Assert.That(terminated.Answer.IsOk).IsTrue();

        kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        BeginLarge(kernel);
        while (kernel.Row("crank.v1") is null)
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        terminated = kernel.Terminate("v1");
        await Assert.That(kernel.Row("vatConfig.v1")).IsNotNull();
        kernel.Sync();
        await Assert.That(terminated.Answer.IsOk).IsTrue();
        await Assert.That(Receive(kernel)).IsEquivalentTo(Sent, TUnit.Assertions.Enums.CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_damaged_row_that_it_meets_half_way_ends_its_vat_and_nobody_waits_for_ever()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.MayBreak = true;
        kernel.Launch("a", "b");
        Told<Settlement> told = BeginLarge(kernel);
        while (kernel.Row("crank.v1") is null)
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        Ocap.Kernel.Cranks.Commit damage = kernel.Loop.Core.Begin();
        damage.Writes.Put("crank.v1.1", "?");
        kernel.Loop.Core.Merge(damage);
        kernel.Sync();
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:");
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
        kernel.Finish("v2");
        kernel.Sync();
        kernel.Send("ko5", "alive");
        while (kernel.Method("v2") != "alive")
        {
            kernel.Finish("v2");
        }
    }

    [Test]
    public async Task A_name_from_outside_that_comes_between_its_pieces_does_not_make_it_illegal_half_way()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+5"));
        kernel.Sync();
        kernel.Send("ko4", "large");
        kernel.Finish("v2", Ask.Gc(GcSyscallKind.DropImports, "o-1"), Ask.Gc(GcSyscallKind.RetireImports, "o-1"));
        kernel.Sync();

        // Nobody reaches it any more, but its vat has not been told so yet: it can be named (K7).
        string export = kernel.Row("v1.c.o+5")!;
        kernel.Store.Holds = true;
        kernel.Finish("v1", new CrankReport
        {
            Syscalls = [.. Enumerable.Range(1, Many).Select(static i => Ask.Send("o-1", $"m{i}")), Ask.Gc(GcSyscallKind.RetireExports, "o+5")],
        });
        while (kernel.Row("crank.v1") is null && kernel.Store.Pending is not null)
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        Told<Settlement> named = kernel.Send(export, "named");
        for (int i = 0; i < 100 && kernel.Store.Pending is not null; i++)
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        // All of it or nothing.
        await Assert.That(kernel.Powers.Errors).IsEmpty();
        await Assert.That(named.IsTold).IsTrue();
        await Assert.That(Receive(kernel).Count).IsEqualTo(kernel.Row("vatConfig.v1") is null ? 0 : Many);
    }

    [Test]
    public async Task Nothing_is_left_of_one_whose_vat_ended_with_the_launch_that_a_dead_process_had_not_finished()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.BeginLaunch("a", "b");
        kernel.Finish("v1");
        kernel.Finish("v2");
        kernel.Store.Holds = true;
        kernel.Send("ko5");
        foreach (string vat in (string[])["v1", "v2"])
        {
            kernel.Finish(vat, new CrankReport { Syscalls = [.. Enumerable.Range(1, Many).Select(static i => Ask.Send("o+0", $"m{i}"))] });
        }

        while (kernel.Row("crank.v1") is null || kernel.Row("crank.v2") is null)
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        // One process after the other dies, each a write later than the one before.
        for (int writes = 0; writes < 10; writes++)
        {
            kernel = Watch(kernel.CrashToSlowDisk(InPieces, afterSync: true));
        }

        kernel.Sync();
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
    }
}
