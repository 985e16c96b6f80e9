using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>Nothing leaves before the newest commit it could have seen is durable (K17).</summary>
public sealed class GateTests : KernelTest
{
    private static readonly (string Name, Action<KernelLoop, Action> Ask)[] Exits =
    [
        ("GetStatus", (loop, told) => loop.GetStatus(_ => told())),
        ("LaunchSubcluster, refused", (loop, told) => loop.LaunchSubcluster(KernelFixture.Config(["a"], ",\"services\":[\"none\"]"), _ => told())),
        ("TerminateSubcluster", (loop, told) => loop.TerminateSubcluster(new SubclusterId(1), _ => told())),
        ("TerminateSubcluster, unknown", (loop, told) => loop.TerminateSubcluster(new SubclusterId(9), _ => told())),
        ("PingVat", (loop, told) => loop.PingVat(new VatId(1), _ => told())),
        ("PingVat, unknown", (loop, told) => loop.PingVat(new VatId(9), _ => told())),
        ("RestartVat, unknown", (loop, told) => loop.RestartVat(new VatId(9), _ => told())),
        ("TerminateVat", (loop, told) => loop.TerminateVat(new VatId(1), _ => told())),
        ("TerminateVat, unknown", (loop, told) => loop.TerminateVat(new VatId(9), _ => told())),
        ("TerminateAllVats", (loop, told) => loop.TerminateAllVats(_ => told())),
        ("QueueMessage, to a service", (loop, told) => loop.QueueMessage(KRef.Object(3), Fixture.Ask.Call("ping"), _ => told())),
        ("QueueMessage, to nothing", (loop, told) => loop.QueueMessage(KRef.Object(99), Fixture.Ask.Call("m"), _ => told())),
        ("CollectGarbage", (loop, told) => loop.CollectGarbage(_ => told())),
        ("ClearState", (loop, told) => loop.ClearState(_ => told())),
        ("Revoke", (loop, told) => loop.Revoke(KRef.Object(4), _ => told())),
        ("Revoke, a promise", (loop, told) => loop.Revoke(KRef.Promise(4), _ => told())),
        ("IsRevoked", (loop, told) => loop.IsRevoked(KRef.Object(4), _ => told())),
        ("RecordIdentity", (loop, told) => loop.RecordIdentity("peer", _ => told())),
        ("Sync", (loop, told) => loop.Sync(_ => told())),
        ("Stop", (loop, told) => loop.Stop(told)),
    ];

    public static IEnumerable<string> Names() => Exits.Select(exit => exit.Name);

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task While_the_disk_has_not_synced_nothing_leaves_by_any_exit(string name)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;

        // A crank of the vat has committed and is being written, another is in the filling batch.
        kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("seen", "1")] });
        kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("seen", "2")] });
        int told = 0;
        Exits.Single(exit => exit.Name == name).Ask(kernel.Loop, () => told++);
        kernel.Settle();
        kernel.After(100);
        await Assert.That(told).IsEqualTo(0);

        kernel.Store.Complete();
        kernel.Settle();
        await Assert.That(told).IsEqualTo(0);

        kernel.Sync();
        await Assert.That(told).IsEqualTo(1);
        await Assert.That(kernel.Store.DurableCommit).IsEqualTo(kernel.Loop.Core.State.NewestCommit);
    }

    [Test]
    public async Task An_answer_that_cannot_be_taken_costs_no_other_answer()
    {
        KernelFixture kernel = Boot();
        kernel.Loop.Sync(static _ => throw new InvalidOperationException("nobody can take this"));
        Told<Done> next = kernel.Request<Done>((loop, answer) => loop.Sync(answer));
        await Assert.That(next.IsTold).IsTrue();
        await Assert.That(kernel.Powers.Lines.Count(static line => line.Contains("nobody can take this", StringComparison.Ordinal))).IsEqualTo(1);
    }

    [Test]
    public async Task The_same_holds_for_what_waits_for_a_vat()
    {
        KernelFixture kernel = Boot();
        kernel.Store.Holds = true;
        Told<LaunchResult> launched = kernel.BeginLaunch("a");
        kernel.Finish("v1");
        kernel.Answer("v1", Ask.Seven);
        kernel.After(100);
        await Assert.That(launched.IsTold).IsFalse();
        kernel.Sync();
        await Assert.That(launched.IsTold).IsTrue();

        Told<Settlement> sent = kernel.Send("ko4");
        kernel.Answer("v1", Ask.Seven);
        kernel.After(100);
        await Assert.That(sent.IsTold).IsFalse();
        kernel.Sync();
        await Assert.That(sent.IsTold).IsTrue();

        Told<Done> restarted = kernel.Restart("v1");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("k", "v")] });
        kernel.After(100);
        await Assert.That(restarted.IsTold).IsFalse();
        kernel.Sync();
        await Assert.That(restarted.IsTold).IsTrue();
    }

    [Test]
    public async Task What_has_changed_nothing_leaves_without_a_write()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        int written = kernel.Store.Written;
        await Assert.That(kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).IsTold).IsTrue();
        await Assert.That(kernel.Request<Done>((loop, answer) => loop.Sync(answer)).IsTold).IsTrue();
        await Assert.That(kernel.Store.Written).IsEqualTo(written);
    }

    [Test]
    public async Task Answers_leave_in_the_order_of_what_they_saw()
    {
        KernelFixture kernel = Boot();
        kernel.Store.Holds = true;
        var order = new List<int>();
        kernel.Loop.RecordIdentity("one", _ => order.Add(1));
        kernel.Loop.Sync(_ => order.Add(2));
        kernel.Settle();
        kernel.Loop.RecordIdentity("two", _ => order.Add(3));
        kernel.Loop.IsRevoked(KRef.Object(1), _ => order.Add(4));
        kernel.Settle();
        kernel.Sync();
        await Assert.That(order.SequenceEqual([1, 2, 3, 4])).IsTrue();
    }

    [Test]
    public async Task What_was_answered_is_there_after_a_crash_and_what_was_not_may_be_gone()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        Told<Settlement> first = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("count", "1")], Syscalls = [Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, Ask.Seven)] });
        kernel.Sync();
        Told<Settlement> second = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("count", "2")], Syscalls = [Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, Ask.Seven)] });
        await Assert.That((first.IsTold, second.IsTold)).IsEqualTo((true, false));
        kernel = Watch(kernel.Crash());
        await Assert.That(kernel.Worker("v1").Client.VatstoreGet("count")).IsEqualTo("1");
    }

    [Test]
    public async Task A_stopping_kernel_takes_nothing_more_and_says_so()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> running = kernel.Send("ko4");
        Told<LaunchResult> launching = kernel.BeginLaunch("b");
        int stopped = 0;
        kernel.Loop.Stop(() => stopped++);
        kernel.Loop.Stop(() => stopped++);
        kernel.Settle();
        await Assert.That(stopped).IsEqualTo(0);
        await Assert.That(launching.Answer.Failure).Contains("stopping");
        await Assert.That(kernel.Send("ko4").Answer.Failure).Contains("stopping");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(running.Value.Value).IsEqualTo(Ask.Seven);
        await Assert.That(stopped).IsEqualTo(1);
        await Assert.That(kernel.Workers.All.TrueForAll(worker => worker.HasEnded)).IsTrue();
    }
}
