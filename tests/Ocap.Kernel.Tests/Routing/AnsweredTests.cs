using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>Whatever breaks, every request is answered, once, and what does not need the damaged row goes on (K10).</summary>
public sealed class AnsweredTests : KernelTest
{
    private const string Damaged = "The kernel could not do this; see the daemon's log.";

    [Test]
    [Arguments("a vat")]
    [Arguments("a subcluster")]
    [Arguments("all vats")]
    public async Task A_termination_that_breaks_when_its_vat_has_come_to_rest_is_answered_and_works_again_later(string what)
    {
        KernelFixture kernel = BootToBreak();
        kernel.Launch("a", "b");
        kernel.Send("ko4");
        Told<Done> told = Terminate(kernel, what);
        string sound = kernel.Row("subclusters")!;
        Put(kernel, "subclusters", "nonsense");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(told.Answer.Failure).IsEqualTo(Damaged);

        Put(kernel, "subclusters", sound);
        kernel.Send("ko5");
        kernel.Answer("v2", Ask.Seven);
        await Assert.That(Terminate(kernel, what).Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task A_launch_whose_failure_breaks_is_answered_and_removed_at_the_next_start()
    {
        KernelFixture kernel = BootToBreak();
        Told<LaunchResult> told = kernel.BeginLaunch("a");
        kernel.Finish("v1");
        string sound = kernel.Row("subclusters")!;
        Put(kernel, "subclusters", "nonsense");
        kernel.Finish("v1", Ask.Reject(kernel.Delivery<DeliverMessage>("v1").Result!, Ask.Seven));
        await Assert.That(told.Answer.Failure).IsEqualTo(Damaged);

        Put(kernel, "subclusters", sound);
        kernel.Settle();
        kernel = Watch(kernel.Crash());
        await Assert.That(kernel.Keys("vatConfig.")).IsEmpty();
    }

    [Test]
    public async Task A_launch_whose_commit_breaks_is_answered_and_leaves_nothing_behind()
    {
        KernelFixture kernel = BootToBreak();
        Told<LaunchResult> told = kernel.BeginLaunch("a", "b");
        kernel.Finish("v1");
        Put(kernel, "queue.run.head", "many");
        kernel.Finish("v2");
        await Assert.That(told.Answer.Failure).Contains("see the daemon's log");
        await Assert.That(kernel.Workers.All.Count(worker => !worker.HasEnded)).IsEqualTo(0);
        await Assert.That(kernel.Keys("vatConfig.")).IsEmpty();
        KernelStatus status = kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Value;
        await Assert.That(status.Vats).IsEmpty();

        Put(kernel, "queue.run.head", "1");
        await Assert.That(kernel.Launch("c").Root.ToString()).IsEqualTo("ko4");
        await Assert.That(told.Times).IsEqualTo(1);
    }

    [Test]
    public async Task A_message_that_could_not_be_queued_does_not_stand_in_the_way_of_the_next()
    {
        KernelFixture kernel = BootToBreak();
        kernel.Launch("a");
        string sound = kernel.Row("queue.run.head")!;
        Put(kernel, "queue.run.head", "many");
        await Assert.That(kernel.Send("ko4").Answer.Failure).IsEqualTo(Damaged);
        Put(kernel, "queue.run.head", sound);
        Told<Settlement> next = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(next.Value.Value.Body).IsEqualTo("#7");
    }

    [Test]
    public async Task A_message_whose_result_cannot_be_settled_is_answered_with_an_error_and_the_next_one_is_delivered()
    {
        KernelFixture kernel = BootToBreak();
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        string result = kernel.Keys("kp").Single(key => key.EndsWith(".state", StringComparison.Ordinal) && kernel.Row(key) == "unresolved");
        Put(kernel, result, "odd");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:DELIVERY_FAILED] ");

        kernel.Finish("v1");
        kernel.Send("ko4", "next");
        await Assert.That(kernel.Method("v1")).IsEqualTo("next");
        _ = kernel.Crash();
    }

    [Test]
    public async Task A_message_that_can_neither_be_delivered_nor_rejected_is_answered_with_an_error()
    {
        KernelFixture kernel = BootToBreak();
        kernel.Launch("a", "b");
        kernel.Send("ko4", "first");
        Told<Settlement> told = kernel.Request<Settlement>((loop, answer) =>
            loop.QueueMessage(KRef.Object(4), new CapData("#[\"m\",[\"$0\"]]", ["ko5"]), answer));
        string result = kernel.Keys("kp").Last(key => key.EndsWith(".state", StringComparison.Ordinal));
        Put(kernel, result, "odd");
        Put(kernel, "v1.c.ko5", "X o-1");
        kernel.Answer("v1", Ask.Seven);
        kernel.Sync();
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:DELIVERY_FAILED] ");

        Put(kernel, "v1.c.ko5", "R o-1");
        kernel.Send("ko4", "next");
        await Assert.That(kernel.Method("v1")).IsEqualTo("next");
        _ = kernel.Crash();
    }

    [Test]
    public async Task A_message_that_cannot_be_queued_again_when_its_worker_dies_is_answered_with_an_error()
    {
        KernelFixture kernel = BootToBreak();
        kernel.Launch("a", "b");
        Told<Settlement> told = kernel.Send("ko4");
        Put(kernel, "ko4.owner", "odd");
        kernel.Worker("v1").Die(isSuspect: true);
        kernel.Settle();
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:DELIVERY_FAILED] ");

        Put(kernel, "ko4.owner", "v1");
        kernel.Finish("v1");
        kernel.Send("ko4", "next");
        await Assert.That(kernel.Method("v1")).IsEqualTo("next");
    }

    [Test]
    public async Task A_vat_whose_collection_breaks_keeps_nobody_from_his_turn()
    {
        KernelFixture kernel = BootToBreak();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+d10/1"));
        kernel.Send("ko4", "busy");
        kernel.Finish("v2", Ask.Gc(GcSyscallKind.DropImports, "o-1"));
        await Assert.That(kernel.Keys("gcAction.v1.")).IsNotEmpty();
        Put(kernel, "v1.c.ko6", "X o+d10/1");
        kernel.Answer("v1", Ask.Seven);

        kernel.Send("ko5");
        await Assert.That(kernel.Executes("v2")).IsTrue();
        kernel.Send("ko4");
        await Assert.That(kernel.Executes("v1")).IsTrue();

        // The next process tries again.
        Put(kernel, "v1.c.ko6", "R o+d10/1");
        kernel.Answer("v1", Ask.Seven);
        kernel.Answer("v2", Ask.Seven);
        kernel.Sync();
        kernel = Watch(kernel.Crash());
        kernel.Finish("v1");
        await Assert.That(kernel.Collect("v1")).IsEquivalentTo(["drop o+d10/1"]);
    }

    private static Told<Done> Terminate(KernelFixture kernel, string what) => what switch
    {
        "a vat" => kernel.Terminate("v1"),
        "a subcluster" => kernel.Request<Done>((loop, answer) => loop.TerminateSubcluster(new SubclusterId(1), answer)),
        _ => kernel.Request<Done>((loop, answer) => loop.TerminateAllVats(answer)),
    };

    private KernelFixture BootToBreak()
    {
        KernelFixture kernel = Boot();
        kernel.MayBreak = true;
        return kernel;
    }

    private static void Put(KernelFixture kernel, string key, string value)
    {
        Commit commit = kernel.Loop.Core.Begin();
        commit.Writes.Put(key, value);
        kernel.Loop.Core.Merge(commit);
    }
}
