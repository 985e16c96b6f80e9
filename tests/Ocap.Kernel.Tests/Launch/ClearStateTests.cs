using Ocap.Kernel.Api;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>After <c>clearState</c> a kernel is as new, its identity apart.</summary>
public sealed class ClearStateTests : KernelTest
{
    [Test]
    public async Task The_state_is_that_of_a_new_kernel_and_the_identity_stays()
    {
        KernelFixture kernel = Boot();
        kernel.Request<Done>((loop, answer) => loop.RecordIdentity("12D3peer", answer));
        string fresh = Dump(kernel);
        kernel.Launch("a", "b");
        kernel.Send("ko4");
        kernel.Answer("v1", Ask.Ref("o+5"));
        kernel.Terminate("v2");
        await Assert.That(Clear(kernel).Answer.IsOk).IsTrue();
        await Assert.That(Dump(kernel)).IsEqualTo(fresh);
        await Assert.That(kernel.Row("peerId")).IsEqualTo("12D3peer");
        await Assert.That(kernel.Workers.All.TrueForAll(worker => worker.HasEnded)).IsTrue();
    }

    [Test]
    public async Task Services_are_at_ko1_to_ko3_and_the_first_root_is_ko4_again()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        Clear(kernel);
        await Assert.That(kernel.Launch("a").Root.ToString()).IsEqualTo("ko4");
        await Assert.That(kernel.Send("ko3", "ping").Value.Value.Body).IsEqualTo("#\"pong\"");
        kernel.Send("ko4", "hello");
        await Assert.That(kernel.Method("v1")).IsEqualTo("hello");
    }

    [Test]
    public async Task Callers_who_still_wait_are_told_and_running_cranks_come_to_an_end_first()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Told<Settlement> running = kernel.Send("ko4");
        Told<Settlement> queued = kernel.Send("ko4");
        Told<Done> cleared = Clear(kernel);
        await Assert.That(cleared.IsTold).IsFalse();
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(running.Value.Value).IsEqualTo(Ask.Seven);
        await Assert.That(KernelFixture.ErrorOf(queued.Value)).IsEqualTo("[KERNEL:VAT_TERMINATED] The kernel's state was cleared.");
        await Assert.That(cleared.Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task A_launch_under_way_fails()
    {
        KernelFixture kernel = Boot();
        Told<LaunchResult> starting = kernel.BeginLaunch("a");
        Clear(kernel);
        await Assert.That(starting.Answer.Failure).Contains("cleared");
        Told<LaunchResult> bootstrapping = kernel.BeginLaunch("a");
        kernel.Finish("v1");
        Told<Done> cleared = Clear(kernel);
        kernel.Finish("v1");
        await Assert.That(bootstrapping.Answer.Failure).Contains("cleared");
        await Assert.That(cleared.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Launch("a").Root.ToString()).IsEqualTo("ko4");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_launch_asked_for_while_it_waits_does_not_get_into_the_new_state_with_old_ids(bool admitted)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        Told<Done> cleared = Clear(kernel);
        Told<LaunchResult> late = kernel.BeginLaunch("b");
        if (admitted)
        {
            kernel.Finish("v2");
            await Assert.That(kernel.Method("v2")).IsEqualTo("bootstrap");
        }

        kernel.Finish("v1");
        if (kernel.Executes("v2"))
        {
            kernel.Finish("v2");
        }

        await Assert.That(cleared.Answer.IsOk).IsTrue();
        await Assert.That(late.IsTold).IsTrue();
        await Assert.That(kernel.Keys("vatConfig.")).IsEmpty();
        kernel.Launch("a", "b", "c");
        await Assert.That(kernel.Keys("vatConfig.")).IsEquivalentTo(["vatConfig.v1", "vatConfig.v2", "vatConfig.v3"]);
    }

    [Test]
    public async Task What_comes_from_a_vat_of_the_old_state_is_discarded_though_a_new_one_has_its_name()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        IVatWorkerClient old = kernel.Workers.All.Single().Client;
        Clear(kernel);
        kernel.Launch("a");
        Told<Settlement> told = kernel.Send("ko4");
        old.CrankFinished(Ocap.Kernel.Vats.Wire.ReportFrame.Write(new CrankReport { Syscalls = [Ask.Fail()] }));
        kernel.Settle();
        await Assert.That(kernel.Executes("v1")).IsTrue();
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(told.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task A_cleared_state_is_what_the_next_process_finds()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        Clear(kernel);
        kernel = Watch(kernel.Crash());
        await Assert.That(kernel.Workers.All).IsEmpty();
        await Assert.That(kernel.Launch("a").Root.ToString()).IsEqualTo("ko4");
    }

    [Test]
    public async Task Nothing_of_the_old_state_is_seen_while_the_wipe_is_not_durable_yet()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("key", "old")] });
        kernel.Store.Holds = true;
        Told<Done> cleared = Clear(kernel);
        Told<LaunchResult> launched = kernel.BeginLaunch("a");
        await Assert.That(cleared.IsTold).IsFalse();
        await Assert.That(kernel.Worker("v1").Client.VatstoreGet("key")).IsNull();
        await Assert.That(kernel.Worker("v1").Client.VatstoreGetNext("")).IsNull();
        kernel.Finish("v1");
        kernel.Answer("v1", Ask.Seven);
        kernel.Sync();
        await Assert.That(launched.Value.Root.ToString()).IsEqualTo("ko4");
        await Assert.That(kernel.Store.Dump()).DoesNotContain("old");
    }

    private static Told<Done> Clear(KernelFixture kernel) => kernel.Request<Done>((loop, answer) => loop.ClearState(answer));

    private static string Dump(KernelFixture kernel) => string.Join('\n', kernel.Store.Dump().Split('\n')
        .Where(row => !row.StartsWith("incarnationId", StringComparison.Ordinal)));
}
