using System.Diagnostics;
using Ocap.Kernel.Api;
using Ocap.Kernel.Gc;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests.Costs;

/// <summary>Actions of the garbage collector wait only for vats that will take them, and cost those who have none nothing.</summary>
public sealed class CollectionCostTests : KernelTest
{
    [Test]
    public async Task Vats_that_end_together_leave_no_actions_for_each_other_behind()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "many", null, [.. Enumerable.Range(1, 1_200).Select(i => $"o+{i}")]));
        string[] back = [.. Enumerable.Range(1, 1_200).Select(i => $"o+{i}")];
        kernel.Finish("v2", [Ask.Send("o-1", "many", null, back)]);
        kernel.Finish("v1");
        Told<Done> ended = kernel.Request<Done>((loop, answer) => loop.TerminateSubcluster(new SubclusterId(1), answer));
        await Assert.That(ended.Answer.IsOk).IsTrue();
        await Assert.That(kernel.Keys(GcActionSet.Prefix)).IsEmpty();
        await Assert.That(kernel.Row("vats.terminated")).IsEqualTo("[]");
        await Assert.That(kernel.Keys("ko").Where(key => !key.StartsWith("ko1.", StringComparison.Ordinal) && !key.StartsWith("ko2.", StringComparison.Ordinal) && !key.StartsWith("ko3.", StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task Actions_that_were_stored_for_a_vat_that_has_ended_go_when_the_kernel_starts()
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "o+10"));
        kernel.Finish("v2");
        kernel.Do("ko5", "v2", Ask.Gc(GcSyscallKind.DropImports, "o-1"));
        var left = new WriteBatch { Kernel = { ["gcActions"] = """["v1 dropExport ko6","v10 retireImport ko99","v9 dropExport ko5"]""" } };
        kernel = Watch(kernel.Crash(meanwhile: left));
        await Assert.That(kernel.Row("gcActions")).IsEqualTo("[]");
        await Assert.That(kernel.Keys(GcActionSet.Prefix)).IsEquivalentTo(["gcAction.v1.dropExport.ko6"]);
        kernel.After(milliseconds: 10);
        await Assert.That(kernel.Store.Dump()).DoesNotContain("v9 ");
    }

    [Test]
    public async Task A_dispatch_costs_no_more_when_another_vat_has_many_actions_waiting()
    {
        KernelFixture few = Busy(10);
        KernelFixture many = Busy(10_000);
        Dispatch(few);
        Dispatch(many);

        // The shortest of several tries: what else the machine does makes some of them longer.
        TimeSpan withFew = TimeSpan.MaxValue;
        TimeSpan withMany = TimeSpan.MaxValue;
        for (int round = 0; round < 60; round++)
        {
            withFew = Shorter(withFew, Dispatch(few));
            withMany = Shorter(withMany, Dispatch(many));
        }

        await Assert.That(withMany / withFew).IsLessThan(3);
    }

    [Test]
    public async Task A_commit_that_changes_the_set_writes_what_it_changes_and_not_all_that_waits()
    {
        KernelFixture few = Busy(10);
        KernelFixture many = Busy(2_000);
        long once = CharactersOfDropping(few);
        await Assert.That(once).IsGreaterThan(0);
        await Assert.That(CharactersOfDropping(many)).IsEqualTo(once);
    }

    /// <summary>Characters that are written with one more action for v1.</summary>
    private static long CharactersOfDropping(KernelFixture kernel)
    {
        long characters = 0;
        kernel.Loop.Core.Committed = commit => characters += commit.GcAdded.Count == 0
            ? 0
            : commit.Writes.Puts.Where(static row => row.Key.StartsWith("gc", StringComparison.Ordinal)).Sum(static row => row.Value?.Length ?? 0);
        kernel.Do("ko5", "v2", Ask.Gc(GcSyscallKind.RetireImports, "o-1"));
        return characters;
    }

    /// <summary>A kernel whose v1 is busy and will have to be told to drop so many objects; <c>ko6</c> is the root of v3.</summary>
    private KernelFixture Busy(int actions)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("a", "b", "c");
        string[] exports = [.. Enumerable.Range(1, actions).Select(i => $"o+{i}")];
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, exports));
        kernel.Finish("v2");
        kernel.Send("ko4", "busy");
        kernel.Do("ko5", "v2", Ask.Gc(GcSyscallKind.DropImports, [.. Enumerable.Range(1, actions).Select(i => $"o-{i}")]));
        return kernel;
    }

    private static TimeSpan Dispatch(KernelFixture kernel)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 50; i++)
        {
            kernel.Send("ko6");
            kernel.Finish("v3", Ask.Fulfill(kernel.Delivery<DeliverMessage>("v3").Result!, Ask.Seven));
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
