using Ocap.Kernel.Api;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>When vats are asked for their dead (K9).</summary>
public sealed class ReapingTests : KernelTest
{
    private const int After = 10;

    [Test]
    public async Task A_vat_is_asked_when_enough_has_happened_and_it_is_at_rest()
    {
        KernelFixture kernel = Ready();
        int given = GiveUntilAsked(kernel);
        await Assert.That(given).IsBetween(1, After);
        await Assert.That(kernel.Executes("v2")).IsFalse();

        // What it lets go of is dropped.
        kernel.Finish("v1", Ask.Gc(GcSyscallKind.DropImports, "o-1"), Ask.Gc(GcSyscallKind.RetireImports, "o-1"));
        await Assert.That(kernel.Row("v1.c.o-1")).IsNull();
    }

    [Test]
    public async Task A_vat_to_which_nothing_happens_is_not_asked_and_wakes_nobody()
    {
        KernelFixture kernel = Ready();
        GiveUntilAsked(kernel);
        kernel.Finish("v1");
        kernel.After(1_000_000);
        await Assert.That(kernel.Loop.Core.Executing.Count).IsEqualTo(0);
        await Assert.That(kernel.Powers.WakesAt is null || kernel.Powers.WakesAt <= kernel.Powers.Milliseconds).IsTrue();
    }

    [Test]
    public async Task One_with_nothing_to_give_up_is_asked_more_and_more_seldom()
    {
        KernelFixture kernel = Ready();
        GiveUntilAsked(kernel);
        int before = 0;
        for (int time = 0; time < 4; time++)
        {
            kernel.Finish("v1");
            kernel.After(100_000);
            int given = GiveUntilAsked(kernel);
            await Assert.That(given).IsGreaterThan(before);
            before = given;
        }
    }

    [Test]
    public async Task Asking_takes_a_twentieth_of_the_time_at_most()
    {
        KernelFixture kernel = Ready();
        GiveUntilAsked(kernel);
        kernel.Finish("v1", new CrankReport { CpuMicroseconds = 50_000, Vatstore = [new("k", "v")] });
        for (int i = 0; i < After; i++)
        {
            Give(kernel);
        }

        kernel.After(900);
        await Assert.That(kernel.Executes("v1")).IsFalse();
        kernel.WakeUntil(() => kernel.Executes("v1"));
        await Assert.That(kernel.Delivery<DeliverBringOutYourDead>("v1")).IsNotNull();
    }

    [Test]
    public async Task One_whose_heap_takes_long_to_collect_and_has_nothing_to_give_up_is_asked_as_seldom()
    {
        KernelFixture kernel = Ready();
        int before = 0;
        for (int time = 0; time < 4; time++)
        {
            int given = GiveUntilAsked(kernel);
            await Assert.That(given).IsGreaterThan(before);
            before = given;

            // Not over yet: it is asked again at once, with nothing else happening to it.
            for (int i = 0; i < 3; i++)
            {
                kernel.Finish("v1", new CrankReport { HasMoreDead = true });
                kernel.WakeUntil(() => kernel.Executes("v1"));
                kernel.Delivery<DeliverBringOutYourDead>("v1");
            }

            kernel.Finish("v1");
            kernel.After(100_000);
        }
    }

    [Test]
    public async Task A_collection_that_a_vat_waits_for_counts_as_the_time_that_asking_takes()
    {
        KernelFixture kernel = Ready();
        GiveUntilAsked(kernel);
        for (int i = 0; i < 5; i++)
        {
            kernel.Powers.Milliseconds += 10;
            kernel.Finish("v1", new CrankReport { HasMoreDead = true });
            kernel.WakeUntil(() => kernel.Executes("v1"));
        }

        kernel.Finish("v1", new CrankReport { Vatstore = [new("k", "v")] });
        for (int i = 0; i < After; i++)
        {
            Give(kernel);
        }

        kernel.After(900);
        await Assert.That(kernel.Executes("v1")).IsFalse();
        kernel.WakeUntil(() => kernel.Executes("v1"));
        await Assert.That(kernel.Delivery<DeliverBringOutYourDead>("v1")).IsNotNull();
    }

    [Test]
    public async Task A_collection_asks_every_vat_and_is_answered_when_what_they_dropped_is_told()
    {
        KernelFixture kernel = Ready();
        Told<Done> collected = kernel.Request<Done>((loop, answer) => loop.CollectGarbage(answer));
        kernel.Delivery<DeliverBringOutYourDead>("v2");
        kernel.Finish("v2");
        await Assert.That(collected.IsTold).IsFalse();
        kernel.Delivery<DeliverBringOutYourDead>("v1");
        kernel.Finish("v1", Ask.Gc(GcSyscallKind.DropImports, "o-1"), Ask.Gc(GcSyscallKind.RetireImports, "o-1"));
        await Assert.That(collected.Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task A_collection_does_not_wait_for_a_vat_that_ends_and_is_refused_when_the_kernel_stops()
    {
        KernelFixture kernel = Ready();
        Told<Done> collected = kernel.Request<Done>((loop, answer) => loop.CollectGarbage(answer));
        kernel.Finish("v1");
        Told<Done> ended = kernel.Terminate("v2");
        kernel.Finish("v2");
        await Assert.That(ended.Answer.IsOk).IsTrue();
        await Assert.That(collected.Answer.IsOk).IsTrue();

        Told<Done> late = kernel.Request<Done>((loop, answer) => loop.CollectGarbage(answer));
        kernel.Loop.Stop(static () => { });
        kernel.Settle();
        await Assert.That(late.Answer.Failure).StartsWith("The daemon is stopping");
        kernel.Finish("v1");
    }

    private KernelFixture Ready()
    {
        KernelFixture kernel = Boot(new KernelOptions { ReapAfter = After });
        kernel.Launch("a", "b");
        kernel.Workers.HaveNoDead = false;
        return kernel;
    }

    private static void Give(KernelFixture kernel)
    {
        kernel.Send("ko4");
        kernel.Answer("v1", Ask.Seven);
    }

    /// <summary>Messages for v1 until it is asked for its dead.</summary>
    private static int GiveUntilAsked(KernelFixture kernel)
    {
        int given = 0;
        while (!kernel.Executes("v1") || kernel.Worker("v1").Delivery is not DeliverBringOutYourDead)
        {
            if (given++ > 10_000)
            {
                throw new InvalidOperationException("it is never asked");
            }

            Give(kernel);
        }

        return given;
    }
}
