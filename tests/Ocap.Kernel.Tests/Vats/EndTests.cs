using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>How vats end, and what becomes of what they owed, held and were sent.</summary>
public sealed class EndTests : KernelTest
{
    private const string Deleted = "[KERNEL:VAT_TERMINATED] Vat was deleted.";

    [Test]
    public async Task Promises_an_ended_vat_decided_are_rejected()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        Told<Settlement> owed = kernel.Send("ko4");
        kernel.Finish("v1", Ask.Send("o-1", "m", null, "p+5"));
        kernel.Finish("v2", Ask.Subscribe(kernel.Delivery<DeliverMessage>("v2").Methargs.Slots[0]));
        kernel.Terminate("v1");
        await Assert.That(KernelFixture.ErrorOf(owed.Value)).IsEqualTo(Deleted);
        PromiseSettlement told = kernel.Delivery<DeliverNotify>("v2").Settlements.Single();
        await Assert.That(KernelFixture.ErrorOf(new Settlement(told.Rejected, told.Value))).IsEqualTo(Deleted);
    }

    [Test]
    public async Task Messages_that_wait_for_a_promise_of_an_ended_vat_are_rejected()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        kernel.Finish("v1");
        Told<Settlement> waiting = kernel.Send("kp2");
        kernel.Terminate("v1");
        await Assert.That(KernelFixture.ErrorOf(waiting.Value)).IsEqualTo(Deleted);
        await Assert.That(kernel.Loop.Core.Queue.Count).IsEqualTo(0);
    }

    [Test]
    public async Task Nothing_is_left_of_an_ended_vat()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Send("ko4");
        string result = kernel.Delivery<DeliverMessage>("v1").Result!;
        kernel.Finish("v1", new CrankReport
        {
            Syscalls = [Ask.Send("o-1", "m", "p+6", "o+5", "p+5"), Ask.Subscribe("p+6"), Ask.Fulfill(result, Ask.Ref("o+5"))],
            Vatstore = [new("key", "value")],
            BundleHash = null,
        });
        kernel.Finish("v2");
        await Assert.That(kernel.Store.Dump()).Contains("v1 key = value");
        await Assert.That(kernel.Terminate("v1").Answer.IsOk).IsTrue();
        await Assert.That(kernel.Keys("v1.")).IsEmpty();
        await Assert.That(kernel.Keys("e.").Where(key => key.EndsWith(".v1", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(kernel.Keys("vatConfig.")).IsEquivalentTo(["vatConfig.v2"]);
        await Assert.That(kernel.Row("vats.terminated")).IsEqualTo("[]");
        await Assert.That(kernel.Row("vatToSubclusterMap")).IsEqualTo("{\"v2\":\"s1\"}");
        await Assert.That(kernel.Store.Dump()).DoesNotContain("v1 key");
        await Assert.That(kernel.Workers.All.Single(worker => worker.Vat == KernelFixture.Vat("v1")).HasEnded).IsTrue();
    }

    [Test]
    public async Task A_vat_that_exits_leaves_no_store_behind_though_it_wrote_in_its_last_crank()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Syscalls = [Ask.Exit()], Vatstore = [new("last", "words")] });
        await Assert.That(kernel.Store.Dump()).DoesNotContain("last");
    }

    [Test]
    public async Task An_exit_keeps_what_the_crank_did()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Seven, Ask.Send("o-1", "farewell"), Ask.Exit());
        await Assert.That(told.Value.Value).IsEqualTo(Ask.Seven);
        await Assert.That(kernel.Method("v2")).IsEqualTo("farewell");
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
    }

    [Test]
    public async Task An_exit_rejects_what_the_vat_still_owed_with_its_reason()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", Ask.Exit("#\"bye\""));
        await Assert.That(KernelFixture.ErrorOf(told.Value)).IsEqualTo("[KERNEL:VAT_TERMINATED] Vat termination: #\"bye\"");
    }

    [Test]
    public async Task An_exit_is_not_forgotten_whatever_follows_it_in_the_crank()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        Told<Settlement> told = kernel.Send("ko4");
        string result = kernel.Delivery<DeliverMessage>("v1").Result!;
        kernel.Finish("v1", Ask.Exit("#\"first\""), Ask.Send("o-1", "after", "p+9"), Ask.Subscribe("p+9"), Ask.Fail("#\"second\""));
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
        await Assert.That(KernelFixture.ErrorOf(told.Value)).IsEqualTo("[KERNEL:VAT_TERMINATED] Vat termination: #\"first\"");
        await Assert.That(kernel.Method("v2")).IsEqualTo("after");
        await Assert.That(result).IsNotEmpty();
    }

    [Test]
    public async Task An_exit_with_failure_undoes_the_crank_and_gives_the_caller_its_reason()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Seven, Ask.Send("o-1", "undone"), Ask.Fail("#\"oops\""));
        await Assert.That(told.Value).IsEqualTo(new Settlement(true, Ask.Data("#\"oops\"")));
        await Assert.That(kernel.Executes("v2")).IsFalse();
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
    }

    [Test]
    public async Task A_failing_exits_reason_never_names_what_was_undone_with_it()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", new SyscallExit(true, Ask.Ref("o+50")));
        await Assert.That(told.Value.Value.Slots).IsEmpty();
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:VAT_TERMINATED] ");
    }

    [Test]
    public async Task A_vat_that_fails_ends_and_the_caller_sees_the_error()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport
        {
            Syscalls = [Ask.Send("o-1", "undone")],
            Vatstore = [new("undone", "1")],
            Fault = new VatFault("INTERNAL_ERROR", "I don't remember allocating \"o+10\""),
        });
        await Assert.That(KernelFixture.ErrorOf(told.Value)).IsEqualTo("[KERNEL:VAT_FATAL:INTERNAL_ERROR] I don't remember allocating \"o+10\"");
        await Assert.That(kernel.Executes("v2")).IsFalse();
        await Assert.That(kernel.Store.Dump()).DoesNotContain("undone");
        kernel.Send("ko5");
        await Assert.That(kernel.Executes("v2")).IsTrue();
    }

    [Test]
    public async Task A_report_that_cannot_be_read_ends_that_vat_only()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Worker("v1").Client.CrankFinished(new byte[] { 1, 99 });
        kernel.Settle();
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:VAT_FATAL:INTERNAL_ERROR] the vat's report cannot be read: ");
        kernel.Send("ko5");
        await Assert.That(kernel.Executes("v2")).IsTrue();
    }

    [Test]
    public async Task Terminating_waits_for_the_running_crank_and_keeps_what_it_did()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> running = kernel.Send("ko4");
        Told<Settlement> waiting = kernel.Send("ko4");
        Told<Done> ended = kernel.Terminate("v1");
        await Assert.That(ended.IsTold).IsFalse();
        await Assert.That(kernel.Row("vatConfig.v1")).IsNotNull();
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(running.Value.Value).IsEqualTo(Ask.Seven);
        await Assert.That(ended.Answer.IsOk).IsTrue();
        await Assert.That(waiting.Value.Rejected).IsTrue();
        await Assert.That(kernel.Workers.Executing).IsEmpty();
    }

    [Test]
    public async Task A_vat_that_ends_itself_while_it_is_being_terminated_is_terminated_once()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        Told<Done> first = kernel.Terminate("v1");
        Told<Done> second = kernel.Terminate("v1");
        Told<Done> restarted = kernel.Restart("v1");
        kernel.Finish("v1", Ask.Fail());
        await Assert.That(first.Answer.IsOk).IsTrue();
        await Assert.That(second.Answer.IsOk).IsTrue();
        await Assert.That(restarted.Answer.Failure).IsEqualTo("Vat does not exist.");
    }

    [Test]
    public async Task Ending_vats_that_do_not_exist_fails()
    {
        KernelFixture kernel = Boot();
        await Assert.That(kernel.Terminate("v9").Answer.Failure).IsEqualTo("Vat does not exist.");
        await Assert.That(kernel.Restart("v9").Answer.Failure).IsEqualTo("Vat does not exist.");
        await Assert.That(kernel.Request<Done>((loop, answer) => loop.PingVat(new VatId(9), answer)).Answer.Failure).IsEqualTo("Vat does not exist.");
        Told<Done> told = kernel.Request<Done>((loop, answer) => loop.TerminateSubcluster(new SubclusterId(9), answer));
        await Assert.That(told.Answer.Failure).IsEqualTo("Subcluster does not exist.");
        await Assert.That(kernel.Request<Done>((loop, answer) => loop.TerminateAllVats(answer)).Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task Terminating_one_subcluster_leaves_the_other()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Launch("c", "d");
        await Assert.That(kernel.Row("vatToSubclusterMap")).IsEqualTo("{\"v1\":\"s1\",\"v2\":\"s1\",\"v3\":\"s2\",\"v4\":\"s2\"}");
        kernel.Request<Done>((loop, answer) => loop.TerminateSubcluster(new SubclusterId(1), answer));
        KernelStatus status = kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Value;
        await Assert.That(status.Vats.Select(vat => vat.Id.ToString())).IsEquivalentTo(["v3", "v4"]);
        await Assert.That(status.Subclusters.Select(subcluster => subcluster.Id.ToString())).IsEquivalentTo(["s2"]);
    }

    [Test]
    public async Task A_subcluster_goes_with_its_last_vat()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Terminate("v2");
        await Assert.That(kernel.Row("subclusters")).Contains("\"vats\":{\"a\":\"v1\"}");
        kernel.Terminate("v1");
        await Assert.That(kernel.Row("subclusters")).IsEqualTo("[]");
        await Assert.That(kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Value.Subclusters).IsEmpty();
    }

    [Test]
    public async Task Ending_all_vats_leaves_alone_a_vat_that_came_while_it_waited()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        Told<Done> all = kernel.Request<Done>((loop, answer) => loop.TerminateAllVats(answer));
        kernel.BeginLaunch("b");
        kernel.Finish("v2");
        await Assert.That(kernel.Method("v2")).IsEqualTo("bootstrap");
        kernel.Finish("v1");
        await Assert.That(all.Answer.IsOk).IsTrue();
        kernel.Answer("v2", Ask.Seven);
        kernel.Send("ko5");
        await Assert.That(kernel.Executes("v2")).IsTrue();
        await Assert.That(kernel.Loop.Core.Executing.Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_large_c_list_is_cleaned_up_in_pieces_and_completely()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "many", null, [.. Enumerable.Range(1, 1_200).Select(i => $"o+{i}")]), Ask.Send("o-1", "watch", null, "p+5"));
        kernel.Finish("v2");
        kernel.Finish("v2", Ask.Subscribe("p-1"));
        kernel.Store.Holds = true;
        Told<Done> ended = kernel.Terminate("v1");
        kernel.Sync();
        await Assert.That(ended.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Keys("v1.")).IsEmpty();
        await Assert.That(kernel.Row("vats.terminated")).IsEqualTo("[]");
        await Assert.That(kernel.Loop.Core.State.Scan("ko").Any(row => row.Value == "v1")).IsFalse();
        await Assert.That(kernel.Delivery<DeliverNotify>("v2").Settlements.Single().Rejected).IsTrue();
    }

    [Test]
    public async Task A_notify_to_an_ended_vat_that_is_not_cleaned_up_yet_costs_nothing()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "many", "p+1", [.. Enumerable.Range(1, 1_200).Select(i => $"o+{i}")]), Ask.Subscribe("p+1"));
        kernel.Send("ko4", "busy");
        Told<Done> ended = kernel.Terminate("v1");
        kernel.Answer("v2", Ask.Seven);
        kernel.Finish("v1");
        await Assert.That(ended.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Loop.Core.Queue.Count).IsEqualTo(0);
        kernel.Send("ko5");
        await Assert.That(kernel.Executes("v2")).IsTrue();
    }

    [Test]
    public async Task What_comes_from_an_ended_incarnation_is_discarded_unread()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        IVatWorkerClient old = kernel.Workers.All.Single(worker => worker.Vat == KernelFixture.Vat("v1")).Client;
        kernel.Restart("v1");
        kernel.Finish("v1");
        Told<Settlement> told = kernel.Send("ko4");
        old.CrankFinished(Ocap.Kernel.Vats.Wire.ReportFrame.Write(new CrankReport { Syscalls = [Ask.Fail()] }));
        kernel.Settle();
        await Assert.That(kernel.Executes("v1")).IsTrue();
        await Assert.That(told.IsTold).IsFalse();
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(told.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task A_crank_reported_twice_counts_once()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Send("ko4");
        HeldReport(kernel, "v1");
        await Assert.That(kernel.Method("v2")).IsEqualTo("once");
        kernel.Finish("v2");
        await Assert.That(kernel.Executes("v2")).IsFalse();
    }

    private static void HeldReport(KernelFixture kernel, string vat)
    {
        var report = new CrankReport { Syscalls = [Ask.Send("o-1", "once")] };
        kernel.Worker(vat).Client.CrankFinished(Ocap.Kernel.Vats.Wire.ReportFrame.Write(report));
        kernel.Finish(vat, report);
    }
}
