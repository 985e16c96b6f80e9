using Ocap.Kernel.Cranks;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Costs;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using TUnit.Assertions.Enums;

namespace Ocap.Kernel.Tests.Promises;

/// <summary>Vats that make as much as they can of what settles in pieces.</summary>
public sealed class SealedHostileTests : KernelTest
{
    private const int Many = 20;

    [Test]
    public async Task What_moves_between_two_writes_is_bounded_in_characters_however_many_promises_it_waits_for()
    {
        var options = new KernelOptions { PieceParts = 8, PieceCharacters = 2_000, Lanes = 4 };
        KernelFixture kernel = Boot(options);
        kernel.Launch("a", "b");
        string[] promises = [.. Enumerable.Range(1, 6).Select(static i => $"p+{i}")];
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, promises));
        string words = new('x', 3_000);
        kernel.Finish("v2", [.. promises.SelectMany((_, i) => Enumerable.Range(1, Many).Select(n => Ask.Send($"p-{i + 1}", $"{words}{n}")))]);
        kernel.Sync();
        kernel.Send("ko4", "settle");
        kernel.Store.Holds = true;
        kernel.Finish("v1", new SyscallResolve([.. promises.Select(static promise => new PromiseSettlement(promise, false, Ask.Ref("o+0")))]));
        await Assert.That(kernel.Keys(SealedSettlement.Prefix).Length).IsEqualTo(promises.Length);
        long most = 0, now = 0;
        kernel.Loop.Core.Committed = commit => now += commit.Added.Where(static item => item.Item is Ocap.Kernel.Queue.SendItem).Sum(static item => (long)item.Length);
        while (kernel.Store.Pending is not null)
        {
            now = 0;
            kernel.Store.Complete();
            kernel.Settle();
            most = Math.Max(most, now);
        }

        // One message more than a piece.
        await Assert.That(most).IsLessThan(2 * 3_500);
    }

    [Test]
    public async Task The_words_of_a_rejection_which_each_result_keeps_do_not_make_a_commit_larger_than_a_piece()
    {
        var options = new KernelOptions { PieceParts = 8, PieceCharacters = 4_000, Lanes = 4 };
        KernelFixture kernel = Boot(options);
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "p+1"));
        kernel.Finish("v2", [.. Enumerable.Range(1, Many).Select(static i => Ask.Send("p-1", $"m{i}", $"p+{i}")), .. Enumerable.Range(1, Many).Select(static i => Ask.Subscribe($"p+{i}"))]);
        kernel.Sync();
        kernel.Send("ko4", "settle");
        long most = 0;
        kernel.Loop.Core.Committed = commit => most = Math.Max(most, commit.Writes.Puts.Sum(static row => row.Value?.Length ?? 0));
        kernel.Finish("v1", Ask.Reject("p+1", new CapData($"#\"{new string('x', 1_500)}\"", [])));
        int told = 0;
        for (; kernel.Executes("v2"); told++)
        {
            await Assert.That(kernel.Delivery<DeliverNotify>("v2").Settlements[0].Rejected).IsTrue();
            kernel.Finish("v2");
        }

        await Assert.That(told).IsEqualTo(Many);
        await Assert.That(most).IsLessThan(8_000);
    }

    [Test]
    public async Task What_waits_for_a_chain_of_promises_moves_in_proportion_to_how_long_it_is()
    {
        long few = await Moves(10);
        long twice = await Moves(20);
        await Assert.That((double)twice / few).IsLessThan(2.8);
    }

    [Test]
    [Arguments(1)]
    [Arguments(4)]
    public async Task What_waits_for_a_chain_arrives_in_the_order_sent_wherever_the_process_dies(int lanes)
    {
        var options = new KernelOptions { PieceParts = 4, Lanes = lanes };
        string[] promises = [.. Enumerable.Range(1, 5).Select(static i => $"p+{i}")];
        for (int survived = 0, isOver = 0; isOver == 0; survived++)
        {
            KernelFixture kernel = Boot(options);
            kernel.Launch("a", "b", "c");
            kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, promises));
            kernel.Finish("v2", [.. promises.SelectMany((_, i) => Enumerable.Range(1, 8).Select(n => Ask.Send($"p-{i + 1}", $"m{i}.{n}")))]);
            kernel.Sync();
            kernel.Send("ko4", "settle");
            kernel.After(options.BatchMilliseconds);
            kernel.Store.Holds = true;
            kernel.Finish("v1", new SyscallResolve([.. promises.Select((promise, i) => new PromiseSettlement(promise, false, Ask.Ref(i + 1 < promises.Length ? promises[i + 1] : "o-2")))]));
            for (int i = 0; i < survived && kernel.Store.Pending is not null; i++)
            {
                kernel.Store.Complete();
                kernel.Settle();
            }

            isOver = kernel.Store.Pending is null ? 1 : 0;
            kernel = Watch(kernel.CrashToSlowDisk(options, afterSync: survived % 2 == 0));
            var received = new List<string>();
            kernel.Sync();
            for (bool goesOn = true; goesOn;)
            {
                goesOn = false;
                foreach (string vat in (string[])["v1", "v2", "v3"])
                {
                    if (kernel.Executes(vat))
                    {
                        goesOn = true;
                        if (kernel.Worker(vat).Delivery is DeliverMessage)
                        {
                            received.Add(kernel.Method(vat));
                        }

                        kernel.Finish(vat);
                        kernel.Sync();
                    }
                }
            }

            if (received.Count == 1 && received[0] == "settle")
            {
                continue;
            }

            await Assert.That(kernel.Keys(SealedSettlement.Prefix)).IsEmpty();
            await Assert.That(received.Count).IsEqualTo(8 * promises.Length);
            for (int i = 0; i < promises.Length; i++)
            {
                await Assert.That(received.Where(method => method.StartsWith($"m{i}.", StringComparison.Ordinal)))
                    .IsEquivalentTo(Enumerable.Range(1, 8).Select(n => $"m{i}.{n}"), CollectionOrdering.Matching);
            }
        }
    }

    [Test]
    public async Task Promises_that_cannot_move_yet_cost_what_else_is_done_nothing()
    {
        double growth = Growth.OfDouble(200, size =>
        {
            KernelFixture kernel = Boot(new KernelOptions { PieceParts = 2, Lanes = 4 });
            kernel.Launch("a", "b");
            kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, [.. Enumerable.Range(1, 1 + size).Select(static i => $"p+{i}")]));
            IReadOnlyList<string> names = kernel.Delivery<DeliverMessage>("v2").Methargs.Slots;
            kernel.Finish("v2");
            KRef[] promises = [.. names.Select(name => KRef.Parse(kernel.Row("v2.c." + name)!))];

            // Before any of it is looked at: first come messages to a promise that stays as it is, then three to each that settles.
            KernelCore core = kernel.Loop.Core;
            Commit sent = core.Begin();
            foreach (KRef promise in Enumerable.Repeat(promises[size], size).Concat(promises[..size].SelectMany(static promise => Enumerable.Repeat(promise, 3))))
            {
                sent.Send(promise, new Message(Ask.Call("m"), null));
            }

            core.Merge(sent);
            Commit settled = core.Begin();
            foreach (KRef promise in promises[..size])
            {
                settled.Settle(promise, false, Ask.Seven, null);
            }

            core.Merge(settled);
            return kernel.Settle;
        });
        await Assert.That(growth).IsLessThan(Growth.Proportional);
    }

    private async Task<long> Moves(int length)
    {
        var options = new KernelOptions { PieceParts = 4, Lanes = 4 };
        KernelFixture kernel = Boot(options);
        kernel.Launch("a", "b");
        string[] promises = [.. Enumerable.Range(1, length).Select(static i => $"p+{i}")];
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, promises));
        kernel.Finish("v2", [.. promises.SelectMany((_, i) => Enumerable.Range(1, 8).Select(n => Ask.Send($"p-{i + 1}", $"m{i}.{n}")))]);
        kernel.Sync();
        kernel.Send("ko4", "settle");
        kernel.Store.Holds = true;
        long moves = 0;
        kernel.Loop.Core.Committed = commit => moves += commit.Added.Count;
        kernel.Finish("v1", new SyscallResolve([.. promises.Select((promise, i) => new PromiseSettlement(promise, false, Ask.Ref(i + 1 < length ? promises[i + 1] : "o+0")))]));
        for (int i = 0; i < 100_000 && (kernel.Store.Pending is not null || kernel.Executes("v1")); i++)
        {
            if (kernel.Store.Pending is not null)
            {
                kernel.Store.Complete();
                kernel.Settle();
            }

            if (kernel.Executes("v1"))
            {
                kernel.Finish("v1");
            }
        }

        await Assert.That(kernel.Keys(SealedSettlement.Prefix)).IsEmpty();
        return moves;
    }
}
