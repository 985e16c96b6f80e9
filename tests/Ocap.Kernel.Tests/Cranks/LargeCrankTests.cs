using Ocap.Kernel.Api;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>A crank that asks for very much is committed in pieces: wholly or not at all, in order, and nobody waits for more than a piece of it.</summary>
public sealed class LargeCrankTests : LargeCrankTest
{
    [Test]
    public async Task Others_are_answered_between_its_pieces()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b", "c");
        Told<Settlement> large = BeginLarge(kernel);
        Told<Settlement> other = kernel.Send("ko6", "other");
        kernel.Answer("v3", Ask.Seven);
        for (int writes = 0; !other.IsTold; writes++)
        {
            await Assert.That(writes).IsLessThan(3);
            kernel.Store.Complete();
            kernel.Settle();
        }

        await Assert.That(large.IsTold).IsFalse();
        kernel.Sync();
        await Assert.That(large.Value.Value).IsEqualTo(Ask.Seven);
    }

    [Test]
    public async Task What_it_sent_arrives_once_and_in_the_order_sent_and_what_it_stored_is_there()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        BeginLarge(kernel);
        await Assert.That(Receive(kernel)).IsEquivalentTo(Sent, TUnit.Assertions.Enums.CollectionOrdering.Matching);
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
        await Assert.That(Stored(kernel)).IsEqualTo(Many);
    }

    [Test]
    public async Task Its_vat_gets_nothing_else_before_all_of_it_is_committed()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Store.Holds = true;
        kernel.Send("ko4", "large");
        kernel.Send("ko4", "next");
        kernel.Finish("v1", Large(kernel));
        Told<Done> terminated = kernel.Terminate("v2");
        await Assert.That(kernel.Executes("v1")).IsFalse();
        kernel.Sync();
        kernel.Collect("v1");
        await Assert.That(kernel.Method("v1")).IsEqualTo("next");
        await Assert.That(Stored(kernel)).IsEqualTo(Many);
        await Assert.That(terminated.Answer.IsOk).IsTrue();
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Wherever_the_process_dies_all_of_it_has_happened_or_nothing(bool afterSync)
    {
        int undone = 0, done = 0;
        for (int survived = 0; ; survived++)
        {
            KernelFixture kernel = Boot(InPieces);
            kernel.Launch("a", "b");
            Told<Settlement> large = BeginLarge(kernel);
            for (int i = 0; i < survived && !large.IsTold; i++)
            {
                kernel.Store.Complete();
                kernel.Settle();
            }

            if (large.IsTold)
            {
                break;
            }

            kernel = Watch(kernel.CrashToSlowDisk(InPieces, afterSync));
            kernel.Sync();
            foreach (string vat in (string[])["v1", "v2"])
            {
                kernel.Finish(vat);
            }

            if (kernel.Executes("v1"))
            {
                // Delivered anew: nothing of it is there.
                await Assert.That(kernel.Method("v1")).IsEqualTo("large");
                await Assert.That(Stored(kernel)).IsEqualTo(0);
                await Assert.That(kernel.Keys("crank.")).IsEmpty();
                await Assert.That(kernel.Executes("v2")).IsFalse();
                await Assert.That(done).IsEqualTo(0);
                undone++;
                continue;
            }

            await Assert.That(Stored(kernel)).IsEqualTo(Many);
            await Assert.That(Receive(kernel)).IsEquivalentTo(Sent, TUnit.Assertions.Enums.CollectionOrdering.Matching);
            await Assert.That(kernel.Keys("crank.")).IsEmpty();
            done++;
        }

        await Assert.That(undone).IsGreaterThan(1);
        await Assert.That(done).IsGreaterThan(4);
    }

    [Test]
    public async Task What_a_dead_process_left_of_it_is_done_before_its_vat_starts_also_when_somebody_waits_for_that()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        BeginLarge(kernel);
        while (kernel.Row("crank.v1") is null || kernel.Store.Dump().Contains("crank.v1.0", StringComparison.Ordinal))
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        kernel = Watch(kernel.CrashToSlowDisk(InPieces, afterSync: false));
        kernel.Request<Done>((loop, answer) => loop.PingVat(KernelFixture.Vat("v1"), answer));
        kernel.Request<Done>((loop, answer) => loop.CollectGarbage(answer));
        await Assert.That(kernel.Executes("v1")).IsFalse();
        kernel.Sync();
        await Assert.That(kernel.Delivery<StartVat>("v1")).IsNotNull();
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
    }

    [Test]
    public async Task No_commit_of_it_is_larger_than_a_piece()
    {
        KernelFixture kernel = Boot(InPieces with { PieceParts = 10, PieceCharacters = 100 });
        kernel.Launch("a", "b");
        int rows = 0, characters = 0;
        kernel.Loop.Core.Committed = commit =>
        {
            rows = Math.Max(rows, commit.Writes.Puts.Count);
            characters = Math.Max(characters, commit.Writes.VatStores.Sum(static store => store.Changes.Sum(static change => change.Value?.Length ?? 0)));
        };
        kernel.Send("ko4", "large");
        kernel.Finish("v1", new CrankReport
        {
            Syscalls = [.. Enumerable.Range(1, 500).Select(static i => Ask.Send("o-1", $"m{i}", $"p+{i}", $"o+{i}"))],
            Vatstore = [.. Enumerable.Range(1, 500).Select(static i => new KeyValuePair<string, string?>($"k{i}", new string('x', 40)))],
        });
        kernel.Sync();
        await Assert.That(rows).IsLessThan(200);
        await Assert.That(characters).IsLessThan(200);
    }

    [Test]
    public async Task A_stop_waits_for_the_end_of_it()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        BeginLarge(kernel);
        bool hasStopped = false;
        kernel.Loop.Stop(() => hasStopped = true);
        kernel.Settle();
        await Assert.That(hasStopped).IsFalse();
        kernel.Sync();
        await Assert.That(hasStopped).IsTrue();
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
        await Assert.That(kernel.Keys("queue.run.").Length).IsEqualTo(Many + 2);
    }

    [Test]
    public async Task A_worker_that_dies_meanwhile_undoes_nothing_of_it()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Store.Holds = true;
        kernel.Send("ko4", "large");
        HeldWorker worker = kernel.Worker("v1");
        CrankReport report = Large(kernel);
        worker.Finish(report with { Outside = [new StartTimer(1, 5, false)] });
        kernel.Settle();
        worker.Die(isSuspect: true);
        kernel.Settle();
        await Assert.That(kernel.Executes("v1")).IsFalse();
        kernel.Sync();
        await Assert.That(kernel.Delivery<StartVat>("v1")).IsNotNull();
        await Assert.That(kernel.Worker("v1").ToRun.IsSuspect).IsFalse();
        await Assert.That(Stored(kernel)).IsEqualTo(Many);
        await Assert.That(kernel.World.All.All(static world => world.Asked.Count == 0)).IsTrue();
    }

    [Test]
    public async Task A_vat_that_exits_in_it_keeps_all_of_it_and_one_that_fails_nothing()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b", "c");
        kernel.Send("ko4", "large");
        CrankReport report = Large(kernel);
        kernel.Finish("v1", report with { Syscalls = [Ask.Exit(), .. report.Syscalls] });
        await Assert.That(Receive(kernel)).IsEquivalentTo(Sent, TUnit.Assertions.Enums.CollectionOrdering.Matching);
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();

        Told<Settlement> failed = kernel.Send("ko5", "large");
        kernel.Finish("v2", new CrankReport { Syscalls = [.. Enumerable.Range(1, Many).Select(static i => Ask.Send("o+0", $"undone{i}")), Ask.Fail()] });
        kernel.Sync();
        await Assert.That(KernelFixture.ErrorOf(failed.Value)).Contains("oops");
        await Assert.That(kernel.Row("vatConfig.v2")).IsNull();
        await Assert.That(kernel.Keys("queue.run.").Length).IsEqualTo(2);
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
    }

    [Test]
    public async Task What_it_lets_go_of_is_let_go_of()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, [.. Enumerable.Range(1, Many).Select(static i => $"o+{i}")]));
        kernel.Sync();
        int most = 0;
        kernel.Loop.Core.Committed = commit => most = Math.Max(most, commit.Writes.Puts.Count(static row => row.Value is null && row.Key.StartsWith("v2.c.o-", StringComparison.Ordinal)));
        string[] imports = [.. Enumerable.Range(1, Many).Select(static i => $"o-{i}")];
        kernel.Finish("v2", Ask.Gc(GcSyscallKind.DropImports, imports), Ask.Gc(GcSyscallKind.RetireImports, imports));
        kernel.Sync();
        await Assert.That(kernel.Keys("v2.c.o-")).IsEmpty();
        await Assert.That(most).IsEqualTo(InPieces.PieceParts + 1);
        string[] told = [.. kernel.Collect("v1").SelectMany(static one => one.Split(' ').Skip(1).Select(vref => $"{one.Split(' ')[0]} {vref}"))];
        await Assert.That(told).IsEquivalentTo([.. Enumerable.Range(1, Many).SelectMany(static i => (string[])[$"drop o+{i}", $"retire o+{i}"])]);
        kernel.Sync();
        await Assert.That(kernel.Keys("v1.c.o+")).IsEquivalentTo(["v1.c.o+0"]);
    }

    [Test]
    public async Task One_syscall_that_settles_very_much_is_cut_and_its_values_may_mention_any_of_it()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, [.. Enumerable.Range(1, Many).Select(static i => $"p+{i}")]));
        kernel.Finish("v2", [.. Enumerable.Range(1, Many).Select(static i => Ask.Subscribe($"p-{i}"))]);
        kernel.Send("ko4", "settle");
        int most = 0;
        kernel.Loop.Core.Committed = commit => most = Math.Max(most, commit.Settled.Count);

        // Each is a list of the one before it and the one behind it; the first and the last are each other's.
        string Name(int i) => $"p+{1 + ((i + Many - 1) % Many)}";
        kernel.Finish("v1", new SyscallResolve([.. Enumerable.Range(1, Many).Select(i => new PromiseSettlement(Name(i), i % 3 == 0, Ask.Data("#[\"&0\",\"&1\"]", Name(i - 1), Name(i + 1))))]));
        kernel.Sync();
        var told = new HashSet<string>(StringComparer.Ordinal);
        while (kernel.Executes("v2"))
        {
            told.UnionWith(kernel.Delivery<DeliverNotify>("v2").Settlements.Select(static one => one.Promise));
            kernel.Finish("v2");
            kernel.Sync();
        }

        await Assert.That(told.IsSupersetOf(Enumerable.Range(1, Many).Select(static i => $"p-{i}"))).IsTrue();
        await Assert.That(most).IsLessThanOrEqualTo(InPieces.PieceParts);
        await Assert.That(kernel.Keys("v1.c.p+")).IsEmpty();
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task One_syscall_that_settles_very_much_and_one_of_it_twice_or_anothers_does_nothing_at_all(bool twice)
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, [.. Enumerable.Range(1, Many).Select(static i => $"p+{i}")]));
        kernel.Finish("v2", Ask.Subscribe("p-1"));
        kernel.Do("ko4", "v1", Ask.Send("o-1", "answer", "p+99"));
        kernel.Send("ko4", "settle");
        string[] names = [.. Enumerable.Range(1, Many).Select(static i => $"p+{i}"), twice ? "p+1" : "p+99"];
        kernel.Finish("v1", new SyscallResolve([.. names.Select(static name => new PromiseSettlement(name, false, Ask.Seven))]));
        kernel.Sync();
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
        await Assert.That(kernel.Keys("crank.")).IsEmpty();
        kernel.Finish("v2");
        await Assert.That(kernel.Delivery<DeliverNotify>("v2").Settlements[0].Rejected).IsTrue();
    }
}
