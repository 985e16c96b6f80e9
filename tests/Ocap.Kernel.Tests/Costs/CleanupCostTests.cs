using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests.Costs;

/// <summary>Cleaning up after an ended vat reads what is left of it once, and everybody else gets a turn between its pieces.</summary>
public sealed class CleanupCostTests : KernelTest
{
    [Test]
    public async Task Cleaning_up_after_a_vat_costs_in_proportion_to_its_c_list()
    {
        long rows = 0;
        double growth = Growth.OfDouble(800, size => Ending(size, read => rows = read));
        await Assert.That(growth).IsLessThan(Growth.Proportional);
        Ending(800, read => rows = read)();
        long once = rows;
        Ending(1_600, read => rows = read)();
        await Assert.That((double)rows / once).IsLessThan(Growth.Proportional);
    }

    [Test]
    public async Task No_commit_of_an_end_is_larger_or_reads_more_because_the_vat_owes_more_answers()
    {
        (int rowsOfFew, long readForFew) = LargestOfEnd(100);
        (int rowsOfMany, long readForMany) = LargestOfEnd(1_000);
        await Assert.That(rowsOfMany).IsLessThanOrEqualTo(rowsOfFew);
        await Assert.That(readForMany).IsLessThanOrEqualTo(readForFew);
    }

    [Test]
    public async Task No_commit_of_an_end_is_larger_because_the_vat_was_to_be_told_of_more_garbage()
    {
        await Assert.That(LargestWithGarbage(500)).IsLessThanOrEqualTo(LargestWithGarbage(100));
    }

    [Test]
    public async Task While_garbage_is_collected_other_requests_and_vats_get_their_turns()
    {
        KernelFixture kernel = Ended(50);
        var collected = new Told<Done>();
        kernel.Loop.CollectGarbage(collected.Tell);
        var pings = new List<Told<Settlement>>();
        int answered = 0;
        for (int pumps = 0; !collected.IsTold && pumps < 1_000; pumps++)
        {
            answered = pings.Count(static ping => ping.IsTold);
            var told = new Told<Settlement>();
            pings.Add(told);
            kernel.Loop.QueueMessage(KRef.Parse("ko6"), Ask.Call("ping"), told.Tell);
            kernel.Powers.Round(kernel.Loop);
            if (kernel.Executes("v3"))
            {
                kernel.Worker("v3").Finish(new CrankReport { Syscalls = [Ask.Fulfill(kernel.Delivery<DeliverMessage>("v3").Result!, Ask.Seven)] });
            }

            kernel.Powers.Round(kernel.Loop);
        }

        await Assert.That(collected.Answer.IsOk).IsTrue();
        await Assert.That(answered).IsGreaterThan(10);
        await Assert.That(kernel.Keys("v1.")).IsEmpty();
    }

    [Test]
    public async Task However_much_else_there_is_to_do_the_collection_comes_to_its_end()
    {
        KernelFixture kernel = Ended(50);
        var collected = new Told<Done>();
        kernel.Loop.CollectGarbage(collected.Tell);
        int pumps = 0;
        for (; !collected.IsTold && pumps < 1_000; pumps++)
        {
            // Messages to nobody: each is work that no vat is needed for, and there is always more than a pump does.
            for (int i = 0; i < 3; i++)
            {
                kernel.Loop.QueueMessage(KRef.Parse("kp99999"), Ask.Call("m"), static _ => { });
                kernel.Loop.QueueMessage(KRef.Parse("ko1"), Ask.Call("m"), static _ => { });
            }

            kernel.Powers.Round(kernel.Loop, steps: 2);
        }

        await Assert.That(collected.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Loop.Core.Queue.Count).IsGreaterThan(0);
        kernel.Settle();
    }

    [Test]
    public async Task A_collection_is_answered_when_all_of_it_is_durable()
    {
        KernelFixture kernel = Ended(20);
        kernel.Store.Holds = true;
        Told<Done> collected = kernel.Request<Done>((loop, answer) => loop.CollectGarbage(answer));
        await Assert.That(kernel.Keys("v1.")).IsEmpty();
        await Assert.That(collected.IsTold).IsFalse();
        await Assert.That(kernel.Store.Dump()).Contains("v1.c.");
        kernel.Sync();
        await Assert.That(collected.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Store.Dump()).Contains("vats.terminated = []");
        await Assert.That(kernel.Store.Dump()).DoesNotContain("v1.c.");
    }

    [Test]
    public async Task A_collection_does_not_wait_for_vats_that_end_later()
    {
        KernelFixture kernel = Ended(20);
        var first = new Told<Done>();
        var second = new Told<Done>();
        kernel.Loop.CollectGarbage(first.Tell);
        kernel.Loop.TerminateVat(new VatId(2), static _ => { });
        kernel.Powers.Round(kernel.Loop, steps: 1);
        await Assert.That(kernel.Row("vats.terminated")).IsEqualTo("[\"v1\",\"v2\"]");
        kernel.Loop.CollectGarbage(second.Tell);
        for (int round = 0; !first.IsTold && round < 1_000; round++)
        {
            kernel.Powers.Round(kernel.Loop);
        }

        await Assert.That(kernel.Row("vats.terminated")).IsEqualTo("[\"v2\"]");
        await Assert.That(second.IsTold).IsFalse();
        kernel.Settle();
        await Assert.That(second.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Row("vats.terminated")).IsEqualTo("[]");
    }

