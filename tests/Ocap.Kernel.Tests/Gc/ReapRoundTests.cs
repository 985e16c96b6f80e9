using Ocap.Kernel.Api;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>Who is asked for the dead first, who is asked again, and what becomes of what only an ended heap held.</summary>
public sealed class ReapRoundTests : KernelTest
{
    [Test]
    public async Task References_that_a_delivery_brings_count()
    {
        KernelFixture kernel = Ready(6, "a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+10", "o+11", "o+12", "o+13"));
        kernel.Finish("v2");
        await Assert.That(kernel.Executes("v1")).IsFalse();
        kernel.Delivery<DeliverBringOutYourDead>("v2");
        kernel.Finish("v2", Ask.Gc(GcSyscallKind.DropImports, "o-1", "o-2", "o-3", "o-4"), Ask.Gc(GcSyscallKind.RetireImports, "o-1", "o-2", "o-3", "o-4"));
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+10 o+11 o+12 o+13", "retire o+10 o+11 o+12 o+13"]);
        await Assert.That(kernel.Keys("v2.c.o-")).IsEmpty();
    }

    [Test]
    public async Task A_vat_that_others_wait_for_is_asked_when_it_is_at_rest()
    {
        KernelFixture kernel = Ready(5, "a");
        for (int i = 0; i < 6; i++)
        {
            kernel.Send("ko4");
        }

        for (int i = 0; i < 6; i++)
        {
            await Assert.That(kernel.Method("v1")).IsEqualTo("m");
            kernel.Finish("v1");
        }

        kernel.Delivery<DeliverBringOutYourDead>("v1");
    }

    [Test]
    public async Task A_vat_that_is_never_at_rest_is_asked_too()
    {
        KernelFixture kernel = Ready(5, "a");
        kernel.Send("ko4");
        int messages = 0;
        while (kernel.Worker("v1").Delivery is DeliverMessage)
        {
            kernel.Send("ko4");
            kernel.Finish("v1");
            messages++;
            await Assert.That(messages).IsLessThan(30);
        }

        await Assert.That(messages).IsGreaterThan(10);
        kernel.Delivery<DeliverBringOutYourDead>("v1");
    }

    [Test]
    public async Task A_vat_with_more_dead_than_it_may_bring_out_at_once_is_asked_again()
    {
        KernelFixture kernel = Ready(5, "a");
        Told<Done> told = Collect(kernel);
        kernel.Finish("v1", new CrankReport { HasMoreDead = true });
        kernel.Delivery<DeliverBringOutYourDead>("v1");
        await Assert.That(told.IsTold).IsFalse();
        kernel.Finish("v1");
        kernel.Sync();
        await Assert.That(told.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Executes("v1")).IsFalse();
    }

    [Test]
    public async Task On_request_all_are_asked_and_the_answer_comes_when_what_followed_is_durable()
    {
        KernelFixture kernel = Ready(1_000, "a", "b", "c");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+10"));
        kernel.Finish("v2");
        kernel.Store.Holds = true;
        kernel.Send("ko6", "busy");
        kernel.Send("ko6", "waits");
        Told<Done> told = Collect(kernel);
        kernel.Finish("v1");
        kernel.Finish("v2", Ask.Gc(GcSyscallKind.DropImports, "o-1"), Ask.Gc(GcSyscallKind.RetireImports, "o-1"));
        kernel.Finish("v3");
        kernel.Delivery<DeliverBringOutYourDead>("v3");
        kernel.Finish("v3");
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+10", "retire o+10"]);

        // It was told of something and is asked once more: that may have been all that held more.
        kernel.Delivery<DeliverBringOutYourDead>("v1");
        kernel.Finish("v1");
        await Assert.That(told.IsTold).IsFalse();
        kernel.Sync();
        await Assert.That(told.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Keys("ko7")).IsEmpty();
        await Assert.That(kernel.Method("v3")).IsEqualTo("waits");
    }

    [Test]
    public async Task A_request_does_not_wait_for_vats_that_end_or_cannot_start()
    {
        KernelFixture kernel = Ready(1_000, "a", "b");
        kernel.Restart("v2");
        kernel.Finish("v2", new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "no") });
        Told<Done> told = Collect(kernel);
        await Assert.That(told.IsTold).IsFalse();
        kernel.Terminate("v1");
        kernel.Finish("v1", new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "no") });
        kernel.Sync();
        await Assert.That(told.Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task A_vat_that_loses_its_worker_while_it_is_asked_is_asked_again_when_it_is_back()
    {
        KernelFixture kernel = Ready(1_000, "a");
        Told<Done> told = Collect(kernel);
        kernel.Worker("v1").Die(isSuspect: false);
        kernel.Settle();
        kernel.Delivery<StartVat>("v1");
        kernel.Finish("v1");
        kernel.Delivery<DeliverBringOutYourDead>("v1");
        await Assert.That(told.IsTold).IsFalse();
        kernel.Finish("v1");
        kernel.Sync();
        await Assert.That(told.Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task Imports_that_only_the_ended_heap_held_are_let_go()
    {
        KernelFixture kernel = Ready(1_000, "a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+10", "o+11", "o+12"));
        kernel.Finish("v2");
        kernel.Restart("v2");
        kernel.Finish("v2", new CrankReport { HeldImports = new(["o-1"], ["o-2"]) });
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+11 o+12", "retire o+12"]);
        await Assert.That(kernel.Row("v2.c.ko6")).IsEqualTo("R o-1");
        await Assert.That(kernel.Row("v2.c.ko7")).IsEqualTo("_ o-2");
        await Assert.That(kernel.Keys("v2.c.o-3")).IsEmpty();
        await Assert.That(kernel.Keys("ko8")).IsEmpty();
    }

    private KernelFixture Ready(int after, params string[] names)
    {
        KernelFixture kernel = Boot(new KernelOptions { ReapAfter = after });
        kernel.Launch(names);
        kernel.Workers.HaveNoDead = false;
        return kernel;
    }

    private static Told<Done> Collect(KernelFixture kernel) => kernel.Request<Done>((loop, answer) => loop.CollectGarbage(answer));
}
