using Ocap.Kernel.Api;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Tests;

/// <summary>A vat that owes very many answers ends at once; they are rejected a piece at a time, all of them, whatever happens meanwhile.</summary>
public sealed class LostAnswersTests : KernelTest
{
    private const int Many = 30;

    private static readonly KernelOptions InPieces = new() { CleanupPiece = 4, Lanes = 4 };

    [Test]
    [Arguments(1)]
    [Arguments(4)]
    public async Task Everybody_who_waits_for_one_is_told_once_and_others_are_answered_in_between(int lanes)
    {
        KernelFixture kernel = Owing(InPieces with { Lanes = lanes });
        kernel.Store.Holds = true;
        Told<Done> ended = kernel.Terminate("v1");
        Told<Settlement> other = kernel.Send("ko6", "other");
        int told = 0;
        while (!ended.IsTold || !other.IsTold)
        {
            if (kernel.Executes("v3"))
            {
                kernel.Answer("v3", Ask.Seven);
            }

            told += kernel.Executes("v2") ? FinishTold(kernel) : 0;
            if (kernel.Store.Pending is not null)
            {
                kernel.Store.Complete();
            }

            kernel.Settle();
        }

        await Assert.That(kernel.Row("ended.v1") is not null || lanes == 1).IsTrue();
        await Assert.That(kernel.Row("vatConfig.v1")).IsNull();
        await Assert.That(told + Told(kernel)).IsEqualTo(Many);
        await Assert.That(kernel.Keys("v1.")).IsEmpty();
        await Assert.That(kernel.Row("ended.v1")).IsNull();
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Wherever_the_process_dies_all_are_rejected(bool afterSync)
    {
        int between = 0;
        for (int survived = 0; ; survived++)
        {
            KernelFixture kernel = Owing(InPieces);
            kernel.Store.Holds = true;
            kernel.Terminate("v1");
            for (int i = 0; i < survived && kernel.Store.Pending is not null; i++)
            {
                kernel.Store.Complete();
                kernel.Settle();
            }

            bool isOver = kernel.Store.Pending is null;
            kernel = Watch(kernel.CrashToSlowDisk(InPieces, afterSync));
            between += kernel.Row("ended.v1") is null ? 0 : 1;
            kernel.Sync();
            if (kernel.Row("vatConfig.v1") is not null)
            {
                await Assert.That(survived).IsEqualTo(0);
                await Assert.That(kernel.Keys("kp").Count(key => key.EndsWith(".decider", StringComparison.Ordinal))).IsEqualTo(Many);
                continue;
            }

            await Assert.That(kernel.Keys("v1.")).IsEmpty();
            await Assert.That(kernel.Row("ended.v1")).IsNull();
            await Assert.That(kernel.Keys("kp").Where(key => key.EndsWith(".state", StringComparison.Ordinal)).All(key => kernel.Row(key) == "rejected")).IsTrue();
            if (isOver)
            {
                break;
            }
        }

        await Assert.That(between).IsGreaterThan(3);
    }

    [Test]
    public async Task A_message_to_one_that_is_not_rejected_yet_waits_and_is_rejected_and_who_subscribes_then_is_told()
    {
        KernelFixture kernel = Owing(InPieces);
        kernel.Store.Holds = true;
        kernel.Send("ko5", "more");
        string last = kernel.Row("v2.c.p-" + Many)!;
        kernel.Terminate("v1");
        await Assert.That(kernel.Row(last + ".state")).IsEqualTo("unresolved");
        Told<Settlement> told = kernel.Send(last, "late");
        kernel.Finish("v2", Ask.Send("p-" + Many, "later", "p+7"), Ask.Subscribe("p+7"), Ask.Send("o-1", "pass", null, "p-" + Many));
        kernel.Finish("v3", Ask.Subscribe(kernel.Delivery<DeliverMessage>("v3").Methargs.Slots[0]));
        await Assert.That(kernel.Row(last + ".state")).IsEqualTo("unresolved");
        await Assert.That(Told(kernel)).IsEqualTo(Many + 1);
        await Assert.That(KernelFixture.ErrorOf(told.Value)).Contains("deleted");
        await Assert.That(kernel.Delivery<DeliverNotify>("v3").Settlements[0].Rejected).IsTrue();
    }

    [Test]
    public async Task One_that_messages_from_outside_wait_for_is_answered_too()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        var told = new List<Told<Settlement>>();
        for (int i = 0; i < Many; i++)
        {
            told.Add(kernel.Send("ko4", "never"));
            kernel.Finish("v1");
        }

        kernel.Send("ko4", "exit");
        kernel.Finish("v1", Ask.Exit());
        kernel.Sync();
        await Assert.That(told.All(static one => one.IsTold && KernelFixture.ErrorOf(one.Value)!.Contains("bye", StringComparison.Ordinal))).IsTrue();
    }

