using Ocap.Kernel.Api;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using TUnit.Assertions.Enums;

namespace Ocap.Kernel.Tests;

/// <summary>A vat that comes back and has very much to let go of, or to say, is taken in a piece at a time: it comes out the same as if at once (K12).</summary>
public sealed class LargeStartTests : KernelTest
{
    private const int Many = 20;

    private static readonly KernelOptions AtOnce = new() { Lanes = 4 };
    private static readonly KernelOptions InPieces = new() { PieceParts = 4, CleanupPiece = 4, Lanes = 4 };

    [Test]
    [Arguments(0)]
    [Arguments(Many)]
    public async Task It_comes_out_the_same_as_at_once(int sends)
    {
        string[] outcomes = [Outcome(AtOnce, sends), Outcome(InPieces, sends)];
        await Assert.That(outcomes[1]).IsEqualTo(outcomes[0]);
        await Assert.That(outcomes[0]).Contains("VAT_RESTARTED");
    }

    [Test]
    public async Task No_commit_of_it_is_larger_than_a_piece_and_others_are_answered_in_between()
    {
        KernelFixture kernel = Full(InPieces);
        int rows = 0;
        kernel.Loop.Core.Committed = commit => rows = Math.Max(rows, commit.Writes.Puts.Count);
        kernel.Store.Holds = true;
        Told<Done> restarted = kernel.Restart("v1");
        kernel.Finish("v1", Start(kernel, Many));
        Told<Settlement> other = kernel.Send("ko6", "other");
        kernel.Answer("v3", Ask.Seven);
        while (!other.IsTold)
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        await Assert.That(restarted.IsTold).IsFalse();
        kernel.Sync();
        await Assert.That(restarted.Answer.IsOk).IsTrue();
        await Assert.That(rows).IsLessThan(60);
        await Assert.That(kernel.Loop.Core.Lanes.Find(KernelFixture.Vat("v1"))!.State).IsEqualTo(Lanes.LaneState.Running);
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Wherever_the_process_dies_the_next_start_does_the_rest(bool afterSync)
    {
        int deaths = 0;
        for (bool isOver = false; !isOver; deaths++)
        {
            KernelFixture kernel = Full(InPieces);
            kernel.Store.Holds = true;
            kernel.Restart("v1");
            kernel.Finish("v1", Start(kernel, Many));
            for (int i = 0; i < deaths && kernel.Store.Pending is not null; i++)
            {
                kernel.Store.Complete();
                kernel.Settle();
            }

            isOver = kernel.Store.Pending is null;
            kernel = Watch(kernel.CrashToSlowDisk(InPieces, afterSync));
            kernel.Sync();
            kernel.Finish("v1", Start(kernel, 0));
            kernel.Sync();
            kernel.Finish("v2");
            kernel.Finish("v3");
            List<string> received = Receive(kernel);

            // All of what the first start sent, or nothing.
            await Assert.That(received).IsEquivalentTo(received.Count == 0 ? [] : Sent, CollectionOrdering.Matching);
            await Assert.That(kernel.Keys("crank.")).IsEmpty();
            await Assert.That(kernel.Keys("v1.c.p+")).IsEmpty();
            await Assert.That(kernel.Keys("v1.c.o")).IsEquivalentTo(["v1.c.o+0", "v1.c.o+d10/1", "v1.c.o-1"]);
        }

        await Assert.That(deaths).IsGreaterThan(8);
    }

    [Test]
    public async Task One_that_may_not_do_what_it_does_fails_and_changes_nothing()
    {
        KernelFixture kernel = Full(InPieces);
        Told<Done> restarted = kernel.Restart("v1");
        CrankReport start = Start(kernel, Many);
        string[] names = kernel.Keys("v1.c.");
        kernel.Finish("v1", start with { Syscalls = [.. start.Syscalls, Ask.Send("o-2", "unknown")] });
        kernel.Sync();
        await Assert.That(restarted.Answer.Failure).Contains("illegal syscall");
        await Assert.That(kernel.Keys("v1.c.")).IsEquivalentTo(names);
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
        await Assert.That(kernel.Executes("v3")).IsFalse();
    }

    [Test]
    public async Task What_only_the_old_heap_named_is_another_thing_by_the_same_name()
    {
        KernelFixture kernel = Full(InPieces);
        string old = kernel.Row("v1.c.o+1")!;
        kernel.Restart("v1");
        CrankReport start = Start(kernel, 0);
        kernel.Finish("v1", start with { Syscalls = [Ask.Send("o-1", "take", "p+1", "o+1")] });
        kernel.Sync();
        await Assert.That(kernel.Row("v1.c.o+1")).IsNotNull();
        await Assert.That(kernel.Row("v1.c.o+1")).IsNotEqualTo(old);
        await Assert.That(kernel.Row($"{old}.owner")).IsNull();
    }

    [Test]
    public async Task Its_vat_can_be_ended_in_the_middle_of_it_or_lose_its_heap_again()
    {
        KernelFixture kernel = Full(InPieces);
        kernel.Store.Holds = true;
        Told<Done> restarted = kernel.Restart("v1");
        HeldWorker worker = kernel.Worker("v1");
        kernel.Finish("v1", Start(kernel, 0));
        worker.Die(isSuspect: true);
        kernel.Sync();
        await Assert.That(kernel.Delivery<StartVat>("v1")).IsNotNull();
        kernel.Finish("v1", Start(kernel, 0));
        kernel.Sync();
        await Assert.That(restarted.Answer.IsOk).IsTrue();

        kernel = Full(InPieces);
        kernel.Store.Holds = true;
        restarted = kernel.Restart("v1");
        kernel.Finish("v1", Start(kernel, Many));
        await Assert.That(kernel.Loop.Core.LargeCranks.Any).IsTrue();
        Told<Done> ended = kernel.Terminate("v1");
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
        kernel.Sync();
        await Assert.That(ended.Answer.IsOk).IsTrue();
        await Assert.That(restarted.IsTold).IsTrue();
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
    }

    [Test]
    public async Task Who_waits_for_a_vat_whose_heap_is_lost_meanwhile_is_answered_when_it_is_there()
    {
        KernelFixture kernel = Full(InPieces);
        kernel.Store.Holds = true;
        Told<Done> restarted = kernel.Restart("v1");
        HeldWorker worker = kernel.Worker("v1");
        kernel.Finish("v1", Start(kernel, 0));
        worker.Die(isSuspect: true);
        kernel.Sync();
        await Assert.That(kernel.Delivery<StartVat>("v1")).IsNotNull();
        await Assert.That(restarted.IsTold).IsFalse();
        kernel.Finish("v1", new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "broken") });
        kernel.Sync();
        await Assert.That(restarted.Answer.IsOk).IsFalse();
    }

    [Test]
    public async Task One_that_was_dropped_because_its_vat_is_about_to_end_does_not_start_again_before_that()
    {
        KernelFixture kernel = Full(InPieces);
        kernel.Send("ko5", "busy");
        Told<Done> restarted = kernel.Restart("v1");
        Told<Done> ended = kernel.Request<Done>((loop, answer) => loop.TerminateSubcluster(new Ocap.Kernel.Refs.SubclusterId(1), answer));
        kernel.Finish("v1", Start(kernel, Many));
        await Assert.That(kernel.Loop.Core.LargeCranks.Any).IsFalse();
        await Assert.That(kernel.Executes("v1")).IsFalse();
        kernel.Finish("v2");
        await Assert.That(ended.Answer.IsOk).IsTrue();
        await Assert.That(restarted.Answer.IsOk).IsFalse();
    }

    [Test]
    public async Task A_damaged_row_that_it_meets_half_way_makes_it_fail_and_stops_nobody()
    {
        KernelFixture kernel = Full(InPieces);
        kernel.MayBreak = true;
        Told<Done> restarted = kernel.Restart("v1");
        string object9 = kernel.Row("v1.c.o+9")!;
        string entry = kernel.Row($"v1.c.{object9}")!;
        Put(kernel, $"v1.c.{object9}", "?");
        kernel.Finish("v1", Start(kernel, 0));
        kernel.Sync();
        await Assert.That(restarted.Answer.Failure).Contains("could not take it in");
        kernel.Send("ko6", "alive");
        await Assert.That(kernel.Method("v3")).IsEqualTo("alive");
        kernel.Finish("v3");

        // When that is mended it can be tried again.
        Put(kernel, $"v1.c.{object9}", entry);
        restarted = kernel.Restart("v1");
        kernel.Finish("v1", Start(kernel, 0));
        kernel.Sync();
        await Assert.That(restarted.Answer.IsOk).IsTrue();
    }

    private static string[] Sent => [.. Enumerable.Range(1, Many).Select(static i => $"m{i}")];

    private static void Put(KernelFixture kernel, string key, string value)
    {
        Ocap.Kernel.Cranks.Commit commit = kernel.Loop.Core.Begin();
        commit.Writes.Put(key, value);
        kernel.Loop.Core.Merge(commit);
    }

    /// <summary>Everything there is when all has been told.</summary>
    private string Outcome(KernelOptions options, int sends)
    {
        KernelFixture kernel = Full(options);
        kernel.Restart("v1");
        kernel.Finish("v1", Start(kernel, sends));
        var told = new SortedSet<string>(StringComparer.Ordinal);
        while (kernel.Executes("v2"))
        {
            told.UnionWith(kernel.Worker("v2").Delivery switch
            {
                DeliverNotify notify => [$"{notify.Settlements[0].Promise} {notify.Settlements[0].Value.Body}"],
                DeliverDropExports drop => drop.VRefs.Select(static vref => $"drop {vref}"),
                DeliverRetireExports retire => retire.VRefs.Select(static vref => $"retire {vref}"),
                _ => [kernel.Method("v2")],
            });
            kernel.Finish("v2");
        }

        return string.Join('\n', [.. told, .. kernel.Loop.Core.State.Scan("").OrderBy(static row => row.Key, StringComparer.Ordinal).Select(static row => row.ToString())]);
    }

    /// <summary>v1 has very much: promises that v2 waits for, exports that v2 holds, imports of v2's; it knows v3 as <c>o-2</c>.</summary>
    private KernelFixture Full(KernelOptions options)
    {
        KernelFixture kernel = Boot(options);
        kernel.Launch("a", "b", "c");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, ["o+0", .. Enumerable.Range(1, Many).Select(static i => $"p+{i}"), .. Enumerable.Range(1, Many).Select(static i => $"o+{i}"), "o+d10/1"]));
        kernel.Finish("v2", [.. Enumerable.Range(1, Many).Select(static i => Ask.Subscribe($"p-{i}")), Ask.Send("o-1", "take", null, [.. Enumerable.Range(1, Many).Select(static i => $"o+{i}")])]);
        kernel.Sync();
        kernel.Finish("v1");
        kernel.Sync();
        return kernel;
    }

    /// <summary>It still holds v2, and sends so many messages to it.</summary>
    private static CrankReport Start(KernelFixture kernel, int sends) => new()
    {
        HeldImports = new HeldImports(["o-1"], []),
        Syscalls = [.. Sent.Take(sends).Select(static method => Ask.Send("o-1", method))],
        Vatstore = kernel.Row("vatConfig.v1") is null ? [] : [new KeyValuePair<string, string?>("started", "yes")],
    };

    private static List<string> Receive(KernelFixture kernel)
    {
        var methods = new List<string>();
        kernel.Sync();
        while (kernel.Executes("v2"))
        {
            if (kernel.Worker("v2").Delivery is DeliverMessage message && message.Methargs.Body.StartsWith("#[\"m", StringComparison.Ordinal))
            {
                methods.Add(kernel.Method("v2"));
            }

            kernel.Finish("v2");
            kernel.Sync();
        }

        return methods;
    }
}
