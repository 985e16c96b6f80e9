using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>Where messages go.</summary>
public sealed class RoutingTests : KernelTest
{
    private const string Deleted = "[KERNEL:OBJECT_DELETED] Target object has no owner; it may have been deleted";
    private const string Revoked = "[KERNEL:OBJECT_REVOKED] Target object has been revoked";
    private const string BadResolution = "[KERNEL:BAD_PROMISE_RESOLUTION] Promise fulfilled but did not contain an object reference";

    [Test]
    public async Task A_message_to_an_object_reaches_its_vat_which_then_decides_the_result()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4", "hello");
        DeliverMessage message = kernel.Delivery<DeliverMessage>("v1");
        await Assert.That(message.Target).IsEqualTo("o+0");
        await Assert.That(message.Methargs.Body).IsEqualTo("#[\"hello\",[]]");
        await Assert.That(kernel.Row("kp2.decider")).IsNull();

        kernel.Finish("v1");
        await Assert.That(kernel.Row("kp2.decider")).IsEqualTo("v1");
        await Assert.That(kernel.Row("kp2.refCount")).IsEqualTo("2");
        await Assert.That(kernel.Keys("queue.run.")).IsEquivalentTo(["queue.run.head", "queue.run.tail"]);
        await Assert.That(kernel.Row("ko4.refCount")).IsEqualTo("1,1");
        await Assert.That(told.IsTold).IsFalse();

        kernel.Do("ko4", "v1", Ask.Fulfill(message.Result!, Ask.Seven));
        await Assert.That(told.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task A_message_to_a_revoked_object_is_rejected()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Request<Done>((loop, answer) => loop.Revoke(KRef.Object(4), answer));
        await Assert.That(KernelFixture.ErrorOf(kernel.Send("ko4").Value)).IsEqualTo(Revoked);
    }

