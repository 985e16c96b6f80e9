using System.Diagnostics;
using Ocap.Kernel.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Vats.Tests.Limits;

/// <summary>A vat that keeps what it allocates ends before the heap is exhausted, and no other vat ends for it. Nothing else runs meanwhile: the heap is one.</summary>
[NotInParallel]
public sealed class RetainedMemoryTests
{
    private const long MiB = 1 << 20;

    // keep: 8 KB each.
    private const string Methods = """
        ping: () => 'pong',
        arrays() { const a = []; for (;;) a.push(new Array(1000).fill(7)); },
        closures() { const a = []; for (let i = 0; ; i++) { const big = [i, i, i, i]; a.push(() => big); } },
        map() { const m = new Map(); for (let i = 0; ; i++) m.set(i, [i]); },
        buffers() { const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1)); },
        large() { const a = []; for (;;) a.push(new Array(1000000).fill(1)); },
        hold() { const a = []; for (let i = 0; i < 80; i++) a.push(new Uint8Array(1 << 20).fill(1)); for (let i = 0; i < 1500000; i++); return a.length; },
        keep(n) { for (let i = 0; i < n; i++) kept.push(new Array(1000).fill(7)); },
        churn() { let n = 0; for (let i = 0; i < 150000; i++) n += new Array(100).fill(i).length; return n; },
        """;

    [Test]
    [Arguments("arrays")]
    [Arguments("closures")]
    [Arguments("map")]
    [Arguments("buffers")]
    [Arguments("large")]
    public async Task A_vat_that_keeps_what_it_allocates_is_ended_and_the_memory_comes_back(string bomb)
    {
        // What the process keeps of its first vat for all others (the engine's own tables, parsed code) is no vat's.
        await using (var first = new DrivenVat(Factory()))
        {
            await first.Start();
            await first.Send("ping", "[]");
        }

        long before = Settled();
        JintVatWorkerFactory factory = Factory();
        await using var other = new DrivenVat(factory);
        await using (var vat = new DrivenVat(factory))
        {
            await vat.Start();
            await other.Start();
            Task<CrankReport> ending = vat.Send(bomb, "[]");
            await Assert.That((await other.Send("ping", "[]")).Fault).IsNull();
            await Assert.That((await ending).Fault?.Code).IsEqualTo(VatLimitException.Memory);
            await Assert.That((await ending).Fault!.Message).StartsWith("the vat held ");
        }

        await Assert.That(Settled() - before).IsLessThan(16 * MiB);
        await Assert.That((await other.Send("ping", "[]")).Fault).IsNull();
    }

    [Test]
    public async Task A_vat_that_keeps_a_little_in_each_delivery_is_ended()
    {
        await using var vat = new DrivenVat(Factory());
        await vat.Start();
        CrankReport report = new();
        for (int i = 0; i < 500 && report.Fault is null; i++)
        {
            report = await vat.Send("keep", "[100]");
        }

        await Assert.That(report.Fault?.Code).IsEqualTo(VatLimitException.Memory);
    }

    [Test]
    public async Task A_vat_that_allocates_much_and_keeps_nothing_lives_beside_a_bomb()
    {
        JintVatWorkerFactory factory = Factory();
        await using var honest = new DrivenVat(factory);
        await using var vat = new DrivenVat(factory);
        await honest.Start();
        await vat.Start();
        await honest.Send("churn", "[]");
        Task<CrankReport> ending = vat.Send("arrays", "[]");
        while (!ending.IsCompleted)
        {
            await Assert.That((await honest.Send("churn", "[]")).Fault).IsNull();
        }

        await Assert.That((await ending).Fault?.Code).IsEqualTo(VatLimitException.Memory);
        await Assert.That((await honest.Send("ping", "[]")).Fault).IsNull();
    }