    [Test]
    public async Task Vats_that_end_together_share_the_room_of_one_commit_and_the_subcluster_goes_whole()
    {
        KernelFixture kernel = Owing(InPieces);
        int most = 0;
        kernel.Loop.Core.Committed = commit => most = Math.Max(most, commit.Writes.Puts.Count(static row => row.Value is null && row.Key.Contains(".c.k", StringComparison.Ordinal)));
        kernel.Store.Holds = true;
        kernel.Request<Done>((loop, answer) => loop.TerminateSubcluster(new SubclusterId(1), answer));
        await Assert.That(kernel.Keys("vatConfig.")).IsEmpty();
        await Assert.That(kernel.Row("subclusters")).IsEqualTo("[]");
        await Assert.That(kernel.Keys("ended.")).IsEquivalentTo(["ended.v1", "ended.v2"]);
        kernel.Sync();
        await Assert.That(most).IsEqualTo(InPieces.CleanupPiece);
        await Assert.That(kernel.Keys("ended.")).IsEmpty();
        await Assert.That(kernel.Keys("v")).IsEquivalentTo(["vatToSubclusterMap", "vats.terminated"]);
        await Assert.That(kernel.Keys("kp")).IsEmpty();
    }

    [Test]
    public async Task Very_many_vats_that_end_together_and_owe_little_cost_no_write_each()
    {
        KernelFixture kernel = Boot(new KernelOptions { CleanupPiece = 50, Lanes = 4 });
        kernel.Launch([.. Enumerable.Range(0, 200).Select(static i => $"v{i:d3}")]);
        kernel.Store.Holds = true;
        int written = kernel.Store.Written;
        kernel.Request<Done>((loop, answer) => loop.TerminateAllVats(answer));
        int vats = kernel.Keys("ended.").Length;
        for (; kernel.Loop.Core.LostAnswers.Any; kernel.Settle())
        {
            kernel.Store.Complete();
        }

        await Assert.That(vats).IsGreaterThanOrEqualTo(100);
        await Assert.That(kernel.Store.Written - written).IsLessThan(20);
        kernel.Sync();
        await Assert.That(kernel.Keys("ended.")).IsEmpty();
    }

    [Test]
    public async Task A_stop_leaves_the_rest_to_the_next_process_and_a_wiped_state_has_none()
    {
        KernelFixture kernel = Owing(InPieces);
        kernel.Store.Holds = true;
        kernel.Terminate("v1");
        bool hasStopped = false;
        kernel.Loop.Stop(() => hasStopped = true);
        while (!hasStopped)
        {
            if (kernel.Executes("v2"))
            {
                kernel.Finish("v2");
            }

            kernel.Sync();
        }

        await Assert.That(kernel.Row("ended.v1")).IsNotNull();
        kernel = Watch(kernel.CrashToSlowDisk(InPieces, afterSync: false));
        await Assert.That(kernel.Row("ended.v1")).IsNotNull();
        Told<Done> cleared = kernel.Request<Done>((loop, answer) => loop.ClearState(answer));
        while (!cleared.IsTold)
        {
            foreach (string vat in (string[])["v2", "v3"])
            {
                if (kernel.Executes(vat))
                {
                    kernel.Finish(vat);
                }
            }

            kernel.Sync();
        }

        await Assert.That(kernel.Keys("ended.")).IsEmpty();
        await Assert.That(kernel.Loop.Core.LostAnswers.Any).IsFalse();
    }