    [Test]
    public async Task A_message_dispatched_after_the_revocation_is_rejected_though_it_was_sent_before()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> first = kernel.Send("ko4");
        Told<Settlement> second = kernel.Send("ko4");
        kernel.Request<Done>((loop, answer) => loop.Revoke(KRef.Object(4), answer));
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(KernelFixture.ErrorOf(first.Value)).IsNull();
        await Assert.That(KernelFixture.ErrorOf(second.Value)).IsEqualTo(Revoked);
    }

    [Test]
    public async Task A_revocation_made_while_a_crank_runs_survives_the_undoing_of_that_crank()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Send("ko4");
        kernel.Request<Done>((loop, answer) => loop.Revoke(KRef.Object(5), answer));
        Told<Settlement> sent = kernel.Send("ko5");
        kernel.Finish("v1", Ask.Fail());
        await Assert.That(KernelFixture.ErrorOf(sent.Value)).IsEqualTo(Revoked);
        await Assert.That(kernel.Request<bool>((loop, answer) => loop.IsRevoked(KRef.Object(5), answer)).Value).IsTrue();
    }

    [Test]
    public async Task Revoking_an_object_that_does_not_exist_does_not_revoke_the_one_that_gets_its_number()
    {
        KernelFixture kernel = Boot();
        await Assert.That(kernel.Request<Done>((loop, answer) => loop.Revoke(KRef.Object(4), answer)).Answer.IsOk).IsTrue();
        await Assert.That(kernel.Launch("a").Root.ToString()).IsEqualTo("ko4");
        kernel.Send("ko4");
        await Assert.That(kernel.Executes("v1")).IsTrue();
    }

    [Test]
    public async Task A_promise_cannot_be_revoked()
    {
        KernelFixture kernel = Boot();
        Answer<Done> answer = kernel.Request<Done>((loop, told) => loop.Revoke(KRef.Promise(1), told)).Answer;
        await Assert.That(answer.Failure).IsEqualTo("cannot revoke promise kp1");
    }

    [Test]
    [Arguments("ko9999")]
    [Arguments("kp9999")]
    public async Task A_message_to_something_unknown_is_rejected_and_the_loop_goes_on(string unknown)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        await Assert.That(KernelFixture.ErrorOf(kernel.Send(unknown).Value)).IsEqualTo(Deleted);
        kernel.Send("ko4", "still there");
        await Assert.That(kernel.Method("v1")).IsEqualTo("still there");
    }

    [Test]
    public async Task A_message_to_the_root_of_an_ended_vat_is_rejected_and_other_vats_go_on()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Terminate("v2");
        await Assert.That(KernelFixture.ErrorOf(kernel.Send("ko5").Value)).IsEqualTo(Deleted);
        kernel.Send("ko4");
        await Assert.That(kernel.Executes("v1")).IsTrue();
    }

    [Test]
    public async Task A_message_between_vats_to_an_ended_vat_is_rejected_in_the_sender()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Terminate("v2");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "m", "p+5"), Ask.Subscribe("p+5"));
        PromiseSettlement told = kernel.Delivery<DeliverNotify>("v1").Settlements.Single();
        await Assert.That(told.Promise).IsEqualTo("p+5");
        await Assert.That(KernelFixture.ErrorOf(new Settlement(told.Rejected, told.Value))).IsEqualTo(Deleted);
    }

    [Test]
    public async Task A_message_to_an_unsettled_promise_waits_with_it_and_follows_it()
    {
        KernelFixture kernel = Boot();
        string pending = Pending(kernel);
        Told<Settlement> told = kernel.Send("kp2", "later");
        await Assert.That(kernel.Row("queue.kp2.1")).Contains("later");

        kernel.Do("ko4", "v1", Ask.Fulfill(pending, Ask.Ref("o+5")));
        DeliverMessage message = kernel.Delivery<DeliverMessage>("v1");
        await Assert.That(message.Target).IsEqualTo("o+5");
        await Assert.That(kernel.Method("v1")).IsEqualTo("later");
        await Assert.That(kernel.Keys("queue.kp2")).IsEmpty();
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(told.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task A_message_to_a_promise_fulfilled_with_data_is_rejected()
    {
        KernelFixture kernel = Boot();
        string pending = Pending(kernel);
        Told<Settlement> told = kernel.Send("kp2");
        kernel.Do("ko4", "v1", Ask.Fulfill(pending, Ask.Seven));
        await Assert.That(KernelFixture.ErrorOf(told.Value)).IsEqualTo(BadResolution);
    }

    [Test]
    public async Task A_message_to_a_rejected_promise_is_rejected_with_the_same_value()
    {
        KernelFixture kernel = Boot();
        string pending = Pending(kernel);
        Told<Settlement> told = kernel.Send("kp2");
        kernel.Do("ko4", "v1", Ask.Reject(pending, Ask.Data("#\"because\"")));
        await Assert.That(told.Value.Rejected).IsTrue();
        await Assert.That(told.Value.Value).IsEqualTo(Ask.Data("#\"because\""));
    }

    [Test]
    public async Task A_message_follows_a_promise_fulfilled_to_another_promise_to_the_end()
    {
        KernelFixture kernel = Boot();
        string pending = Pending(kernel);
        kernel.Send("kp2", "early");
        kernel.Do("ko4", "v1", Ask.Fulfill(pending, Ask.Ref("p+5")));
        kernel.Send("kp2", "late");
        kernel.Do("ko4", "v1", Ask.Fulfill("p+5", Ask.Ref("o+7")));
        await Assert.That((kernel.Method("v1"), kernel.Delivery<DeliverMessage>("v1").Target)).IsEqualTo(("early", "o+7"));
        kernel.Answer("v1", Ask.Seven);
        await Assert.That((kernel.Method("v1"), kernel.Delivery<DeliverMessage>("v1").Target)).IsEqualTo(("late", "o+7"));
    }

    [Test]
    public async Task A_message_to_a_promise_whose_value_settled_long_ago_is_delivered()
    {
        KernelFixture kernel = Boot();
        string pending = Pending(kernel);
        kernel.Do("ko4", "v1", Ask.Send("o+0", "hold", null, "p+5"), Ask.Fulfill("p+5", Ask.Ref("o+7")));
        kernel.Finish("v1", Ask.Fulfill(pending, Ask.Ref(kernel.Delivery<DeliverMessage>("v1").Methargs.Slots[0])));
        kernel.Send("kp2", "late");
        await Assert.That((kernel.Method("v1"), kernel.Delivery<DeliverMessage>("v1").Target)).IsEqualTo(("late", "o+7"));
    }

    [Test]
    public async Task Promises_fulfilled_to_each_other_take_no_messages()
    {
        KernelFixture kernel = Boot();
        string pending = Pending(kernel);
        Told<Settlement> told = kernel.Send("kp2");
        kernel.Do("ko4", "v1", new SyscallResolve([
            new PromiseSettlement(pending, false, Ask.Ref("p+5")),
            new PromiseSettlement("p+5", false, Ask.Ref(pending))]));
        await Assert.That(KernelFixture.ErrorOf(told.Value)).IsEqualTo(BadResolution);
    }

    [Test]
    public async Task What_one_sender_sends_on_a_promise_arrives_in_order_across_its_settling()
    {
        KernelFixture kernel = Boot();
        string pending = Pending(kernel);
        kernel.Send("kp2", "one");
        kernel.Send("ko4", "settles");
        kernel.Send("kp2", "two");
        kernel.Answer("v1", Ask.Seven, Ask.Fulfill(pending, Ask.Ref("o+0")));
        kernel.Send("kp2", "three");
        foreach (string expected in (string[])["one", "two", "three"])
        {
            await Assert.That(kernel.Method("v1")).IsEqualTo(expected);
            kernel.Answer("v1", Ask.Seven);
        }
    }

    [Test]
    public async Task A_message_still_in_the_run_queue_goes_behind_those_that_waited_for_the_promise()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "here", null, "p+5"));
        kernel.Finish("v2", Ask.Send("p-1", "one"));
        kernel.Store.Holds = true;
        kernel.Send("ko4");
        kernel.Send("ko5");

        // A full disk keeps the second message in the run queue while the promise settles (K3).
        kernel.After(10);
        kernel.Store.Fail(new StoreFault("the disk is full", CanRetry: true));
        kernel.Settle();
        kernel.Finish("v2", Ask.Send("p-1", "two"));
        kernel.Finish("v1", Ask.Fulfill("p+5", Ask.Ref("o+9")));
        await Assert.That(kernel.Executes("v1")).IsFalse();
        kernel.WakeUntil(() => kernel.Store.Pending is not null);
        kernel.Sync();
        await Assert.That(kernel.Method("v1")).IsEqualTo("one");
        kernel.Finish("v1");
        await Assert.That(kernel.Method("v1")).IsEqualTo("two");
    }

    [Test]
    public async Task A_vat_that_cannot_start_takes_no_new_messages_and_keeps_the_old_ones()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4", "running");
        Told<Settlement> waiting = kernel.Send("ko4", "waiting");
        Told<Done> restarted = kernel.Restart("v1");
        kernel.Answer("v1", Ask.Seven);
        kernel.Finish("v1", new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "no bundle") });
        await Assert.That(restarted.Answer.Failure).IsEqualTo("Failed to restart vat v1 (a): no bundle");
        await Assert.That(KernelFixture.ErrorOf(kernel.Send("ko4").Value))
            .IsEqualTo("[KERNEL:ENDPOINT_UNREACHABLE] Target endpoint is unreachable (terminated or disconnected)");

        kernel.Restart("v1");
        kernel.Finish("v1");
        await Assert.That(kernel.Method("v1")).IsEqualTo("waiting");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(KernelFixture.ErrorOf(waiting.Value)).IsNull();
    }

    /// <summary>Launches v1, whose answer kp2 to a message is owed; returns the vat's name for it.</summary>
    private static string Pending(KernelFixture kernel)
    {
        kernel.Launch("a");
        kernel.Send("ko4", "owe");
        string result = kernel.Delivery<DeliverMessage>("v1").Result!;
        kernel.Finish("v1");
        return result;
    }
}