    [Test]
    public async Task An_idle_vat_that_holds_too_much_is_ended_when_others_need_the_room()
    {
        JintVatWorkerFactory factory = Factory();
        await using var hoarder = new DrivenVat(factory);
        await hoarder.Start();
        await Assert.That((await hoarder.Send("keep", "[10500]")).Fault).IsNull();
        List<DrivenVat> modest = [];
        VatFault? ended = null;
        while (ended is null && modest.Count < 10)
        {
            var vat = new DrivenVat(factory);
            modest.Add(vat);
            await vat.Start();
            await Assert.That((await vat.Send("keep", "[2500]")).Fault).IsNull();

            // The heap is looked at as the last collection left it: there has to be one.
            await Assert.That((await vat.Send("churn", "[]")).Fault).IsNull();
            ended = (await hoarder.Send("ping", "[]")).Fault;
        }

        await Assert.That(ended?.Code).IsEqualTo(VatLimitException.Memory);
        foreach (DrivenVat vat in modest)
        {
            await Assert.That((await vat.Send("ping", "[]")).Fault).IsNull();
            await vat.DisposeAsync();
        }
    }

    [Test]
    public async Task Vats_that_hold_less_than_their_limit_are_not_ended_however_many_they_are()
    {
        JintVatWorkerFactory factory = Factory();
        List<DrivenVat> vats = [];
        for (int i = 0; i < 16; i++)
        {
            vats.Add(new DrivenVat(factory));
            await vats[i].Start();
            await Assert.That((await vats[i].Send("keep", "[1200]")).Fault).IsNull();
        }

        foreach (DrivenVat vat in vats)
        {
            await Assert.That((await vat.Send("ping", "[]")).Fault).IsNull();
            await vat.DisposeAsync();
        }
    }

    [Test]
    public async Task The_bounds_of_an_account_follow_from_two_collections()
    {
        var account = new MemoryAccount(new MemoryWatch(VatLimits.Default), VatLimits.Default);
        account.Enter();
        account.Book(100 * MiB);
        Settle(account, heap: 90 * MiB, growth: 80 * MiB, allocated: 130 * MiB, unbooked: 0);
        await Assert.That(account.Least).IsEqualTo(50 * MiB);
        await Assert.That(account.Most).IsEqualTo(90 * MiB);
        Settle(account, heap: 80 * MiB, growth: -10 * MiB, allocated: 0, unbooked: 0);
        await Assert.That(account.Least).IsEqualTo(40 * MiB);
        await Assert.That(account.Most).IsEqualTo(80 * MiB);
        await Assert.That(account.Likely).IsEqualTo(40 * MiB);
        Settle(account, heap: 10 * MiB, growth: -70 * MiB, allocated: 0, unbooked: 0);
        await Assert.That(account.Least).IsEqualTo(0);
        await Assert.That(account.Possible).IsEqualTo(10 * MiB);
    }

    [Test]
    public async Task What_a_vat_books_late_is_not_taken_for_what_it_kept_since()
    {
        var account = new MemoryAccount(new MemoryWatch(VatLimits.Default), VatLimits.Default);
        account.Enter();

        // One operation has allocated 500 MiB when another thread collects, and is booked when it is over.
        Settle(account, heap: 500 * MiB, growth: 400 * MiB, allocated: 500 * MiB, unbooked: 500 * MiB);
        account.Book(500 * MiB);
        await Assert.That(account.Least).IsEqualTo(0);
        Settle(account, heap: 520 * MiB, growth: 20 * MiB, allocated: 30 * MiB, unbooked: 0);
        await Assert.That(account.Least).IsEqualTo(390 * MiB);
        await Assert.That(account.Most).IsEqualTo(520 * MiB);
        account.Book(40 * MiB);
        Settle(account, heap: 560 * MiB, growth: 40 * MiB, allocated: 50 * MiB, unbooked: 0);
        await Assert.That(account.Least).IsEqualTo(420 * MiB);
    }

