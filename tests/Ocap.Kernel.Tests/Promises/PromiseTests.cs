using Ocap.Kernel.Api;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>Promises: who settles them, who is told, how long they are kept.</summary>
public sealed class PromiseTests : KernelTest
{
    [Test]
    public async Task A_subscriber_is_told_once_and_has_no_name_for_the_promise_afterwards()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "here", null, "p+5"));
        string promise = kernel.Delivery<DeliverMessage>("v2").Methargs.Slots[0];
        kernel.Finish("v2", Ask.Subscribe(promise), Ask.Subscribe(promise));
        kernel.Do("ko4", "v1", Ask.Fulfill("p+5", Ask.Seven));
        await Assert.That(kernel.Delivery<DeliverNotify>("v2").Settlements.Single()).IsEqualTo(new PromiseSettlement(promise, false, Ask.Seven));
        await Assert.That(kernel.Row($"v2.c.{promise}")).IsNotNull();
        kernel.Finish("v2");
        await Assert.That(kernel.Executes("v2")).IsFalse();
        await Assert.That(kernel.Row($"v2.c.{promise}")).IsNull();
        await Assert.That(kernel.Row("v1.c.p+5")).IsNull();
        await Assert.That(kernel.Keys("kp")).IsEmpty();
    }

    [Test]
    public async Task Who_subscribes_to_a_settled_promise_is_told_at_once_and_only_once()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "here", null, "p+5"));
        kernel.Do("ko4", "v1", Ask.Fulfill("p+5", Ask.Seven));
        string promise = kernel.Delivery<DeliverMessage>("v2").Methargs.Slots[0];
        kernel.Finish("v2", Ask.Subscribe(promise), Ask.Subscribe(promise));
        kernel.Delivery<DeliverNotify>("v2");
        kernel.Finish("v2");

        // The second notify finds nothing in the c-list and is no delivery.
        await Assert.That(kernel.Executes("v2")).IsFalse();
        await Assert.That(kernel.Loop.Core.Queue.Count).IsEqualTo(0);
    }

    [Test]
    public async Task A_vat_is_not_told_what_it_settled_itself()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Do("ko4", "v1", Ask.Subscribe("p+5"), Ask.Fulfill("p+5", Ask.Seven));
        await Assert.That(kernel.Executes("v1")).IsFalse();
        await Assert.That(kernel.Keys("kp")).IsEmpty();
    }

    [Test]
    public async Task A_notify_brings_every_settled_promise_the_value_leads_to_once_each()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b", "c");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "here", null, "p+5"), Ask.Send("o-2", "here", null, "p+5"));
        foreach (string vat in (string[])["v2", "v3"])
        {
            kernel.Finish(vat, Ask.Subscribe(kernel.Delivery<DeliverMessage>(vat).Methargs.Slots[0]));
        }

        kernel.Do("ko4", "v1", new SyscallResolve([
            new PromiseSettlement("p+5", false, Ask.Data("#[\"&0\",\"&1\",\"&2\"]", "p+6", "p+7", "p+8")),
            new PromiseSettlement("p+6", false, Ask.Data("#[\"&0\",\"&1\"]", "p+5", "p+7")),
            new PromiseSettlement("p+7", true, Ask.Seven)]));
        foreach (string vat in (string[])["v2", "v3"])
        {
            IReadOnlyList<PromiseSettlement> told = kernel.Delivery<DeliverNotify>(vat).Settlements;
            await Assert.That(told.Count).IsEqualTo(3);
            await Assert.That(told[0].Promise).IsEqualTo("p-1");
            await Assert.That(told[0].Value.Slots.Take(2)).IsEquivalentTo([told[1].Promise, told[2].Promise]);
            await Assert.That(told[1].Value.Slots[0]).IsEqualTo("p-1");
            await Assert.That(told.Select(settlement => settlement.Rejected)).IsEquivalentTo([false, false, true]);
            kernel.Finish(vat);
        }

        // The unsettled one stays, with a holder for each who knows it: its decider, and the three c-lists.
        string pending = kernel.Row("v1.c.p+8")!;
        await Assert.That(kernel.Keys("kp").Where(key => key.StartsWith(pending + ".", StringComparison.Ordinal))).IsNotEmpty();
        await Assert.That(kernel.Keys("v2.c.p")).Count().IsEqualTo(1);
    }

    [Test]
    public async Task A_sender_no_longer_decides_a_result_it_has_sent()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "m", "p+5"));
        string result = kernel.Row("v1.c.p+5")!;
        await Assert.That(kernel.Row(result + ".decider")).IsNull();
        kernel.Finish("v2");
        await Assert.That(kernel.Row(result + ".decider")).IsEqualTo("v2");
        kernel.Send("ko4");
        Told<Settlement> killed = kernel.Send("ko4");
        kernel.Finish("v1", Ask.Fulfill("p+5", Ask.Seven));
        await Assert.That(killed.Value.Rejected).IsTrue();
        await Assert.That(kernel.Powers.Lines).Contains(line =>
            line.Contains($"[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] v1 not permitted to resolve {result} because its decider is v2", StringComparison.Ordinal));
    }

    [Test]
    public async Task Ending_a_sender_leaves_the_result_of_its_queued_message_to_the_receiver()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b", "c");
        kernel.Send("ko5", "busy");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "m", "p+5"), Ask.Send("o-2", "watch", null, "p+5"));
        kernel.Finish("v3", Ask.Subscribe("p-1"));
        kernel.Terminate("v1");
        kernel.Answer("v2", Ask.Seven);
        await Assert.That(kernel.Executes("v3")).IsFalse();
        kernel.Answer("v2", Ask.Data("#8"));
        await Assert.That(kernel.Delivery<DeliverNotify>("v3").Settlements.Single().Value.Body).IsEqualTo("#8");
    }

    [Test]
    public async Task A_settled_result_without_references_is_gone_when_it_has_been_told()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Keys("kp")).IsEmpty();
        await Assert.That(kernel.Keys("keptResult.")).IsEmpty();
    }

    [Test]
    public async Task A_result_with_references_is_kept_and_its_objects_can_be_called()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Ref("o+5"));
        string given = told.Value.Value.Slots[0];
        await Assert.That(kernel.Keys("keptResult.")).IsEquivalentTo(["keptResult.kp2"]);
        await Assert.That(kernel.Row(given + ".refCount")).IsEqualTo("1,1");
        kernel.Send(given, "hello");
        await Assert.That(kernel.Delivery<DeliverMessage>("v1").Target).IsEqualTo("o+5");
    }

    [Test]
    public async Task The_oldest_kept_results_are_let_go_and_the_limit_outlives_the_process()
    {
        var options = new KernelOptions { KeptResults = 2 };
        KernelFixture kernel = Boot(options);
        kernel.Launch("a");
        for (int i = 0; i < 4; i++)
        {
            kernel.Send("ko4");
            kernel.Answer("v1", Ask.Ref($"o+{5 + i}"));
            kernel.Collect("v1");
        }

        await Assert.That(kernel.Keys("keptResult.")).IsEquivalentTo(["keptResult.kp4", "keptResult.kp5"]);
        kernel = Watch(kernel.Crash(options));
        kernel.Finish("v1");
        kernel.Collect("v1");
        kernel.Send("ko4");
        kernel.Answer("v1", Ask.Ref("o+0"));
        kernel.Collect("v1");
        await Assert.That(kernel.Keys("keptResult.").Length).IsEqualTo(2);
        await Assert.That(kernel.Keys("keptResult.")).DoesNotContain("keptResult.kp4");
    }

    [Test]
    public async Task A_long_chain_of_forgotten_promises_is_forgotten_without_running_out_of_stack()
    {
        const int Length = 5_000;
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", [
            Ask.Send("o-1", "m", null, "p+1"),
            .. Enumerable.Range(1, Length).Select(i => Ask.Fulfill($"p+{i}", i == Length ? Ask.Seven : Ask.Ref($"p+{i + 1}")))]);
        kernel.Finish("v2");
        await Assert.That(kernel.Keys("kp").Length).IsEqualTo(3 * Length);
        kernel.Terminate("v2");
        await Assert.That(kernel.Keys("kp")).IsEmpty();
    }

    [Test]
    public async Task What_a_vat_settled_it_may_name_anew()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "m", null, "p+5"), Ask.Fulfill("p+5", Ask.Seven), Ask.Send("o-1", "m", null, "p+5"));
        await Assert.That(kernel.Delivery<DeliverMessage>("v2").Methargs.Slots[0]).IsEqualTo("p-1");
        kernel.Finish("v2");
        await Assert.That(kernel.Delivery<DeliverMessage>("v2").Methargs.Slots[0]).IsEqualTo("p-2");
    }
}
