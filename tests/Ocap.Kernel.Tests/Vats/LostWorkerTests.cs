using Ocap.Kernel.Api;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>A worker whose process dies takes a heap with it, and nothing else (K10, K12).</summary>
public sealed class LostWorkerTests : KernelTest
{
    [Test]
    public async Task The_message_it_was_executing_is_delivered_to_the_next_heap_before_those_behind_it()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> first = kernel.Send("ko4", "first");
        Told<Settlement> second = kernel.Send("ko4", "second");
        Lose(kernel, "v1", isSuspect: true);
        kernel.Delivery<StartVat>("v1");
        kernel.Finish("v1");
        await Assert.That(kernel.Method("v1")).IsEqualTo("first");
        kernel.Answer("v1", Ask.Seven);
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(first.Value.Value).IsEqualTo(Ask.Seven);
        await Assert.That(second.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task What_it_had_reported_before_it_died_is_kept()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        HeldWorker worker = kernel.Worker("v1");
        worker.Finish(new CrankReport { Syscalls = [Ask.Fulfill(((DeliverMessage)worker.Delivery!).Result!, Ask.Seven)], Vatstore = [new("n", "1")] });
        worker.Die(isSuspect: false);
        kernel.Settle();
        await Assert.That(told.Value.Value).IsEqualTo(Ask.Seven);
        await Assert.That(kernel.Worker("v1").Client.VatstoreGet("n")).IsEqualTo("1");
        await Assert.That(kernel.Worker("v1").ToRun.IsSuspect).IsFalse();
    }

