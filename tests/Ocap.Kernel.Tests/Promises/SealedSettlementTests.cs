using Ocap.Kernel.Api;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using TUnit.Assertions.Enums;

namespace Ocap.Kernel.Tests.Promises;

/// <summary>A promise for which very much waits settles when that has moved on, a piece at a time: nothing is lost, nothing overtakes, and nobody sees it half done.</summary>
public sealed class SealedSettlementTests : KernelTest
{
    private const int Many = 20;

    private static readonly KernelOptions InPieces = new() { PieceParts = 4, Lanes = 4 };

    [Test]
    [Arguments(1)]
    [Arguments(4)]
    public async Task What_waits_arrives_in_the_order_sent_and_before_what_is_sent_on_it_later(int lanes)
    {
        KernelFixture kernel = Waiting(InPieces with { Lanes = lanes });
        kernel.Store.Holds = true;
        kernel.Send("ko5", "more");
        kernel.Finish("v1", Ask.Fulfill("p+1", Ask.Ref("o-2")));

        // While it moves on, more is sent.
        await Assert.That(kernel.Keys(SealedSettlement.Prefix)).IsNotEmpty();
        kernel.Finish("v2", [.. Enumerable.Range(1, Many).Select(static i => Ask.Send("p-1", $"late{i}"))]);
        await Assert.That(Receive(kernel, "v3")).IsEquivalentTo([.. Sent("m"), .. Sent("late")], CollectionOrdering.Matching);
        await Assert.That(kernel.Keys(SealedSettlement.Prefix)).IsEmpty();
    }

    [Test]
    public async Task Nobody_is_told_before_what_waited_has_moved_on_so_that_what_he_then_sends_directly_stays_behind()
    {
        KernelFixture kernel = Waiting(InPieces, Ask.Subscribe("p-1"));
        kernel.Store.Holds = true;
        kernel.Finish("v1", Ask.Fulfill("p+1", Ask.Ref("o-2")));
        while (!kernel.Executes("v2"))
        {
            kernel.Store.Complete();
            kernel.Settle();
        }

        PromiseSettlement told = kernel.Delivery<DeliverNotify>("v2").Settlements[0];
        await Assert.That(kernel.Keys(SealedSettlement.Prefix)).IsEmpty();
        kernel.Finish("v2", Ask.Send(told.Value.Slots[0], "direct"));
        List<string> received = Receive(kernel, "v3");
        await Assert.That(received).IsEquivalentTo([.. Sent("m"), "direct"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Wherever_the_process_dies_everything_arrives_once_and_in_order(bool afterSync)
    {
        int deaths = 0;
        for (bool isOver = false; !isOver; deaths++)
        {
            KernelFixture kernel = Waiting(InPieces);
            kernel.Store.Holds = true;
            kernel.Finish("v1", Ask.Fulfill("p+1", Ask.Ref("o-2")));
            for (int i = 0; i < deaths && kernel.Store.Pending is not null; i++)
            {
                kernel.Store.Complete();
                kernel.Settle();
            }

            isOver = kernel.Store.Pending is null;
            kernel = Watch(kernel.CrashToSlowDisk(InPieces, afterSync));
            kernel.Sync();
            foreach (string vat in (string[])["v1", "v2", "v3"])
            {
                kernel.Finish(vat);
                kernel.Sync();
            }

            if (kernel.Executes("v1"))
            {

                // It is asked to settle again, by another name: nothing had happened.
                await Assert.That(kernel.Method("v1")).IsEqualTo("settle");
                await Assert.That(kernel.Executes("v3")).IsFalse();
                continue;
            }

            await Assert.That(Receive(kernel, "v3")).IsEquivalentTo(Sent("m"), CollectionOrdering.Matching);
            await Assert.That(kernel.Keys(SealedSettlement.Prefix)).IsEmpty();
        }

        await Assert.That(deaths).IsGreaterThan(4);
    }

    [Test]
    public async Task What_waits_for_a_promise_that_is_rejected_or_no_reference_or_its_own_end_is_rejected()
    {
        (CapData Value, bool IsRejected, string Words)[] ends =
        [
            (new CapData("#\"why\"", []), true, "why"),
            (Ask.Seven, false, "[KERNEL:BAD_PROMISE_RESOLUTION]"),
            (Ask.Ref("p+1"), false, "[KERNEL:BAD_PROMISE_RESOLUTION]"),
        ];
        foreach ((CapData value, bool isRejected, string words) in ends)
        {
            KernelFixture kernel = Waiting(InPieces, [.. Enumerable.Range(1, Many).Select(static i => Ask.Subscribe($"p+{i}"))]);
            kernel.Finish("v1", isRejected ? Ask.Reject("p+1", value) : Ask.Fulfill("p+1", value));
            int told = 0;
            while (kernel.Executes("v2"))
            {
                PromiseSettlement settlement = kernel.Delivery<DeliverNotify>("v2").Settlements[0];
                await Assert.That(settlement.Rejected).IsTrue();
                await Assert.That(settlement.Value.Body).Contains(words);
                told++;
                kernel.Finish("v2");
            }

            await Assert.That(told).IsEqualTo(Many);
            await Assert.That(Deferred(kernel)).IsEmpty();
        }
    }

    [Test]
    public async Task What_waits_for_two_promises_that_become_each_other_is_rejected_though_both_are_under_way()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "p+1", "p+2"));
        kernel.Finish("v2", [.. Enumerable.Range(1, Many).SelectMany(static i => (VatSyscall[])[Ask.Send("p-1", $"m{i}"), Ask.Send("p-2", $"n{i}")])]);
        kernel.Send("ko4", "settle");
        kernel.Store.Holds = true;
        kernel.Finish("v1", new SyscallResolve([new PromiseSettlement("p+1", false, Ask.Ref("p+2")), new PromiseSettlement("p+2", false, Ask.Ref("p+1"))]));
        await Assert.That(kernel.Keys(SealedSettlement.Prefix).Length).IsEqualTo(2);
        kernel.Sync();
        await Assert.That(kernel.Keys(SealedSettlement.Prefix)).IsEmpty();
        await Assert.That(Deferred(kernel)).IsEmpty();
        await Assert.That(kernel.Keys("queue.run.").Length).IsEqualTo(2);
    }