    [Test]
    public async Task What_a_vat_books_after_the_measurement_is_not_what_was_measured()
    {
        var account = new MemoryAccount(new MemoryWatch(VatLimits.Default), VatLimits.Default);
        account.Enter();
        account.Draw();

        // The thread that measures, another vat's, was held up here: the 100 MiB that were allocated until then are all that vat's, which has kept 80 of them.
        account.Book(70 * MiB);
        account.Settle(heap: 90 * MiB, growth: 80 * MiB, allocated: 100 * MiB, unbooked: 0);
        await Assert.That(account.Least).IsEqualTo(0);
        Settle(account, heap: 90 * MiB, growth: 0, allocated: 70 * MiB, unbooked: 0);
        await Assert.That(account.Least).IsEqualTo(0);
    }

    [Test]
    public async Task What_a_delivery_held_only_while_it_went_on_is_given_back_though_nobody_else_allocates()
    {
        long before = Settled();
        await using var vat = new DrivenVat(Factory());
        await vat.Start();
        bool isLeft = false;
        for (int i = 0; i < 10 && !isLeft; i++)
        {
            Task<CrankReport> holding = vat.Send("hold", "[]");
            while (!holding.IsCompleted && GC.GetTotalMemory(forceFullCollection: false) - before <= 80 * MiB) await Task.Delay(1);

            // The last collection that there was has seen it all alive; or has come too late on a busy machine, and has taken it.
            GC.Collect();
            await Assert.That((await holding).Fault).IsNull();
            isLeft = GC.GetTotalMemory(forceFullCollection: false) - before > 64 * MiB;
        }

        await Assert.That(isLeft).IsTrue();
        var watch = Stopwatch.StartNew();
        while (GC.GetTotalMemory(forceFullCollection: false) - before > 16 * MiB && watch.Elapsed < TimeSpan.FromSeconds(10)) await Task.Delay(50);
        await Assert.That(GC.GetTotalMemory(forceFullCollection: false) - before).IsLessThan(16 * MiB);
    }

    [Test]
    public async Task What_a_vat_held_goes_with_it_though_the_thread_that_worked_for_it_waits_for_more()
    {
        JintVatWorkerFactory factory = Factory();
        await using (var first = new DrivenVat(factory))
        {
            await first.Start();
            await first.Send("ping", "[]");
        }

        long before = Settled();
        await using (var vat = new DrivenVat(factory))
        {
            await vat.Start();
            await Assert.That((await vat.Send("keep", "[6000]")).Fault).IsNull();
            await Assert.That(Settled() - before).IsGreaterThan(32 * MiB);
        }

        await Assert.That(Settled() - before).IsLessThan(16 * MiB);
    }

    [Test]
    public async Task What_a_vat_leaves_that_is_not_yet_gone_is_no_growth_of_another()
    {
        const long TiB = 1L << 40;
        VatLimits limits = VatLimits.Default with { RetainedPerVat = TiB, RetainedInAll = 3 * TiB };
        var watch = new MemoryWatch(limits);
        MemoryAccount other = watch.Open(null, limits), vat = watch.Open(null, limits);
        other.Enter();
        vat.Enter();
        vat.HoldNative(5 * TiB / 2);
        object heap = new();
        vat.Close(heap);

        // Nobody's garbage, more than the some hundred bytes to which the heap is measured.
        GC.KeepAlive(new byte[MiB]);
        other.HoldNative(3 * TiB / 4);
        await Assert.That(other.Verdict).IsNull();
        GC.KeepAlive(heap);
        await Assert.That(other.Least).IsLessThanOrEqualTo(3 * TiB / 4);
    }

    [Test]
    public async Task What_a_vat_had_booked_when_it_ended_is_not_taken_for_what_another_has_not_booked_yet()
    {
        const long GiB = 1L << 30;
        VatLimits limits = VatLimits.Default with { RetainedPerVat = 1024 * GiB, RetainedInAll = 3072 * GiB };
        var watch = new MemoryWatch(limits);
        MemoryAccount other = watch.Open(null, limits), vat = watch.Open(null, limits);
        other.Enter();
        vat.Enter();
        vat.HoldNative(100 * GiB);
        object heap = new();
        vat.Close(heap);
        watch.Collect();
        GC.KeepAlive(heap);
        await Assert.That(other.Most).IsLessThan(GiB);
    }

