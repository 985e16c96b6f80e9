using Ocap.Kernel.Api;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>What vats ask of the world outside, and what comes of it (K13, K17, K19).</summary>
public sealed class OutsideTests : KernelTest
{
    private static readonly StartFetch Get = new(1, "GET", "http://h/", [], null, "follow");

    [Test]
    public async Task An_event_is_a_crank_of_its_own_and_its_syscalls_are_committed()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        TestOutside world = Ask(kernel, new StartTimer(1, 10, false));
        world.Happens(1, new TimerFired());
        kernel.Settle();
        await Assert.That(kernel.Delivery<DeliverOutside>("v1").Id).IsEqualTo(1);
        kernel.Finish("v1", new CrankReport { Syscalls = [Fixture.Ask.Send("o-1", "ring")], Vatstore = [new("k", "1")] });
        await Assert.That(kernel.Method("v2")).IsEqualTo("ring");
        await Assert.That(kernel.Loop.Core.State.VatGet(KernelFixture.Vat("v1"), "k")).IsEqualTo("1");
    }

    [Test]
    public async Task Nothing_of_an_event_is_ever_in_the_store()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        TestOutside world = Ask(kernel, new StartTimer(1, 10, true));
        string before = kernel.Store.Dump();
        int written = kernel.Store.Written;
        world.Happens(1, new TimerFired());
        kernel.Settle();
        kernel.Finish("v1");
        world.Happens(1, new TimerFired());
        kernel.Settle();
        await Assert.That(kernel.Store.Dump()).IsEqualTo(before);
        kernel.Finish("v1");
        await Assert.That(kernel.Store.Written).IsEqualTo(written).Because("such cranks wrote nothing");
    }

    [Test]
    public async Task A_crank_that_is_undone_asks_for_nothing()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Outside = [new StartTimer(1, 10, false)], Syscalls = [Fixture.Ask.Fail()] });
        await Assert.That(kernel.World.All.Single().Asked).IsEmpty();
        await Assert.That(kernel.World.All.Single().HasEnded).IsTrue();
    }

    [Test]
    public async Task What_startVat_asks_for_waits_until_the_launch_is_whole()
    {
        KernelFixture kernel = Boot();
        kernel.BeginLaunch("a", "b");
        kernel.Finish("v1", new CrankReport { Outside = [new StartTimer(1, 10, false)] });
        await Assert.That(kernel.World.All[0].Asked).IsEmpty();
        kernel.Finish("v2");
        await Assert.That(kernel.World.All[0].Asked.Single()).IsEqualTo(new StartTimer(1, 10, false));
        kernel.Answer("v1", CapData.Undefined);
    }

    [Test]
    public async Task A_request_leaves_when_its_crank_is_durable_and_a_timer_at_once()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport
        {
            Outside = [Get, new StartTimer(2, 10, false)],
            Syscalls = [Fixture.Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, Fixture.Ask.Seven)],
        });
        await Assert.That(kernel.World.All.Single().Asked.Single()).IsTypeOf<StartTimer>();
        kernel.Sync();
        await Assert.That(kernel.World.All.Single().Asked[^1]).IsTypeOf<StartFetch>();
        await Assert.That(told.IsTold).IsTrue();
    }

    [Test]
    public async Task A_request_that_is_cancelled_before_it_left_never_leaves()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        Ask(kernel, Get);
        Ask(kernel, new CancelRequest(1));
        kernel.Sync();
        await Assert.That(kernel.World.All.Single().Asked).DoesNotContain(Get);
    }

    [Test]
    public async Task A_request_of_a_vat_that_ended_before_it_was_durable_never_leaves()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        Ask(kernel, Get);
        kernel.Terminate("v1");
        kernel.Sync();
        await Assert.That(kernel.World.All.Single().Asked).IsEmpty();
    }

    [Test]
    public async Task An_event_that_was_cancelled_while_it_waited_is_not_delivered()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        TestOutside world = Ask(kernel, new StartTimer(1, 10, false), new StartTimer(2, 10, false));
        kernel.Send("ko4", "busy");
        world.Happens(1, new TimerFired());
        world.Happens(2, new TimerFired());
        kernel.Settle();
        kernel.Finish("v1", new CrankReport { Outside = [new CancelRequest(1)] });
        await Assert.That(kernel.Delivery<DeliverOutside>("v1").Id).IsEqualTo(2);
        kernel.Finish("v1");
        await Assert.That(kernel.Executes("v1")).IsFalse();
    }

    [Test]
    [Arguments("restart")]
    [Arguments("terminate")]
    [Arguments("clear")]
    public async Task Events_of_an_ended_heap_reach_nobody(string how)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        TestOutside world = Ask(kernel, new StartTimer(1, 10, true));
        switch (how)
        {
            case "restart":
                kernel.Restart("v1");
                kernel.Finish("v1");
                break;
            case "terminate":
                kernel.Terminate("v1");
                break;
            default:
                kernel.Request<Done>((loop, answer) => loop.ClearState(answer));
                kernel.Launch("a");
                break;
        }

        await Assert.That(world.HasEnded).IsTrue();
        world.Happens(1, new TimerFired());
        kernel.Settle();
        await Assert.That(kernel.Workers.Executing).IsEmpty();
    }

    [Test]
    public async Task Ids_start_anew_with_the_heap()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        TestOutside old = Ask(kernel, new StartTimer(1, 10, true));
        kernel.Restart("v1");
        kernel.Finish("v1");
        TestOutside world = Ask(kernel, new StartTimer(1, 10, true));
        old.Happens(1, new TimerFired());
        kernel.Settle();
        await Assert.That(kernel.Workers.Executing).IsEmpty();
        world.Happens(1, new TimerFired());
        kernel.Settle();
        await Assert.That(kernel.Delivery<DeliverOutside>("v1").Id).IsEqualTo(1);
        kernel.Finish("v1");
    }

    [Test]
    public async Task Events_and_messages_of_one_vat_take_turns()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        TestOutside world = Ask(kernel, [.. Enumerable.Range(1, 4).Select(id => new StartTimer(id, 10, false))]);
        for (int i = 1; i <= 4; i++)
        {
            kernel.Send("ko4", "m" + i);
        }

        for (int id = 1; id <= 4; id++)
        {
            world.Happens(id, new TimerFired());
        }

        kernel.Settle();
        var order = new List<string>();
        while (kernel.Executes("v1"))
        {
            order.Add(kernel.Worker("v1").Delivery is DeliverOutside happening ? "t" + happening.Id : kernel.Method("v1"));
            kernel.Finish("v1");
        }

        await Assert.That(string.Join(' ', order)).IsEqualTo("m1 t1 m2 t2 m3 t3 m4 t4");
    }

    [Test]
    public async Task A_vat_flooded_with_events_does_not_keep_the_others_waiting()
    {
        KernelFixture kernel = Boot(new KernelOptions { Lanes = 1 });
        kernel.Launch("a", "b");
        TestOutside world = Ask(kernel, new StartTimer(1, 10, true));
        world.Happens(1, new TimerFired());
        kernel.Settle();
        kernel.Send("ko5", "hello");
        world.Happens(1, new TimerFired());
        kernel.Settle();
        kernel.Finish("v1");
        await Assert.That(kernel.Method("v2")).IsEqualTo("hello");
        kernel.Finish("v2");
        await Assert.That(kernel.Delivery<DeliverOutside>("v1").Id).IsEqualTo(1);
        kernel.Finish("v1");
    }

    [Test]
    public async Task An_interval_is_set_anew_when_the_vat_has_been_told_so_that_firings_do_not_pile_up()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        TestOutside world = Ask(kernel, new StartTimer(1, 10, true));
        kernel.Send("ko4", "busy");
        world.Happens(1, new TimerFired());
        kernel.Settle();
        await Assert.That(world.Asked.Count).IsEqualTo(1);
        kernel.Finish("v1");
        await Assert.That(kernel.Delivery<DeliverOutside>("v1").Id).IsEqualTo(1);
        await Assert.That(world.Asked.Count).IsEqualTo(2);
        kernel.Finish("v1", new CrankReport { Outside = [new CancelRequest(1)] });
        await Assert.That(world.UnderWay).IsEmpty();
    }

    [Test]
    public async Task Reading_more_files_at_once_than_is_allowed_ends_the_vat()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Outside = [.. Enumerable.Range(1, 9).Select(id => new ReadFile(id, "/f"))] });
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] more than 8 files");
    }

    [Test]
    public async Task Asking_for_more_than_is_allowed_ends_the_vat()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Outside = [.. Enumerable.Range(1, 10_001).Select(id => new StartTimer(id, 10, false))] });
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] more than 10000 requests");
    }

    [Test]
    public async Task Two_requests_of_one_name_in_one_crank_end_the_vat()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Outside = [new StartTimer(1, 10, false), new StartTimer(1, 1_000_000_000, false)] });
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] request 1 to the outside is still under way");
    }

    [Test]
    public async Task A_stopping_kernel_ends_the_outside_world_of_its_vats()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        TestOutside world = Ask(kernel, new StartTimer(1, 10, true));
        kernel.Loop.Stop(static () => { });
        kernel.Settle();
        await Assert.That(world.HasEnded).IsTrue();
        world.Happens(1, new TimerFired());
        kernel.Settle();
        await Assert.That(kernel.Workers.Executing).IsEmpty();
    }

    [Test]
    public async Task A_worker_that_breaks_when_it_is_ended_does_not_keep_the_kernel_from_stopping()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.MayBreak = true;
        kernel.Workers.All[0].FailsToEnd = true;
        bool stopped = false;
        kernel.Loop.Stop(() => stopped = true);
        kernel.Settle();
        await Assert.That(stopped).IsTrue();
        await Assert.That(kernel.Workers.All[1].HasEnded).IsTrue();
    }

    /// <summary>Has v1 ask for something in a crank of its own.</summary>
    private static TestOutside Ask(KernelFixture kernel, params OutsideRequest[] requests)
    {
        kernel.Send("ko4", "ask");
        kernel.Finish("v1", new CrankReport
        {
            Outside = requests,
            Syscalls = [Fixture.Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, Fixture.Ask.Seven)],
        });
        return kernel.World.All.FindLast(world => world.Vat == KernelFixture.Vat("v1"))!;
    }
}