    [Test]
    public async Task A_damaged_row_keeps_nobody_else_from_his_turn()
    {
        KernelFixture kernel = Owing(InPieces);
        kernel.MayBreak = true;
        kernel.Store.Holds = true;
        kernel.Terminate("v1");
        Ocap.Kernel.Cranks.Commit damage = kernel.Loop.Core.Begin();
        damage.Writes.Put("ended.v1", "?");
        kernel.Loop.Core.Merge(damage);
        Told<Done> collected = kernel.Request<Done>((loop, answer) => loop.CollectGarbage(answer));
        kernel.Sync();
        await Assert.That(kernel.Powers.Errors.Count).IsEqualTo(1);
        await Assert.That(collected.Answer.Failure).IsNotNull();
        kernel.Send("ko6", "alive");
        await Assert.That(kernel.Method("v3")).IsEqualTo("alive");
        kernel.Finish("v3");
        Told(kernel);
        Told<Done> cleared = kernel.Request<Done>((loop, answer) => loop.ClearState(answer));
        kernel.Sync();
        await Assert.That(cleared.Answer.IsOk).IsTrue();
    }

    [Test]
    public async Task The_words_of_its_end_do_not_make_a_commit_larger_than_a_piece()
    {
        KernelFixture kernel = Owing(InPieces with { CleanupPiece = 500, PieceCharacters = 4_000 });
        long most = 0;
        kernel.Loop.Core.Committed = commit => most = Math.Max(most, commit.Writes.Puts.Sum(static row => row.Value?.Length ?? 0));
        kernel.Send("ko4", "exit");
        kernel.Finish("v1", Ask.Exit($"#\"{new string('x', 1_000)}\""));
        kernel.Sync();
        await Assert.That(most).IsLessThan(10_000);
        await Assert.That(Told(kernel)).IsEqualTo(Many);
    }

    [Test]
    public async Task The_words_of_its_end_are_cut_where_no_character_is_cut_in_two()
    {
        KernelFixture kernel = Owing(InPieces);
        kernel.Send("ko4", "exit");
        kernel.Finish("v1", Ask.Exit($"#\"{string.Concat(Enumerable.Repeat("\U0001F600", 50_000))}\""));
        string body = kernel.Delivery<DeliverNotify>("v2").Settlements[0].Value.Body;
        await Assert.That(body.Length).IsBetween(60_000, 70_000);
        await Assert.That(Ocap.Kernel.Syscalls.WellFormed.Is(body)).IsTrue();
    }

    /// <summary>v1 owes v2 very many answers; v2 knows v3 as <c>o-1</c>.</summary>
    private KernelFixture Owing(KernelOptions options)
    {
        KernelFixture kernel = Boot(options);
        kernel.Launch("a", "b", "c");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, ["o-2", .. Enumerable.Range(1, Many).Select(static i => $"p+{i}")]));
        kernel.Finish("v2", [.. Enumerable.Range(1, Many).Select(static i => Ask.Subscribe($"p-{i}"))]);
        return kernel;
    }

    /// <summary>How many rejections v2 is told, until nothing is left.</summary>
    private static int Told(KernelFixture kernel)
    {
        int told = 0;
        kernel.Sync();
        while (kernel.Executes("v2"))
        {
            told += FinishTold(kernel);
            kernel.Sync();
        }

        return told;
    }

    private static int FinishTold(KernelFixture kernel)
    {
        int told = kernel.Worker("v2").Delivery is DeliverNotify notify ? notify.Settlements.Count(static one => one.Rejected) : 0;
        kernel.Finish("v2");
        return told;
    }
}