    [Test]
    public async Task What_waits_goes_to_the_promise_that_it_becomes_behind_what_waits_there()
    {
        KernelFixture kernel = Boot(InPieces);
        kernel.Launch("a", "b");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "p+1", "p+2"));
        kernel.Finish("v2", [.. Sent("first").Select(static method => Ask.Send("p-2", method)), .. Sent("second").Select(static method => Ask.Send("p-1", method))]);
        kernel.Do("ko4", "v1", Ask.Fulfill("p+1", Ask.Ref("p+2")));
        kernel.Do("ko4", "v1", Ask.Fulfill("p+2", Ask.Ref("o+0")));
        await Assert.That(Receive(kernel, "v1")).IsEquivalentTo([.. Sent("first"), .. Sent("second")], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_vat_that_settled_a_promise_and_comes_to_know_it_again_before_that_is_over_is_told()
    {
        KernelFixture kernel = Waiting(InPieces);
        kernel.Store.Holds = true;
        kernel.Send("ko5", "back");
        kernel.Finish("v1", Ask.Subscribe("p+1"), Ask.Fulfill("p+1", Ask.Seven));
        kernel.Finish("v2", Ask.Send("o-1", "known", null, "p-1"));
        string promise = kernel.Delivery<DeliverMessage>("v1").Methargs.Slots[0];
        kernel.Finish("v1", Ask.Subscribe(promise));
        await Assert.That(kernel.Keys(SealedSettlement.Prefix)).IsNotEmpty();
        await Assert.That(kernel.Executes("v1")).IsFalse();
        kernel.Sync();
        await Assert.That(kernel.Delivery<DeliverNotify>("v1").Settlements[0].Promise).IsEqualTo(promise);
        kernel.Finish("v1");
        kernel.Sync();
        await Assert.That(kernel.Executes("v1")).IsFalse();
    }

    [Test]
    public async Task The_end_of_its_vat_and_a_stop_in_between_change_nothing_of_it()
    {
        KernelFixture kernel = Waiting(InPieces);
        kernel.Store.Holds = true;
        kernel.Finish("v1", Ask.Fulfill("p+1", Ask.Ref("o-2")));
        await Assert.That(kernel.Keys(SealedSettlement.Prefix)).IsNotEmpty();
        kernel.Terminate("v1");
        await Assert.That(kernel.Method("v3")).IsEqualTo("m1");
        kernel.Finish("v3");
        bool hasStopped = false;
        kernel.Loop.Stop(() => hasStopped = true);
        for (int i = 2; kernel.Executes("v3"); i++)
        {
            await Assert.That(kernel.Method("v3")).IsEqualTo($"m{i}");
            kernel.Finish("v3");
        }

        kernel.Sync();
        await Assert.That(hasStopped).IsTrue();
        kernel = Watch(kernel.Crash(InPieces));
        kernel.Finish("v2");
        kernel.Finish("v3");
        List<string> received = Receive(kernel, "v3");
        await Assert.That(received.Count).IsGreaterThan(10);
        await Assert.That(received).IsEquivalentTo(Sent("m")[^received.Count..], CollectionOrdering.Matching);
    }

    /// <summary>Messages that wait for promises.</summary>
    private static string[] Deferred(KernelFixture kernel) => [.. kernel.Keys("queue.kp").Where(static key => char.IsAsciiDigit(key[^1]))];

    private static string[] Sent(string name) => [.. Enumerable.Range(1, Many).Select(i => $"{name}{i}")];

    /// <summary>v1 decides a promise for which very many messages of v2's wait, knows v3 as <c>o-2</c>, and is about to settle it.</summary>
    private KernelFixture Waiting(KernelOptions options, params VatSyscall[] more)
    {
        KernelFixture kernel = Boot(options);
        kernel.Launch("a", "b", "c");
        kernel.Do("ko4", "v1", Ask.Send("o-1", "take", null, "p+1", "o+0"));
        kernel.Finish("v2", [.. Sent("m").Select(static (method, i) => Ask.Send("p-1", method, $"p+{i + 1}")), .. more]);
        kernel.Send("ko4", "settle");
        kernel.After(InPieces.BatchMilliseconds);
        return kernel;
    }

    /// <summary>What a vat gets, until nothing is left; what it is asked it does not answer.</summary>
    private static List<string> Receive(KernelFixture kernel, string vat)
    {
        var methods = new List<string>();
        kernel.Sync();
        while (kernel.Executes(vat))
        {
            methods.Add(kernel.Method(vat));
            kernel.Finish(vat);
            kernel.Sync();
        }

        return methods;
    }
}
