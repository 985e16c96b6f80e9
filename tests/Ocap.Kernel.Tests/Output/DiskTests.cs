using Ocap.Kernel.Api;
using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>A disk that is full for a while (K16), and one that is broken.</summary>
public sealed class DiskTests : KernelTest
{
    private static readonly StoreFault Full = new("kernel.sqlite: the disk is full. Free some space.", CanRetry: true);

    [Test]
    public async Task While_the_disk_is_full_nothing_is_dispatched_nothing_leaves_and_requests_are_refused_with_its_error()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Store.Holds = true;
        Told<Settlement> first = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Seven, Ask.Send("o-1", "to b"));
        kernel.Finish("v2");
        Told<Settlement> second = kernel.Send("ko4", "second");
        Told<Settlement> third = kernel.Send("ko4", "third");
        kernel.Store.Fail(Full);
        kernel.Settle();
        await Assert.That(kernel.Method("v1")).IsEqualTo("second");

        // The running crank ends; what follows it stays where it is.
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Workers.Executing).IsEmpty();
        await Assert.That((first.IsTold, second.IsTold, third.IsTold)).IsEqualTo((false, false, false));
        await Assert.That(kernel.Send("ko4").Answer.Failure).IsEqualTo(Full.Message);
        await Assert.That(kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Answer.Failure).IsEqualTo(Full.Message);
        await Assert.That(kernel.BeginLaunch("c").Answer.Failure).IsEqualTo(Full.Message);
        await Assert.That(kernel.Powers.Errors.Single()).StartsWith(Full.Message);
        await Assert.That(kernel.Powers.Died).IsNull();
    }

    [Test]
    public async Task When_the_disk_has_room_again_work_goes_on_by_itself_and_nothing_is_lost()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        Told<Settlement> first = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("k", "1")], Syscalls = [Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, Ask.Seven)] });
        Told<Settlement> second = kernel.Send("ko4", "second");
        kernel.Store.Fail(Full);
        kernel.Settle();
        for (int again = 0; again < 3; again++)
        {
            await Assert.That(kernel.Store.Pending).IsNull();
            kernel.WakeUntil(() => kernel.Store.Pending is not null);
            kernel.Store.Fail(Full);
            kernel.Settle();
        }

        kernel.WakeUntil(() => kernel.Store.Pending is not null);
        kernel.Sync();
        await Assert.That(first.Value.Value).IsEqualTo(Ask.Seven);
        await Assert.That(kernel.Powers.Lines.Count(line => line.Contains(Full.Message, StringComparison.Ordinal))).IsEqualTo(1);
        kernel.Answer("v1", Ask.Seven);
        kernel.Sync();
        await Assert.That(second.Value.Value).IsEqualTo(Ask.Seven);
        await Assert.That(kernel.Store.Dump()).Contains("v1 k = 1");
        await Assert.That(kernel.Request<Done>((loop, answer) => loop.Sync(answer)).Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task The_batch_the_disk_refused_comes_again_unchanged_before_any_other()
    {
        KernelFixture kernel = Boot();
        kernel.Store.Holds = true;
        kernel.Request<Done>((loop, answer) => loop.RecordIdentity("one", answer));
        WriteBatch refused = kernel.Store.Pending!;
        kernel.Store.Fail(Full);
        kernel.Settle();
        kernel.WakeUntil(() => kernel.Store.Pending is not null);
        await Assert.That(kernel.Store.Pending).IsSameReferenceAs(refused);
        kernel.Sync();
        await Assert.That(kernel.Store.Get("peerId")).IsEqualTo("one");
    }

    [Test]
    public async Task A_full_disk_at_the_end_of_the_process_loses_only_what_nobody_was_told()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Seven);
        kernel.Store.Fail(Full);
        kernel.Settle();
        await Assert.That(told.IsTold).IsFalse();
        kernel = Watch(kernel.Crash());
        await Assert.That(kernel.Loop.Core.Queue.Count).IsEqualTo(0);
        kernel.Finish("v1");
        kernel.Send("ko4");
        await Assert.That(kernel.Executes("v1")).IsTrue();
    }

    [Test]
    public async Task A_stop_during_a_full_disk_waits_for_the_disk()
    {
        KernelFixture kernel = Boot();
        kernel.Store.Holds = true;
        kernel.Request<Done>((loop, answer) => loop.RecordIdentity("one", answer));
        kernel.Store.Fail(Full);
        kernel.Settle();
        bool stopped = false;
        kernel.Loop.Stop(() => stopped = true);
        kernel.Settle();
        await Assert.That(stopped).IsFalse();
        kernel.WakeUntil(() => kernel.Store.Pending is not null);
        kernel.Sync();
        await Assert.That(stopped).IsTrue();
    }

    [Test]
    public async Task A_broken_disk_ends_the_process_and_nothing_leaves()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Seven);
        kernel.Send("ko4", "never dispatched");
        kernel.Store.Fail(new StoreFault("kernel.sqlite: I/O error.", CanRetry: false));
        kernel.Settle();
        await Assert.That(kernel.Powers.Died).IsEqualTo("kernel.sqlite: I/O error.");
        kernel.After(10_000);
        await Assert.That(told.IsTold).IsFalse();
        await Assert.That(kernel.Store.Pending).IsNull();
        await Assert.That(kernel.Request<Done>((loop, answer) => loop.Sync(answer)).Answer.Failure).IsEqualTo("kernel.sqlite: I/O error.");
    }
}
