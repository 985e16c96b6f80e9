using Ocap.Kernel.Api;
using Ocap.Kernel.Services;
using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Tests.Services;

/// <summary>Calls of kernel services: from a vat's message to the answer, and what becomes of them when somebody ends meanwhile (K17, K18).</summary>
public sealed class ServiceCallTests : KernelTest
{
    private const string Clock = ",\"services\":[\"clock\"]";

    [Test]
    public async Task A_service_sees_krefs_and_its_answer_reaches_the_vat()
    {
        KernelFixture kernel = Boot(TestService.As("greeter", TestService.Greeter()));
        Bootstrap(kernel, ",\"services\":[\"greeter\"]", Ask.Send("o-1", "hello", "p+5", "o+7"), Ask.Subscribe("p+5"));
        kernel.Collect("v1");

        // One extra service: it is ko4, the root ko5, and what the vat exports ko6.
        await Assert.That(kernel.Row("kernelService.greeter")).IsEqualTo("ko4");
        PromiseSettlement told = kernel.Delivery<DeliverNotify>("v1").Settlements.Single();
        await Assert.That(told).IsEqualTo(new PromiseSettlement("p+5", false, Ask.Data("#\"hello -- ko6\"")));
        kernel.Finish("v1");
    }

    [Test]
    public async Task A_method_it_does_not_have_is_rejected_with_the_names_of_those_it_has()
    {
        KernelFixture kernel = Boot(TestService.As("clock", new TestService("tick", "alarm")));
        await Assert.That(KernelFixture.ErrorOf(kernel.Send("ko4", "fly").Value))
            .IsEqualTo("[KERNEL:DELIVERY_FAILED] target has no method \"fly\", has [\"__getMethodNames__\",\"alarm\",\"tick\"]");
        await Assert.That(kernel.Send("ko4", "__getMethodNames__").Value.Value.Body).IsEqualTo("#[\"__getMethodNames__\",\"alarm\",\"tick\"]");
    }

    [Test]
    public async Task What_a_service_throws_and_what_it_rejects_with_rejects_the_call()
    {
        KernelFixture kernel = Boot(TestService.As("clock", new TestService("tick") { Does = static _ => throw new InvalidOperationException("no batteries") }));
        await Assert.That(KernelFixture.ErrorOf(kernel.Send("ko4", "tick").Value)).IsEqualTo("[KERNEL:DELIVERY_FAILED] no batteries");

        KernelFixture other = Boot(TestService.As("clock", new TestService("tick") { Does = static call => call.Reject("broken") }));
        await Assert.That(KernelFixture.ErrorOf(other.Send("ko4", "tick").Value)).IsEqualTo("[KERNEL:DELIVERY_FAILED] broken");
    }

