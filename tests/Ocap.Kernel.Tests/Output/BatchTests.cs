using Ocap.Kernel.Api;
using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>When batches are written (K21), and what never gets into one (K20).</summary>
public sealed class BatchTests : KernelTest
{
    [Test]
    public async Task What_is_enqueued_and_consumed_inside_one_batch_never_reaches_the_store()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Store.Holds = true;
        Told<Settlement> told = kernel.Send("ko4");
        kernel.Finish("v1", Ask.Send("o-1", "m", "p+5"), Ask.Subscribe("p+5"), Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, Ask.Seven));
        // The first batch holds the message to v2; from here on everything fits into the second one.
        WriteBatch first = kernel.Store.Pending!;
        await Assert.That(first.Kernel.Keys.Count(IsQueueRow)).IsEqualTo(1);
        await Assert.That(first.Kernel.Keys.Where(key => key.StartsWith("kp2.", StringComparison.Ordinal))).IsEmpty();
        kernel.Finish("v2", Ask.Send("o+0", "inside", "p+9"), Ask.Fulfill(kernel.Delivery<DeliverMessage>("v2").Result!, Ask.Seven));
        kernel.Answer("v2", Ask.Seven);
        kernel.Finish("v1");
        kernel.Store.Complete();
        kernel.Settle();
        WriteBatch second = kernel.Store.Pending!;

        // One row was handed to the writer before, so its delete is written; the message and the notify inside are not.
        await Assert.That(second.Kernel.Where(row => IsQueueRow(row.Key)).Select(row => row.Value)).IsEquivalentTo([(string?)null]);
        await Assert.That(second.Kernel.Values.Any(value => value?.Contains("inside", StringComparison.Ordinal) == true)).IsFalse();
        kernel.Sync();
        await Assert.That(told.IsTold).IsTrue();
        await Assert.That(kernel.Keys("queue.run.")).IsEquivalentTo(["queue.run.head", "queue.run.tail"]);
    }

    [Test]
    public async Task A_row_handed_to_the_writer_is_deleted_by_the_next_batch()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        kernel.Send("ko4");
        kernel.After(10);
        await Assert.That(kernel.Store.Pending!.Kernel.Keys.Count(IsQueueRow)).IsEqualTo(1);
        kernel.Answer("v1", Ask.Seven);
        kernel.Sync();
        await Assert.That(kernel.Store.Scan("queue.run.").Select(row => row.Key)).IsEquivalentTo(["queue.run.head", "queue.run.tail"]);
        await Assert.That(kernel.Store.Scan("kp").Any()).IsFalse();
    }

    [Test]
    public async Task Head_and_tail_move_with_what_is_enqueued_and_consumed()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        long start = long.Parse(kernel.Row("queue.run.head")!);
        await Assert.That(kernel.Row("queue.run.tail")).IsEqualTo(kernel.Row("queue.run.head"));
        kernel.Send("ko4", "one");
        kernel.Send("ko4", "two");
        kernel.Send("ko5", "three");
        await Assert.That(kernel.Row("queue.run.head")).IsEqualTo($"{start + 3}");

        // The youngest is done first: a hole, and the tail stays at the oldest.
        kernel.Answer("v2", Ask.Seven);
        await Assert.That(kernel.Row("queue.run.tail")).IsEqualTo($"{start}");
        await Assert.That(kernel.Keys("queue.run.").Where(IsQueueRow)).IsEquivalentTo([$"queue.run.{start}", $"queue.run.{start + 1}"]);
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Row("queue.run.tail")).IsEqualTo($"{start + 1}");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Row("queue.run.tail")).IsEqualTo($"{start + 3}");
    }

    [Test]
    public async Task A_message_enqueued_while_a_crank_is_undone_is_not_left_lying()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Send("ko4");
        Told<Settlement> other = kernel.Send("ko5");
        kernel.Answer("v2", Ask.Seven);
        Told<Settlement> last = kernel.Send("ko5");
        kernel.Finish("v1", Ask.Fail());
        kernel.Answer("v2", Ask.Seven);
        await Assert.That((other.IsTold, last.IsTold)).IsEqualTo((true, true));
        await Assert.That(kernel.Loop.Core.Queue.Count).IsEqualTo(0);
        await Assert.That(kernel.Row("queue.run.tail")).IsEqualTo(kernel.Row("queue.run.head"));
    }

    [Test]
    public async Task A_batch_nobody_waits_for_is_written_when_it_is_five_milliseconds_old()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        kernel.Send("ko4");
        await Assert.That(kernel.Store.Pending).IsNull();
        kernel.After(4);
        await Assert.That(kernel.Store.Pending).IsNull();
        await Assert.That(kernel.Powers.WakesAt).IsNotNull();
        kernel.After(1);
        await Assert.That(kernel.Store.Pending).IsNotNull();
    }

    [Test]
    public async Task A_batch_somebody_waits_for_is_written_at_once()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        kernel.Send("ko4");
        kernel.Request<Done>((loop, answer) => loop.Sync(answer));
        await Assert.That(kernel.Store.Pending).IsNotNull();
    }

    [Test]
    public async Task A_batch_is_written_at_once_when_nothing_runs_and_nothing_can()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        kernel.Send("ko4");
        kernel.Finish("v1");
        await Assert.That(kernel.Store.Pending).IsNotNull();
    }

    [Test]
    public async Task A_batch_is_written_when_it_holds_64_commits()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        for (int i = 1; i < 64; i++)
        {
            kernel.Send("ko4");
        }

        await Assert.That(kernel.Store.Pending).IsNull();
        kernel.Send("ko4");
        await Assert.That(kernel.Store.Pending).IsNotNull();
    }

    [Test]
    public async Task A_batch_is_written_when_it_is_large()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Store.Holds = true;
        kernel.Send("ko5", "busy");
        kernel.Send("ko4");
        kernel.Send("ko4", "next");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("big", new string('x', 300_000))] });
        await Assert.That(kernel.Store.Pending).IsNotNull();
    }

    [Test]
    public async Task When_the_disk_is_far_behind_dispatch_waits_for_it()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a");
        kernel.Store.Holds = true;
        kernel.Request<Done>((loop, answer) => loop.RecordIdentity("one", answer));
        for (int i = 0; i < 1_024; i++)
        {
            kernel.Send("ko4");
        }

        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Workers.Executing).IsEmpty();
        kernel.Store.Complete();
        kernel.Settle();
        await Assert.That(kernel.Executes("v1")).IsTrue();
    }

    [Test]
    public async Task Batches_are_written_one_at_a_time_and_in_order()
    {
        KernelFixture kernel = Boot();
        kernel.Store.Holds = true;
        long last = 0;
        for (int i = 0; i < 5; i++)
        {
            string id = $"peer{i}";
            kernel.Request<Done>((loop, answer) => loop.RecordIdentity(id, answer));
            if (i % 2 == 1)
            {
                await Assert.That(kernel.Store.Pending!.LastCommit).IsGreaterThan(last);
                last = kernel.Store.Pending!.LastCommit;
                kernel.Store.Complete();
                kernel.Settle();
            }
        }

        kernel.Sync();
        await Assert.That(kernel.Store.Get("peerId")).IsEqualTo("peer4");
    }

    private static bool IsQueueRow(string key) => key.StartsWith("queue.run.", StringComparison.Ordinal) && char.IsAsciiDigit(key[^1]);
}