    [Test]
    public async Task A_collection_under_way_is_answered_when_the_kernel_stops_or_is_cleared()
    {
        KernelFixture stopping = Ended(20);
        var refused = new Told<Done>();
        stopping.Loop.CollectGarbage(refused.Tell);
        stopping.Loop.Stop(static () => { });
        stopping.Settle();
        await Assert.That(refused.Answer.Failure).StartsWith("The daemon is stopping");

        // What was left is cleaned up after the next start.
        stopping = Watch(stopping.Crash());
        await Assert.That(stopping.Row("vats.terminated")).IsEqualTo("[]");
        await Assert.That(stopping.Keys("v1.")).IsEmpty();

        KernelFixture cleared = Ended(20);
        var done = new Told<Done>();
        cleared.Loop.CollectGarbage(done.Tell);
        cleared.Request<Done>((loop, answer) => loop.ClearState(answer));
        await Assert.That(done.Answer.IsOk).IsTrue();

        // A vat of the same name starts anew.
        cleared.Launch("a", "b");
        cleared.Terminate("v1");
        await Assert.That(cleared.Keys("v1.")).IsEmpty();
    }

    [Test]
    public async Task A_c_list_that_cannot_be_cleaned_up_holds_up_nobody()
    {
        KernelFixture kernel = Ended(20);
        kernel.MayBreak = true;
        kernel.Loop.TerminateVat(new VatId(2), static _ => { });
        string[] keys = [.. kernel.Keys("v1.c.ko")];
        Cranks.Commit harm = kernel.Loop.Core.Begin();
        harm.Writes.Put(keys[^1], "? nonsense");
        kernel.Loop.Core.Merge(harm);
        Told<Done> collected = kernel.Request<Done>((loop, answer) => loop.CollectGarbage(answer));
        await Assert.That(collected.Answer.Failure).IsNotNull();
        await Assert.That(kernel.Keys("v2.")).IsEmpty();
        await Assert.That(kernel.Powers.Errors.Count).IsEqualTo(1);
        kernel.Do("ko6", "v3");
        await Assert.That(kernel.Powers.Errors.Count).IsEqualTo(1);
        kernel.Request<Done>((loop, answer) => loop.ClearState(answer));
    }

    /// <summary>The most rows that a commit of v1's end changes, and that are scanned between two.</summary>
    private (int Rows, long Scanned) LargestOfEnd(int owed)
    {
        KernelFixture kernel = Boot(new KernelOptions { CleanupPiece = 10 });
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, [.. Enumerable.Range(1, owed).Select(static i => $"p+{i}")]));
        kernel.Finish("v2");
        return Largest(kernel);
    }

    private int LargestWithGarbage(int objects)
    {
        KernelFixture kernel = Exporting(objects, piece: 10);
        kernel.Send("ko4", "busy");
        kernel.Do("ko5", "v2", Ask.Gc(GcSyscallKind.DropImports, [.. Enumerable.Range(1, objects).Select(static i => $"o-{i}")]));
        kernel.Loop.TerminateVat(new VatId(1), static _ => { });
        kernel.Worker("v1").Finish(new CrankReport());
        return Largest(kernel).Rows;
    }

    private static (int Rows, long Scanned) Largest(KernelFixture kernel)
    {
        int rows = 0;
        long scanned = 0, before = kernel.Store.RowsScanned;
        kernel.Loop.Core.Committed = commit =>
        {
            rows = Math.Max(rows, commit.Writes.Puts.Count);
            scanned = Math.Max(scanned, kernel.Store.RowsScanned - before);
            before = kernel.Store.RowsScanned;
        };
        kernel.Terminate("v1");
        kernel.Sync();
        return (rows, scanned);
    }

    /// <summary>v1 has just ended with so many more exports than the first commit removes; v2 has as many imports, and <c>ko6</c> is the root of v3.</summary>
    private KernelFixture Ended(int exports)
    {
        KernelFixture kernel = Exporting(exports, piece: 1);
        kernel.Loop.TerminateVat(new VatId(1), static _ => { });
        kernel.Loop.Core.Deferred.Dequeue()();
        return kernel;
    }

    /// <summary>What remains is that v1 ends; then <paramref name="read"/> is told how many rows were scanned for it.</summary>
    private Action Ending(int size, Action<long> read)
    {
        KernelFixture kernel = Exporting(size, piece: 25);
        long before = kernel.Store.RowsScanned;
        return () =>
        {
            kernel.Terminate("v1");
            read(kernel.Store.RowsScanned - before);
        };
    }

    private KernelFixture Exporting(int exports, int piece)
    {
        KernelFixture kernel = Boot(new KernelOptions { CleanupPiece = piece });
        kernel.Launch("a", "b", "c");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, [.. Enumerable.Range(1, exports).Select(i => $"o+{i}")]));
        kernel.Finish("v2");
        return kernel;
    }
}
