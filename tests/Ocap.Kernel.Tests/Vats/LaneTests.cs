using Ocap.Kernel.Api;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>How many cranks execute at once, and that no vat delays another (K22).</summary>
public sealed class LaneTests : KernelTest
{
    [Test]
    public async Task Cranks_of_different_vats_overlap_and_those_of_one_vat_do_not()
    {
        KernelFixture kernel = Boot(new KernelOptions { Lanes = 4 });
        kernel.Launch("a", "b");
        kernel.Send("ko4", "one");
        kernel.Send("ko4", "two");
        kernel.Send("ko5", "three");
        await Assert.That(kernel.Workers.Executing.Count).IsEqualTo(2);
        await Assert.That((kernel.Method("v1"), kernel.Method("v2"))).IsEqualTo(("one", "three"));
        kernel.Answer("v2", Ask.Seven);
        await Assert.That(kernel.Method("v1")).IsEqualTo("one");
        await Assert.That(kernel.Executes("v2")).IsFalse();
    }

    [Test]
    public async Task With_one_lane_there_is_never_more_than_one_crank_however_old_it_is()
    {
        KernelFixture kernel = Boot(new KernelOptions { Lanes = 1 });
        kernel.Launch("a", "b");
        kernel.Send("ko4");
        kernel.Send("ko5");
        kernel.After(10_000);
        await Assert.That(kernel.Workers.Executing.Count).IsEqualTo(1);
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Executes("v2")).IsTrue();
    }

    [Test]
    public async Task With_one_lane_items_are_delivered_in_queue_order()
    {
        KernelFixture kernel = Boot(new KernelOptions { Lanes = 1 });
        kernel.Launch("a", "b");
        kernel.Send("ko4", "1");
        kernel.Send("ko5", "2");
        kernel.Send("ko4", "3");
        kernel.Send("ko5", "4");
        foreach ((string vat, string method) in ((string, string)[])[("v1", "1"), ("v2", "2"), ("v1", "3"), ("v2", "4")])
        {
            await Assert.That(kernel.Method(vat)).IsEqualTo(method);
            kernel.Answer(vat, Ask.Seven);
        }
    }

    [Test]
    public async Task Who_has_little_to_do_does_not_wait_until_all_is_done_that_others_have_queued_before()
    {
        KernelFixture kernel = Boot(new KernelOptions { Lanes = 2 });
        kernel.Launch("a", "b", "c");
        for (int i = 0; i < 20; i++)
        {
            kernel.Send("ko4");
            kernel.Send("ko5");
        }

        kernel.Send("ko6", "late");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Method("v3")).IsEqualTo("late");
    }

    [Test]
    public async Task Nor_until_all_is_done_that_needs_no_vat()
    {
        KernelFixture kernel = Boot(new KernelOptions { Lanes = 2 });
        kernel.Launch("a", "b");
        kernel.Send("ko4");
        kernel.Finish("v1", [Ask.Send("o-1", "m", "p+1"), .. Enumerable.Range(1, 50).Select(static i => Ask.Send("p+1", $"waits{i}")), Ask.Send("o-1", "late")]);
        kernel.Finish("v2");
        await Assert.That(kernel.Method("v2")).IsEqualTo("late");
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task Nor_does_an_event_or_a_start_wait_for_all_that(bool isEvent)
    {
        KernelFixture kernel = Boot(new KernelOptions { Lanes = 2 });
        kernel.Launch("a", "b");
        kernel.Send("ko5");
        kernel.Finish("v2", new CrankReport { Outside = [new StartTimer(1, 5, false)] });
        kernel.Send("ko4");
        kernel.Worker("v1").Finish(new CrankReport { Syscalls = [.. Enumerable.Range(1, 50).Select(static i => Ask.Send("p+1", $"waits{i}"))] });
        if (isEvent)
        {
            kernel.World.All[1].Happens(1, new TimerFired());
        }
        else
        {
            kernel.Loop.RestartVat(KernelFixture.Vat("v2"), static _ => { });
        }

        for (int steps = 0; !kernel.Executes("v2"); steps++)
        {
            await Assert.That(steps).IsLessThan(5);
            kernel.Powers.Round(kernel.Loop, steps: 1);
        }

        kernel.Settle();
        await Assert.That(kernel.Loop.Core.Queue.Count).IsEqualTo(0);
    }

    [Test]
    public async Task A_crank_older_than_20_milliseconds_gives_its_slot_back_and_goes_on()
    {
        KernelFixture kernel = Boot(new KernelOptions { Lanes = 2 });
        kernel.Launch("a", "b", "c");
        Told<Settlement> first = kernel.Send("ko4");
        kernel.Send("ko5");
        kernel.Send("ko6");
        await Assert.That(kernel.Executes("v3")).IsFalse();
        kernel.After(19);
        await Assert.That(kernel.Executes("v3")).IsFalse();
        kernel.WakeUntil(() => kernel.Executes("v3"));
        await Assert.That(kernel.Workers.Executing.Count).IsEqualTo(3);
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(first.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task Vats_that_never_return_delay_nobody()
    {
        KernelFixture kernel = Boot(new KernelOptions { Lanes = 2 });
        kernel.Launch("a", "b", "c");
        kernel.Send("ko4");
        kernel.Send("ko5");
        for (int i = 0; i < 5; i++)
        {
            Told<Settlement> told = kernel.Send("ko6");
            kernel.WakeUntil(() => kernel.Executes("v3"));
            kernel.Answer("v3", Ask.Seven);
            await Assert.That(told.IsTold).IsTrue();
        }

        await Assert.That(kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).IsTold).IsTrue();
        await Assert.That(kernel.Terminate("v3").Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task A_wanted_vat_starts_before_those_nobody_wants()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b", "c");
        kernel = Watch(kernel.Crash(new KernelOptions { Lanes = 1 }));
        kernel.Delivery<StartVat>("v1");
        kernel.Send("ko6", "wanted");
        kernel.Finish("v1");
        kernel.Delivery<StartVat>("v3");
        kernel.Finish("v3");
        await Assert.That(kernel.Method("v3")).IsEqualTo("wanted");
        kernel.Answer("v3", Ask.Seven);
        kernel.Delivery<StartVat>("v2");
    }
}
