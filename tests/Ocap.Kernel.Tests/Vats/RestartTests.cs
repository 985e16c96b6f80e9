using System.Globalization;
using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>A vat that starts again with an empty heap: on request, or because the process did (K12).</summary>
public sealed class RestartTests : KernelTest
{
    private const string Restarted = "[KERNEL:VAT_RESTARTED] The vat was restarted; the answer it owed is lost";

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task What_the_old_heap_owed_is_rejected(bool killed)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "owe", "p+5"), Ask.Subscribe("p+5"));
        kernel.Finish("v2");
        kernel = StartAnew(kernel, killed, "v2", watched: killed ? "v1" : null);
        PromiseSettlement told = kernel.Delivery<DeliverNotify>("v1").Settlements.Single();
        await Assert.That(told.Promise).IsEqualTo("p+5");
        await Assert.That(KernelFixture.ErrorOf(new Settlement(told.Rejected, told.Value))).IsEqualTo(Restarted);
    }

    [Test]
    public async Task A_caller_outside_is_told_too()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> owed = kernel.Send("ko4");
        kernel.Finish("v1");
        kernel.Restart("v1");
        await Assert.That(owed.IsTold).IsFalse();
        kernel.Finish("v1");
        await Assert.That(KernelFixture.ErrorOf(owed.Value)).IsEqualTo(Restarted);
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Root_and_durable_objects_stay_and_the_rest_is_orphaned(bool killed)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Data("#[\"$0\",\"$1\",\"$2\"]", "o+5", "o+d10/1", "o+v11/1"));
        string[] given = [.. told.Value.Value.Slots];
        kernel = StartAnew(kernel, killed, "v1");

        await Assert.That(kernel.Row("v1.c.o+0")).IsEqualTo("ko4");
        await Assert.That(kernel.Row("v1.c.o+d10/1")).IsEqualTo(given[1]);
        await Assert.That(kernel.Row("v1.c.o+5")).IsNull();
        await Assert.That(kernel.Row("v1.c.o+v11/1")).IsNull();
        kernel.Send(given[1], "durable");
        await Assert.That(kernel.Delivery<DeliverMessage>("v1").Target).IsEqualTo("o+d10/1");
        kernel.Finish("v1");
        kernel.Send("ko4", "root");
        await Assert.That(kernel.Delivery<DeliverMessage>("v1").Target).IsEqualTo("o+0");
    }

    [Test]
    public async Task A_message_to_an_object_a_restarted_vat_no_longer_has_is_rejected_and_the_vat_lives()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Ref("o+5"));
        string given = told.Value.Value.Slots[0];
        kernel.Send("ko4", "busy");
        Told<Settlement> queued = kernel.Send(given);
        kernel.Restart("v1");
        kernel.Finish("v1");
        kernel.Finish("v1");
        await Assert.That(KernelFixture.ErrorOf(queued.Value)).StartsWith("[KERNEL:OBJECT_DELETED] ");
        await Assert.That(KernelFixture.ErrorOf(kernel.Send(given).Value)).StartsWith("[KERNEL:OBJECT_DELETED] ");
        kernel.Send("ko4");
        await Assert.That(kernel.Executes("v1")).IsTrue();
    }

    [Test]
    public async Task An_orphaned_name_may_be_used_again_for_something_else()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        kernel.Answer("v1", Ask.Ref("o+5"));
        kernel.Restart("v1");
        kernel.Finish("v1");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Ref("o+5"));
        kernel.Send(told.Value.Value.Slots[0]);
        await Assert.That(kernel.Delivery<DeliverMessage>("v1").Target).IsEqualTo("o+5");
    }

    [Test]
    public async Task A_watched_promise_keeps_its_name_and_is_told_to_the_new_heap()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "owe", "p+5"), Ask.Subscribe("p+5"), Ask.Send("o-1", "owe", "p+6"), Ask.Subscribe("p+6"));
        string first = kernel.Delivery<DeliverMessage>("v2").Result!;
        kernel.Finish("v2");
        string second = kernel.Delivery<DeliverMessage>("v2").Result!;
        kernel.Finish("v2");
        kernel.Restart("v1");
        kernel.Finish("v1", new CrankReport { WatchedPromises = ["p+5"] });
        await Assert.That(kernel.Keys("v1.c.p")).IsEquivalentTo(["v1.c.p+5"]);
        kernel.Do("ko5", "v2", Ask.Fulfill(second, Ask.Seven), Ask.Fulfill(first, Ask.Seven));
        await Assert.That(kernel.Delivery<DeliverNotify>("v1").Settlements.Single()).IsEqualTo(new PromiseSettlement("p+5", false, Ask.Seven));
        kernel.Finish("v1");
        await Assert.That(kernel.Executes("v1")).IsFalse();
    }

    [Test]
    public async Task A_watched_promise_that_the_old_heap_decided_itself_is_told_as_rejected()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Do("ko4", "v1", Ask.Subscribe("p+5"));
        kernel.Restart("v1");
        kernel.Finish("v1", new CrankReport { WatchedPromises = ["p+5"] });
        PromiseSettlement told = kernel.Delivery<DeliverNotify>("v1").Settlements.Single();
        await Assert.That(told.Promise).IsEqualTo("p+5");
        await Assert.That(KernelFixture.ErrorOf(new Settlement(told.Rejected, told.Value))).IsEqualTo(Restarted);
    }

    [Test]
    public async Task StartVat_comes_before_any_other_delivery_and_what_was_queued_follows()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4", "running");
        Told<Settlement> queued = kernel.Send("ko4", "queued");
        Told<Done> restarted = kernel.Restart("v1");
        await Assert.That(restarted.IsTold).IsFalse();
        kernel.Answer("v1", Ask.Seven);
        kernel.Delivery<StartVat>("v1");
        kernel.Finish("v1");
        await Assert.That(restarted.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Method("v1")).IsEqualTo("queued");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(KernelFixture.ErrorOf(queued.Value)).IsNull();
    }

    [Test]
    public async Task A_restart_fetches_the_bundle_afresh_and_a_new_process_uses_the_kept_one()
    {
        KernelFixture kernel = Boot();
        kernel.BeginLaunch("a");
        await Assert.That(kernel.Delivery<StartVat>("v1").BundleHash).IsNull();
        kernel.Finish("v1", new CrankReport { BundleHash = "aa" });
        kernel.Answer("v1", Ask.Seven);
        kernel = Watch(kernel.Crash());
        await Assert.That(kernel.Delivery<StartVat>("v1").BundleHash).IsEqualTo("aa");
        kernel.Finish("v1");
        kernel.Restart("v1");
        await Assert.That(kernel.Delivery<StartVat>("v1").BundleHash).IsNull();
        kernel.Finish("v1", new CrankReport { BundleHash = "bb" });
        await Assert.That(kernel.Row("vatBundle.v1")).IsEqualTo("bb");
    }

    [Test]
    public async Task The_vats_store_survives_and_what_a_failed_start_wrote_does_not()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("count", "1")] });
        kernel.Restart("v1");
        await Assert.That(kernel.Worker("v1").Client.VatstoreGet("count")).IsEqualTo("1");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("count", "2")], Fault = new VatFault("INTERNAL_ERROR", "x") });
        kernel.Restart("v1");
        await Assert.That(kernel.Worker("v1").Client.VatstoreGet("count")).IsEqualTo("1");
    }

    [Test]
    public async Task A_vat_that_could_not_come_back_says_why_and_stops_nobody()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel = Watch(kernel.Crash());
        kernel.Finish("v1", new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "no bundle") });
        kernel.Finish("v2");
        KernelStatus status = kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Value;
        await Assert.That(status.Vats.Select(vat => (vat.State, vat.Reason))).IsEquivalentTo([(VatState.Failed, "no bundle"), (VatState.Running, (string?)null)]);
        Answer<Done> ping = kernel.Request<Done>((loop, answer) => loop.PingVat(new VatId(1), answer)).Answer;
        await Assert.That(ping.Failure).IsEqualTo("Vat v1 could not start: no bundle");
        kernel.Send("ko5");
        await Assert.That(kernel.Executes("v2")).IsTrue();
        await Assert.That(kernel.Terminate("v1").Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task A_ping_of_a_vat_that_is_starting_tells_how_that_comes_out()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel = Watch(kernel.Crash());
        Told<Done> failed = kernel.Request<Done>((loop, answer) => loop.PingVat(new VatId(1), answer));
        await Assert.That(failed.IsTold).IsFalse();
        kernel.Finish("v1", new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "no bundle") });
        await Assert.That(failed.Answer.Failure).IsEqualTo("Vat v1 could not start: no bundle");
        kernel.Restart("v1");
        Told<Done> fine = kernel.Request<Done>((loop, answer) => loop.PingVat(new VatId(1), answer));
        kernel.Finish("v1");
        await Assert.That(fine.Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task A_queued_message_survives_a_crash_and_is_delivered_by_the_next_process()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Store.Holds = true;
        kernel.Send("ko4", "running");
        kernel.Send("ko4", "queued");
        kernel.After(10);
        kernel.Sync();
        kernel = Watch(kernel.Crash());
        kernel.Finish("v1");
        await Assert.That(kernel.Method("v1")).IsEqualTo("running");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Method("v1")).IsEqualTo("queued");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Row("queue.run.head")).IsEqualTo(kernel.Row("queue.run.tail"));
    }

    [Test]
    public async Task A_message_written_into_the_database_while_the_kernel_was_down_is_delivered()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        long head = long.Parse(kernel.Row("queue.run.head")!, CultureInfo.InvariantCulture);
        var batch = new WriteBatch();
        batch.Kernel[$"queue.run.{head}"] = "{\"type\":\"send\",\"target\":\"ko4\",\"message\":{\"methargs\":{\"body\":\"#[\\\"resume\\\",[]]\",\"slots\":[]}}}";
        batch.Kernel["queue.run.head"] = $"{head + 1}";
        batch.Kernel["ko4.refCount"] = "2,2";
        kernel = Watch(kernel.Crash(meanwhile: batch));
        kernel.Finish("v1");
        await Assert.That(kernel.Method("v1")).IsEqualTo("resume");
        kernel.Finish("v1");
        await Assert.That(kernel.Row("queue.run.tail")).IsEqualTo($"{head + 1}");
    }

    [Test]
    public async Task Ids_are_not_used_again_by_the_next_process()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Terminate("v1");
        kernel = Watch(kernel.Crash());
        LaunchResult second = kernel.Launch("a");
        await Assert.That((second.Subcluster.ToString(), second.Root.ToString())).IsEqualTo(("s2", "ko5"));
        await Assert.That(kernel.Keys("vatConfig.")).IsEquivalentTo(["vatConfig.v2"]);
    }

    /// <summary>Restarts a vat, or kills the process and lets all vats come back.</summary>
    private KernelFixture StartAnew(KernelFixture kernel, bool killed, string vat, string? watched = null)
    {
        if (!killed)
        {
            kernel.Restart(vat);
            kernel.Finish(vat);
            return kernel;
        }

        KernelFixture next = Watch(kernel.Crash());
        foreach (string each in next.Workers.Executing.Select(worker => worker.Vat.ToString()).ToArray())
        {
            next.Finish(each, new CrankReport { WatchedPromises = each == watched ? ["p+5"] : [] });
        }

        return next;
    }
}
