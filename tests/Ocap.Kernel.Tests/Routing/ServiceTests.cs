using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>Messages to the kernel's own objects, and workers that fail the kernel.</summary>
public sealed class ServiceTests : KernelTest
{
    [Test]
    public async Task The_kernel_facet_answers_a_ping()
    {
        KernelFixture kernel = Boot();
        await Assert.That(kernel.Send("ko3", "ping").Value.Value.Body).IsEqualTo("#\"pong\"");
    }

    [Test]
    public async Task A_method_a_service_does_not_have_is_named_in_the_rejection()
    {
        KernelFixture kernel = Boot();
        string? error = KernelFixture.ErrorOf(kernel.Send("ko1", "fly").Value);
        await Assert.That(error).StartsWith("[KERNEL:DELIVERY_FAILED] ");
        await Assert.That(error).Contains("\"fly\"");
    }

    [Test]
    [Arguments("garbage")]
    [Arguments("")]
    [Arguments("#")]
    [Arguments("#{")]
    [Arguments("#[\"\\ud800\"]")]
    [Arguments("deep")]
    public async Task A_message_that_a_service_cannot_read_is_rejected_and_the_loop_goes_on(string body)
    {
        KernelFixture kernel = Boot();
        kernel.MayBreak = true;
        string text = body == "deep" ? $"#[\"ping\",[{new string('[', 500)}{new string(']', 500)}]]" : body;
        Told<Settlement> told = kernel.Request<Settlement>((loop, answer) => loop.QueueMessage(KRef.Object(3), new CapData(text, []), answer));
        kernel.Settle();
        if (body != "deep")
        {
            await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:DELIVERY_FAILED] ");
        }

        await Assert.That(told.IsTold).IsTrue();
        await Assert.That(kernel.Send("ko3", "ping").Value.Value.Body).IsEqualTo("#\"pong\"");
    }

    [Test]
    public async Task A_worker_that_cannot_take_a_delivery_costs_that_message_only()
    {
        KernelFixture kernel = Boot();
        kernel.MayBreak = true;
        kernel.Launch("a", "b");
        kernel.Workers.All.Single(worker => worker.Vat == KernelFixture.Vat("v1")).FailsToDeliver = true;
        Told<Settlement> lost = kernel.Send("ko4");
        Told<Settlement> other = kernel.Send("ko5");
        kernel.Answer("v2", Ask.Seven);
        await Assert.That(KernelFixture.ErrorOf(other.Value)).IsNull();
        await Assert.That(KernelFixture.ErrorOf(lost.Value)).StartsWith("[KERNEL:DELIVERY_FAILED] ");

        // It gets a new heap and goes on.
        kernel.Delivery<StartVat>("v1");
        kernel.Finish("v1");
        kernel.Send("ko4", "again");
        await Assert.That(kernel.Method("v1")).IsEqualTo("again");
    }

    [Test]
    public async Task A_worker_that_cannot_be_made_leaves_a_vat_that_says_why_and_is_started_when_it_can()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Workers.CannotCreate = true;
        Told<Done> restarted = kernel.Restart("v1");
        Told<Settlement> asked = kernel.Send("ko4");
        kernel.Send("ko5", "other vats go on");
        await Assert.That(kernel.Method("v2")).IsEqualTo("other vats go on");
        KernelStatus status = kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Value;
        await Assert.That(status.Vats[0].State).IsEqualTo(VatState.Starting);
        await Assert.That(status.Vats[0].Reason).Contains("no more processes");
        kernel.WakeUntil(() => restarted.IsTold);
        await Assert.That(restarted.Answer.Failure).IsEqualTo("Failed to restart vat v1 (a): no more processes");
        kernel.Workers.CannotCreate = false;
        kernel.WakeUntil(() => kernel.Executes("v1"));
        await Assert.That(kernel.Worker("v1").ToRun.IsSuspect).IsFalse();
        kernel.Finish("v1");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(asked.Value.Value).IsEqualTo(Ask.Seven);
    }
}