    [Test]
    public async Task Promises_that_the_heap_decided_are_rejected()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> owed = kernel.Send("ko4");
        HeldWorker worker = kernel.Worker("v1");
        kernel.Finish("v1");
        worker.Die(isSuspect: false);
        kernel.Settle();
        kernel.Finish("v1");
        await Assert.That(KernelFixture.ErrorOf(owed.Value)).StartsWith("[KERNEL:VAT_RESTARTED] ");
    }

    [Test]
    public async Task A_suspect_is_kept_apart_until_it_has_got_its_item_done()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        await Assert.That(kernel.Workers.All[^1].ToRun.IsSuspect).IsFalse();
        kernel.Send("ko4");
        Lose(kernel, "v1", isSuspect: true);
        await Assert.That(kernel.Worker("v1").ToRun.IsSuspect).IsTrue();
        kernel.Finish("v1");
        kernel.Answer("v1", Ask.Seven);
        kernel.Restart("v1");
        await Assert.That(kernel.Worker("v1").ToRun.IsSuspect).IsFalse();
    }

    [Test]
    public async Task An_item_that_costs_three_workers_in_a_row_ends_its_vat_and_nothing_is_tried_for_ever()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        Told<Settlement> deadly = kernel.Send("ko4");
        for (int loss = 0; loss < 2; loss++)
        {
            Lose(kernel, "v1", isSuspect: true);
            kernel.Finish("v1");
            await Assert.That(deadly.IsTold).IsFalse();
        }

        Lose(kernel, "v1", isSuspect: true);
        await Assert.That(KernelFixture.ErrorOf(deadly.Value)).StartsWith("[KERNEL:VAT_FATAL:WORKER_LOST] its worker died 3 times in a row");
        await Assert.That(kernel.Loop.Core.Lanes.Vats).IsEquivalentTo([KernelFixture.Vat("v2")]);
        await Assert.That(kernel.Executes("v1")).IsFalse();
    }

    [Test]
    public async Task An_event_that_costs_its_worker_again_and_again_ends_the_vat_whatever_gets_done_in_between()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Restart("v1");
        for (int loss = 0; loss < 3; loss++)
        {
            // Each heap sets its timer anew, and has time for a message before it fires.
            kernel.Finish("v1", new CrankReport { Outside = [new StartTimer(1, 10, false)] });
            Told<Settlement> asked = kernel.Send("ko4");
            kernel.Answer("v1", Ask.Seven);
            await Assert.That(asked.Value.Value).IsEqualTo(Ask.Seven);
            await Assert.That(kernel.Workers.All.Last(worker => worker.Vat.ToString() == "v1").ToRun.IsSuspect).IsEqualTo(loss > 0);
            kernel.World.All.Last(world => !world.HasEnded && world.Asked.Count > 0).Happens(1, new TimerFired());
            kernel.Settle();
            kernel.Delivery<DeliverOutside>("v1");
            Lose(kernel, "v1", isSuspect: true);
        }

        await Assert.That(kernel.Loop.Core.Lanes.Vats).IsEquivalentTo([KernelFixture.Vat("v2")]);
        await Assert.That(kernel.Executes("v1")).IsFalse();
        await Assert.That(KernelFixture.ErrorOf(kernel.Send("ko4").Value)).StartsWith("[KERNEL:OBJECT_DELETED]");
    }

    [Test]
    [Arguments(1_000, false)]
    [Arguments(120_000, true)]
    public async Task A_vat_that_loses_its_worker_many_times_in_a_while_is_ended_and_one_that_does_so_now_and_then_is_not(int apart, bool lives)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        for (int loss = 0; loss < 12; loss++)
        {
            // Whatever it is that kills them, it never does so twice in a row.
            Told<Settlement> asked = kernel.Send("ko4");
            Lose(kernel, "v1", isSuspect: true);
            kernel.After(apart);
            if (loss < 11 || lives)
            {
                kernel.Finish("v1");
                kernel.Answer("v1", Ask.Seven);
                await Assert.That(asked.Value.Value).IsEqualTo(Ask.Seven);
            }
            else
            {
                await Assert.That(KernelFixture.ErrorOf(asked.Value)).StartsWith("[KERNEL:VAT_FATAL:WORKER_LOST] its worker died 12 times within 10 minutes");
            }
        }

        await Assert.That(kernel.Loop.Core.Lanes.Count).IsEqualTo(lives ? 2 : 1);
    }

    [Test]
    public async Task A_vat_that_only_was_there_when_others_died_is_never_ended()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        for (int loss = 0; loss < 10; loss++)
        {
            Lose(kernel, "v1", isSuspect: false);
            kernel.Finish("v1");
        }

        kernel.Answer("v1", Ask.Seven);
        await Assert.That(told.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task A_vat_whose_start_costs_three_workers_is_reported_and_can_be_restarted()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Done> restarted = kernel.Restart("v1");
        Lose(kernel, "v1", isSuspect: true);
        await Assert.That(kernel.Delivery<StartVat>("v1").BundleHash).IsNull();
        Lose(kernel, "v1", isSuspect: true);
        Lose(kernel, "v1", isSuspect: true);
        await Assert.That(restarted.Answer.Failure).StartsWith("Failed to restart vat v1 (a): its worker died 3 times in a row");
        restarted = kernel.Restart("v1");
        kernel.Finish("v1");
        await Assert.That(restarted.Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task A_vat_that_starts_in_between_may_lose_its_worker_in_more_than_three_starts()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Restart("v1");
        for (int loss = 0; loss < 5; loss++)
        {
            Lose(kernel, "v1", isSuspect: true);
            HeldWorker started = kernel.Worker("v1");
            kernel.Finish("v1");
            await Assert.That(kernel.Loop.Core.Lanes.Find(KernelFixture.Vat("v1"))!.State).IsEqualTo(LaneState.Running);
            started.Die(isSuspect: false);
            kernel.Settle();
            await Assert.That(kernel.Worker("v1").ToRun.IsSuspect).IsFalse();
        }
    }

    [Test]
    public async Task A_collection_that_costs_three_workers_in_a_row_ends_the_vat_whatever_gets_done_in_between()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Do("ko4", "v1", Ask.Fulfill("p+5", Ask.Ref("o+d10/1")));
        for (int loss = 0; loss < 3; loss++)
        {
            kernel.Delivery<DeliverDropExports>("v1");
            Lose(kernel, "v1", isSuspect: true);
            if (loss < 2)
            {
                kernel.Finish("v1");
            }
        }

        await Assert.That(kernel.Loop.Core.Lanes.Count).IsEqualTo(0);
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task A_vat_for_which_there_is_no_worker_now_is_started_when_there_is_one_however_often_it_was_tried(bool isLaunched)
    {
        KernelFixture kernel = Boot();
        if (isLaunched)
        {
            kernel.Launch("a");
            kernel.Workers.All[^1].Die(isSuspect: false);
            kernel.Settle();
        }
        else
        {
            kernel.BeginLaunch("a");
        }

        Told<Settlement>? asked = isLaunched ? kernel.Send("ko4") : null;
        long began = kernel.Powers.Milliseconds;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            // Its host could not be started: that is said by the host that was to be.
            kernel.Worker("v1").Die(isSuspect: false);
            kernel.Settle();
            await Assert.That(kernel.Executes("v1")).IsFalse();
            kernel.WakeUntil(() => kernel.Executes("v1"));
            await Assert.That(kernel.Worker("v1").ToRun.IsSuspect).IsFalse();
        }

        await Assert.That(kernel.Powers.Milliseconds - began).IsEqualTo(200 + 400 + 800 + 1_600 + 3_200);
        kernel.Finish("v1");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(asked?.Value.Value ?? Ask.Seven).IsEqualTo(Ask.Seven);
        await Assert.That(kernel.Loop.Core.Lanes.Find(KernelFixture.Vat("v1"))!.State).IsEqualTo(LaneState.Running);
    }

    [Test]
    public async Task A_start_that_was_put_off_is_tried_at_once_when_somebody_restarts_the_vat_and_not_at_all_when_it_ends()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Workers.CannotCreate = true;
        foreach (HeldWorker worker in kernel.Workers.All.ToArray())
        {
            worker.Die(isSuspect: false);
        }

        kernel.Settle();
        await Assert.That(kernel.Request<Done>((loop, answer) => loop.PingVat(KernelFixture.Vat("v1"), answer)).Answer.Failure).IsEqualTo("Vat v1 could not be started yet: no more processes");
        kernel.Workers.CannotCreate = false;
        Told<Done> restarted = kernel.Restart("v1");
        kernel.Finish("v1");
        await Assert.That(restarted.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Terminate("v2").Answer.IsOk).IsTrue();
        kernel.After(60_000);
        await Assert.That(kernel.Workers.Executing).IsEmpty();
    }

    [Test]
    public async Task A_launch_whose_worker_is_lost_begins_anew()
    {
        KernelFixture kernel = Boot();
        Told<LaunchResult> launch = kernel.BeginLaunch("a", "b");
        HeldWorker first = kernel.Worker("v1");
        kernel.Finish("v1");
        first.Die(isSuspect: false);
        kernel.Settle();
        await Assert.That(kernel.Executes("v2")).IsFalse();
        kernel.Finish("v1");
        kernel.Finish("v2");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(launch.Value.BootstrapResult).IsEqualTo(Ask.Seven);
        await Assert.That(kernel.Workers.All.TrueForAll(worker => worker.ToRun.IsNew)).IsTrue();
    }

    [Test]
    public async Task A_launch_that_costs_three_workers_fails_and_leaves_nothing()
    {
        KernelFixture kernel = Boot();
        Told<LaunchResult> launch = kernel.BeginLaunch("a");
        for (int loss = 0; loss < 3; loss++)
        {
            Lose(kernel, "v1", isSuspect: true);
        }

        await Assert.That(launch.Answer.Failure).StartsWith("Failed to launch vat v1 (a): its worker died 3 times in a row");
        await Assert.That(kernel.Loop.Core.Lanes.Count).IsEqualTo(0);
        await Assert.That(kernel.Workers.Executing).IsEmpty();
    }

    [Test]
    public async Task A_collection_that_was_under_way_is_delivered_again()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Do("ko4", "v1", Ask.Fulfill("p+5", Ask.Ref("o+d10/1")));
        kernel.Delivery<DeliverDropExports>("v1");
        Lose(kernel, "v1", isSuspect: true);
        kernel.Finish("v1");
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+d10/1", "retire o+d10/1"]);
    }

    [Test]
    public async Task A_request_that_waits_for_the_vat_to_come_to_rest_waits_no_longer()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        Told<Done> ended = kernel.Terminate("v1");
        await Assert.That(ended.IsTold).IsFalse();
        Lose(kernel, "v1", isSuspect: true);
        await Assert.That(ended.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Executes("v1")).IsFalse();
    }

    private static void Lose(KernelFixture kernel, string vat, bool isSuspect)
    {
        kernel.Worker(vat).Die(isSuspect);
        kernel.Settle();
    }
}
