using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>A damaged row costs what needs it and nothing else: the loop never dies (K10).</summary>
public sealed class BrokenStateTests : KernelTest
{
    [Test]
    public async Task A_message_that_cannot_be_translated_is_rejected_and_the_next_one_is_delivered()
    {
        KernelFixture kernel = Boot();
        kernel.MayBreak = true;
        kernel.Launch("a", "b");
        Put(kernel, "v1.c.ko5", "X o-1");
        Told<Settlement> told = kernel.Request<Settlement>((loop, answer) =>
            loop.QueueMessage(KRef.Object(4), new CapData("#[\"m\",[\"$0\"]]", ["ko5"]), answer));
        await Assert.That(KernelFixture.ErrorOf(told.Value)).IsEqualTo("[KERNEL:DELIVERY_FAILED] flag (\"X\") must be 'R' or '_'");
        kernel.Send("ko4", "next");
        await Assert.That(kernel.Method("v1")).IsEqualTo("next");
        kernel.Answer("v1", Ask.Seven);
        Put(kernel, "v1.c.ko5", "R o-1");
    }

    [Test]
    public async Task A_vat_whose_start_meets_a_damaged_row_is_shown_as_failed_and_stops_nobody()
    {
        KernelFixture kernel = Boot();
        kernel.MayBreak = true;
        kernel.Launch("a", "b");
        Put(kernel, "v1.c.ko5", "X o-1");
        Told<Done> restarted = kernel.Restart("v1");
        kernel.Finish("v1");
        await Assert.That(restarted.Answer.Failure).Contains("flag (\"X\")");
        KernelStatus status = kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Value;
        await Assert.That(status.Vats.Select(vat => vat.State)).IsEquivalentTo([VatState.Failed, VatState.Running]);
        kernel.Send("ko5");
        await Assert.That(kernel.Executes("v2")).IsTrue();

        Put(kernel, "v1.c.ko5", "R o-1");
        Told<Done> again = kernel.Restart("v1");
        kernel.Finish("v1");
        await Assert.That(again.Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task A_crank_whose_commit_meets_a_damaged_row_is_undone_and_its_vat_starts_again()
    {
        KernelFixture kernel = Boot();
        kernel.MayBreak = true;
        kernel.Launch("a", "b");
        Told<Settlement> told = kernel.Send("ko4");
        string sound = kernel.Row("ko5.refCount")!;
        Put(kernel, "ko5.refCount", "many");
        kernel.Finish("v1", Ask.Send("o-1", "undone"));
        await Assert.That(KernelFixture.ErrorOf(told.Value)).StartsWith("[KERNEL:DELIVERY_FAILED] ");
        Put(kernel, "ko5.refCount", sound);
        kernel.Finish("v1");
        kernel.Send("ko4", "next");
        await Assert.That(kernel.Method("v1")).IsEqualTo("next");
        await Assert.That(kernel.Executes("v2")).IsFalse();
    }

    private static void Put(KernelFixture kernel, string key, string value)
    {
        Commit commit = kernel.Loop.Core.Begin();
        commit.Writes.Put(key, value);
        kernel.Loop.Core.Merge(commit);
    }
}