    [Test]
    public async Task A_service_is_called_only_when_the_delivery_that_asked_is_durable()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        Bootstrap(kernel, Clock);
        kernel.Store.Holds = true;
        kernel.Send("ko5", "go");
        kernel.Finish("v1", Ask.Send("o-1", "tick", "p+5"), Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, CapData.Undefined));
        await Assert.That(service.Calls).IsEmpty();
        kernel.Sync();
        await Assert.That(service.Calls.Count).IsEqualTo(1);
        service.Calls[0].Fulfill(new Passable.Number(7));
        kernel.Settle();
        kernel.Sync();
    }

    [Test]
    public async Task A_disk_that_refuses_keeps_a_service_from_being_called_until_it_takes_the_write_and_then_it_is_called_once()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        kernel.Store.Holds = true;
        Told<Settlement> told = kernel.Send("ko4", "tick");
        kernel.Store.Fail(new StoreFault("disk full", CanRetry: true));
        kernel.Settle();
        await Assert.That(service.Calls).IsEmpty();
        kernel.WakeUntil(() => kernel.Store.Pending is not null);
        kernel.Sync();
        await Assert.That(service.Calls.Count).IsEqualTo(1);
        service.Calls[0].Fulfill(new Passable.Number(7));
        kernel.Settle();
        kernel.Sync();
        await Assert.That(told.Value.Value).IsEqualTo(Ask.Seven);
        await Assert.That(service.Calls.Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_call_holds_what_it_mentions_until_it_is_answered_and_nothing_after()
    {
        var service = new TestService("keep");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        Bootstrap(kernel, Clock, Ask.Send("o-1", "keep", "p+5", "o+7"), Ask.Subscribe("p+5"));
        await Assert.That(kernel.Row("ko6.refCount")).IsEqualTo("1,1");
        await Assert.That(kernel.Keys("serviceCall.").Length).IsEqualTo(1);
        service.Calls[0].Fulfill(service.Arguments[0][0]);
        kernel.Settle();
        await Assert.That(kernel.Delivery<DeliverNotify>("v1").Settlements[0].Value.Slots).IsEquivalentTo(["o+7"]);
        kernel.Finish("v1");
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+7", "retire o+7"]);
        await Assert.That(kernel.Keys("serviceCall.")).IsEmpty();
        await Assert.That(kernel.Row("ko6.refCount")).IsNull();
    }

    [Test]
    public async Task A_call_that_waits_does_not_keep_what_it_was_called_with()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        kernel.Send("ko4", "tick");
        await Assert.That(() => service.Calls[0].Arguments()).Throws<InvalidOperationException>();
    }

    [Test]
    public async Task A_call_is_answered_once()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        Told<Settlement> told = kernel.Send("ko4", "tick");
        service.Calls[0].Fulfill(new Passable.Number(7));
        service.Calls[0].Reject("too late");
        kernel.Settle();
        await Assert.That(told.Value).IsEqualTo(new Settlement(false, Ask.Seven));
    }

    [Test]
    public async Task A_message_nobody_wants_an_answer_to_is_a_call_too()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        Bootstrap(kernel, Clock, Ask.Send("o-1", "tick", null, "o+7"));
        await Assert.That(service.Calls.Count).IsEqualTo(1);
        service.Calls[0].Fulfill(Passable.Undefined);
        kernel.Settle();
        await Assert.That(kernel.Keys("serviceCall.")).IsEmpty();
    }

    [Test]
    public async Task Messages_to_the_answer_wait_for_it_and_follow_it()
    {
        var service = new TestService("find");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        Bootstrap(kernel, Clock, Ask.Send("o-1", "find", "p+5", "o+7"), Ask.Send("p+5", "pipelined", "p+6"));
        await Assert.That(kernel.Executes("v1")).IsFalse();
        service.Calls[0].Fulfill(service.Arguments[0][0]);
        kernel.Settle();
        await Assert.That(kernel.Method("v1")).IsEqualTo("pipelined");
        await Assert.That(kernel.Delivery<DeliverMessage>("v1").Target).IsEqualTo("o+7");
        kernel.Answer("v1", CapData.Undefined);
    }

    [Test]
    public async Task What_a_service_names_must_be_there()
    {
        KernelFixture kernel = Boot(TestService.As("clock", new TestService("find")
        {
            Does = static call => call.Fulfill(new Passable.Remotable("ko99", Passable.Remotable.NoIface)),
        }));
        await Assert.That(KernelFixture.ErrorOf(kernel.Send("ko4", "find").Value)).StartsWith("[KERNEL:OBJECT_DELETED] ");
    }

    [Test]
    public async Task A_call_that_a_process_did_not_live_to_answer_is_rejected_by_the_next()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        Bootstrap(kernel, Clock, Ask.Send("o-1", "tick", "p+5", "o+7"), Ask.Subscribe("p+5"), Ask.Send("p+5", "pipelined", "p+6"), Ask.Subscribe("p+6"));
        await Assert.That(service.Calls.Count).IsEqualTo(1);
        var again = new TestService("tick");
        KernelFixture next = Watch(kernel.Crash(TestService.As("clock", again)));
        next.Finish("v1", new CrankReport { WatchedPromises = ["p+5", "p+6"] });

        // Its heap is new, but what it watches durably is told.
        string[] errors = [.. Notified(next, 2).Select(static told => SmallcapsError.TryRead(told.Value, out _, out string? message) ? message : "")];
        await Assert.That(errors).IsEquivalentTo(Enumerable.Repeat(KernelErrorText, 2));
        await Assert.That(again.Calls).IsEmpty();
        await Assert.That(next.Keys("serviceCall.")).IsEmpty();
        await Assert.That(next.Keys("kp").Any(static key => key.EndsWith(".decider", StringComparison.Ordinal))).IsFalse();
    }

    [Test]
    public async Task An_answer_after_its_asker_has_ended_is_taken_by_nobody_and_says_so()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        Bootstrap(kernel, Clock, Ask.Send("o-1", "tick", "p+5", "o+7"), Ask.Subscribe("p+5"));
        kernel.Terminate("v1");
        var received = new List<bool>();
        service.Calls[0].Fulfill(Passable.Undefined, received.Add);
        kernel.Settle();
        await Assert.That(received).IsEquivalentTo([false]);
        await Assert.That(kernel.Keys("serviceCall.")).IsEmpty();
        await Assert.That(kernel.Keys("kp")).IsEmpty();
    }

    [Test]
    public async Task An_answer_that_is_received_says_so()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        Bootstrap(kernel, Clock, Ask.Send("o-1", "tick", "p+5"), Ask.Subscribe("p+5"));
        var received = new List<bool>();
        service.Calls[0].Fulfill(Passable.Undefined, received.Add);
        kernel.Settle();
        await Assert.That(received).IsEquivalentTo([true]);
        kernel.Finish("v1");
    }

    [Test]
    public async Task After_clearState_an_old_answer_is_taken_by_nobody()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        Told<Settlement> old = kernel.Send("ko4", "tick");
        kernel.Request<Done>((loop, answer) => loop.ClearState(answer));
        await Assert.That(KernelFixture.ErrorOf(old.Value)).StartsWith("[KERNEL:VAT_TERMINATED] ");
        Told<Settlement> anew = kernel.Send("ko4", "tick");
        var received = new List<bool>();
        service.Calls[0].Fulfill(new Passable.Number(1), received.Add);
        kernel.Settle();
        await Assert.That(received).IsEquivalentTo([false]);
        await Assert.That(anew.IsTold).IsFalse();
        service.Calls[1].Fulfill(new Passable.Number(7));
        kernel.Settle();
        await Assert.That(anew.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task A_service_that_does_not_answer_takes_so_many_calls_and_then_refuses()
    {
        var service = new TestService("tick");
        KernelFixture kernel = Boot(TestService.As("clock", service));
        for (int i = 0; i < ServiceCalls.MostAtOnce; i++)
        {
            kernel.Loop.QueueMessage(Refs.KRef.Object(4), Ask.Call("tick"), static _ => { });
        }

        kernel.Settle();
        await Assert.That(KernelFixture.ErrorOf(kernel.Send("ko4", "tick").Value)).Contains("has 10000 calls that it has not answered");
        service.Calls[0].Fulfill(Passable.Undefined);
        kernel.Settle();
        Told<Settlement> there = kernel.Send("ko4", "tick");
        await Assert.That(there.IsTold).IsFalse();
        service.Calls[^1].Fulfill(new Passable.Number(7));
        kernel.Settle();
        await Assert.That(there.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task Two_services_of_one_name_are_refused()
    {
        var twice = new KernelServiceRegistration("clock", new TestService());
        await Assert.That(() => { _ = Boot(new KernelOptions { Services = [twice, twice] }); })
            .Throws<ArgumentException>().WithMessage("Kernel service \"clock\" is already registered");
    }

    [Test]
    public async Task A_stored_service_that_this_kernel_does_not_have_rejects_and_keeps_its_place()
    {
        KernelFixture kernel = Boot(TestService.As("clock", new TestService("tick")));
        KernelFixture without = Watch(kernel.Crash());
        await Assert.That(KernelFixture.ErrorOf(without.Send("ko4", "tick").Value)).IsEqualTo("[KERNEL:DELIVERY_FAILED] The kernel service behind ko4 is not available");
        var back = new TestService("tick") { Does = static call => call.Fulfill(new Passable.Number(7)) };
        KernelFixture with = Watch(without.Crash(TestService.As("clock", back)));
        await Assert.That(with.Send("ko4", "tick").Value.Value).IsEqualTo(Ask.Seven);
    }

    private static string KernelErrorText => SmallcapsError.TryRead(ServiceCalls.Lost, out _, out string? message) ? message : "";

    private static List<PromiseSettlement> Notified(KernelFixture kernel, int count)
    {
        var told = new List<PromiseSettlement>();
        while (told.Count < count)
        {
            told.AddRange(kernel.Delivery<DeliverNotify>("v1").Settlements);
            kernel.Finish("v1");
        }

        return told;
    }

    /// <summary>Launches one vat; its bootstrap, in which the service is <c>o-1</c>, makes these syscalls.</summary>
    private static void Bootstrap(KernelFixture kernel, string more, params VatSyscall[] syscalls)
    {
        kernel.BeginLaunch(KernelFixture.Config(["a"], more));
        kernel.Finish("v1");
        kernel.Answer("v1", CapData.Undefined, syscalls);
    }
}
