using Ocap.Kernel.Api;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests.Queue;

/// <summary>What a vat has sent and nobody has taken yet has a bound.</summary>
public class BacklogTests : KernelTest
{
    private static readonly KernelOptions Bounded = new() { BacklogMessages = 10, BacklogCharacters = 1_000, Lanes = 4 };

    [Test]
    public async Task A_vat_that_sends_more_than_may_wait_is_ended_and_its_caller_told_why()
    {
        KernelFixture kernel = Launched();
        kernel.Send("ko4", "some");
        kernel.Finish("v1", Sending(kernel, 10, "o-1"));
        Told<Settlement> told = kernel.Send("ko4", "more");
        kernel.Finish("v1", Sending(kernel, 2, "o-1", first: 50));

        await Assert.That(told.Answer.Value!.Value.Body).Contains("[KERNEL:VAT_FATAL:QUEUE_LIMIT]");
        await Assert.That(told.Answer.Value!.Value.Body).Contains("12 messages of this vat would wait to be delivered, and 10 may");
        await Assert.That(Lives(kernel, "v1")).IsFalse();
        await Assert.That(Lives(kernel, "v2")).IsTrue();

        // What it had sent before is delivered; the rest never was.
        int taken = 0;
        for (; kernel.Executes("v2"); taken++)
        {
            kernel.Finish("v2");
        }

        await Assert.That(taken).IsEqualTo(10);
        await Assert.That(Waiting(kernel)).IsEqualTo(default(Sent));
    }

    [Test]
    public async Task What_has_been_taken_counts_no_more()
    {
        KernelFixture kernel = Launched();
        for (int round = 0; round < 5; round++)
        {
            kernel.Send("ko4", "some");
            kernel.Finish("v1", Sending(kernel, 9, "o-1", first: 10 * (round + 1)));
            await Assert.That(Waiting(kernel).Messages).IsEqualTo(9);
            while (kernel.Executes("v2"))
            {
                kernel.Finish("v2");
            }

            await Assert.That(Waiting(kernel)).IsEqualTo(default(Sent));
        }

        await Assert.That(Lives(kernel, "v1")).IsTrue();
    }

    [Test]
    public async Task What_waits_for_a_promise_counts_until_it_has_been_taken()
    {
        KernelFixture kernel = Launched();
        kernel.Send("ko4", "some");
        kernel.Finish("v1", Report(kernel, [Ask.Send("o-1", "ask", "p+5"), .. Enumerable.Range(10, 8).Select(static i => Ask.Send("p+5", "later", $"p+{i}"))]));
        await Assert.That(Waiting(kernel).Messages).IsEqualTo(9);

        // The receiver answers with itself, and all of them move on to it.
        kernel.Finish("v2", new CrankReport { Syscalls = [Ask.Fulfill(kernel.Delivery<DeliverMessage>("v2").Result!, Ask.Ref("o+0"))] });
        await Assert.That(Waiting(kernel).Messages).IsEqualTo(8);
        Told<Settlement> told = kernel.Send("ko4", "more");
        kernel.Finish("v1", Sending(kernel, 3, "o-1", first: 50));
        await Assert.That(told.Answer.Value!.Value.Body).Contains("11 messages of this vat would wait");
        while (kernel.Executes("v2"))
        {
            kernel.Finish("v2");
        }

        await Assert.That(Waiting(kernel)).IsEqualTo(default(Sent));
    }

    [Test]
    public async Task Their_characters_count_too()
    {
        KernelFixture kernel = Launched();
        Told<Settlement> told = kernel.Send("ko4", "much");
        kernel.Finish("v1", Report(kernel, [Ask.Send("o-1", new string('m', 2_000), "p+5")]));
        await Assert.That(told.Answer.Value!.Value.Body).Contains("may; send less before the answers come");
        await Assert.That(Lives(kernel, "v1")).IsFalse();
    }

    [Test]
    public async Task What_waited_before_a_crash_counts_on_nobody()
    {
        KernelFixture kernel = Launched();
        kernel.Send("ko4", "some");
        kernel.Finish("v1", Sending(kernel, 10, "o-1"));
        kernel = Watch(kernel.Crash(Bounded));
        kernel.Finish("v1");
        await Assert.That(Waiting(kernel)).IsEqualTo(default(Sent));
        kernel.Send("ko4", "more");
        while (kernel.Executes("v2"))
        {
            kernel.Finish("v2");
        }

        await Assert.That(Lives(kernel, "v1")).IsTrue();
    }

    private KernelFixture Launched()
    {
        KernelFixture kernel = Boot(Bounded);
        kernel.Launch("a", "b");
        return kernel;
    }

    private static Sent Waiting(KernelFixture kernel) => kernel.Loop.Core.Backlog.Of(KernelFixture.Vat("v1"));

    private static bool Lives(KernelFixture kernel, string vat) => kernel.Loop.Core.Lanes.Find(KernelFixture.Vat(vat)) is { State: LaneState.Running };

    private static CrankReport Sending(KernelFixture kernel, int count, string target, int first = 10) =>
        Report(kernel, [.. Enumerable.Range(first, count).Select(i => Ask.Send(target, "m", $"p+{i}"))]);

    private static CrankReport Report(KernelFixture kernel, VatSyscall[] syscalls) => new()
    {
        Syscalls = [.. syscalls, Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, Ask.Seven)],
    };
}