    [Test]
    public async Task What_a_vat_leaves_is_given_back_when_no_other_runs()
    {
        (MemoryWatch watch, MemoryAccount other) = LeaveMuchBesideOneThatRuns(TimeSpan.FromMinutes(1));
        await Task.Delay(500);
        int meanwhile = watch.Reclaims;
        other.Leave(0);
        await Assert.That((meanwhile, await Reclaims(watch))).IsEqualTo((0, true));
    }

    [Test]
    public async Task What_a_vat_leaves_is_given_back_although_another_never_rests()
    {
        (MemoryWatch watch, _) = LeaveMuchBesideOneThatRuns(TimeSpan.FromMilliseconds(100));
        await Assert.That(await Reclaims(watch)).IsTrue();
    }

    [Test]
    public async Task Of_vats_of_which_nothing_tells_who_holds_too_much_the_one_that_has_run_longest_is_ended()
    {
        VatLimits limits = VatLimits.Default with { RetainedPerVat = MiB, RetainedInAll = 1 };
        var watch = new MemoryWatch(limits);
        MemoryAccount neighbour = watch.Open(null, limits), bomb = watch.Open(null, limits);
        bomb.Enter();
        neighbour.Enter();

        // One operation of the bomb, or so it may be: nobody has booked it. Who measures is neither.
        object held = new byte[64 * MiB];
        watch.Collect();
        GC.KeepAlive(held);
        await Assert.That((neighbour.Verdict is null, bomb.Verdict is not null)).IsEqualTo((true, true));
    }

    [Test]
    public async Task What_native_code_holds_for_a_vat_counts_on_it_and_on_no_other_and_not_when_it_is_let_go()
    {
        VatLimits limits = VatLimits.Default with { RetainedPerVat = 1L << 40, RetainedInAll = 3L << 40 };
        var watch = new MemoryWatch(limits);
        MemoryAccount other = watch.Open(null, limits), vat = watch.Open(null, limits);
        other.Enter();
        vat.Enter();
        for (int i = 0; i < 10; i++)
        {
            vat.HoldNative(2L << 40);
            vat.HoldNative(-(2L << 40));
        }

        await Assert.That(vat.Verdict).IsNull();
        vat.HoldNative(2L << 40);
        await Assert.That(vat.Verdict).IsNull();
        vat.HoldNative(2L << 40);
        await Assert.That(vat.Verdict?.Code).IsEqualTo("MEMORY_LIMIT");
        await Assert.That(other.Verdict).IsNull();
    }

    private static void Settle(MemoryAccount account, long heap, long growth, long allocated, long unbooked)
    {
        account.Draw();
        account.Settle(heap, growth, allocated, unbooked);
    }

    /// <summary>Room for 32 MiB a vat and 96 MiB in all, above what the tests' own process holds.</summary>
    private static JintVatWorkerFactory Factory() => new(
        new DrivenVat.OneBundle(WorkerTests.Root(Methods, "const kept = [];")),
        VatLimits.Default with { RetainedPerVat = 32 * MiB, RetainedInAll = Settled() + (96 * MiB), CpuPerCrank = TimeSpan.FromSeconds(20) });

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static (MemoryWatch Watch, MemoryAccount Running) LeaveMuchBesideOneThatRuns(TimeSpan patience)
    {
        const long TiB = 1L << 40;
        VatLimits limits = VatLimits.Default with { RetainedPerVat = TiB, RetainedInAll = 3 * TiB };
        var watch = new MemoryWatch(limits) { QuietPatience = patience };
        MemoryAccount other = watch.Open(null, limits), vat = watch.Open(null, limits);
        vat.Enter();
        vat.HoldNative(64 * MiB);
        other.Enter();
        vat.Close(new object());
        return (watch, other);
    }

    private static async Task<bool> Reclaims(MemoryWatch watch)
    {
        var clock = Stopwatch.StartNew();
        while (watch.Reclaims == 0 && clock.Elapsed < TimeSpan.FromSeconds(10)) await Task.Delay(10);
        return watch.Reclaims > 0;
    }
}
