using System.Diagnostics;
using Ocap.Kernel.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Vats.Tests.Weak;

/// <summary>
/// Objects that lead to one another through what is known of them (entries of weak collections, private members, what the machinery notes) cost the collector
/// no more than others: were they in tables of weak handles, a chain of n of them would take n looks at all of them. Nothing else runs meanwhile.
/// </summary>
[NotInParallel]
public sealed class ChainTests
{
    private const int Links = 20_000;

    // Kept between the deliveries: each leaves a chain that is alive.
    private const string Methods = """
        weakMap(n) { const map = new WeakMap(); let key = {}; keep.push(map, key); for (let i = 0; i < n; i++) { const next = {}; map.set(key, next); key = next; } },
        backwards(n) { const map = new WeakMap(); let key = {}; for (let i = 0; i < n; i++) { const next = {}; map.set(next, key); key = next; } keep.push(map, key); },
        wrapped(n) { const map = new WeakMap(); let key = {}; keep.push(map, key); for (let i = 0; i < n; i++) { const next = {}; map.set(key, () => next); key = next; } },
        maps(n) { let key = {}; keep.push(key); for (let i = 0; i < n; i++) { const map = new WeakMap(), next = {}; map.set(key, next); keep.push(map); key = next; } },
        symbols(n) { const map = new WeakMap(); let key = Symbol(); keep.push(map, key); for (let i = 0; i < n; i++) { const next = Symbol(); map.set(key, { next }); key = next; } },
        functions(n) { const map = new WeakMap(); let key = () => {}; keep.push(map, key); for (let i = 0; i < n; i++) { const next = () => i; map.set(key, next); key = next; } },
        privateFields(n) { class Node { #next; link(next) { this.#next = next; return next; } } let node = new Node(); keep.push(node); for (let i = 0; i < n; i++) node = node.link(new Node()); },
        promises(n) { let p = new HandledPromise(() => {}); keep.push(p); for (let i = 0; i < n; i++) { const before = p; p = HandledPromise.resolve({ before }); HandledPromise.applyMethod(p, 'x', []).catch(() => {}); keep[0] = p; } },
        walk() { let n = 0; const [map] = keep; for (let key = keep[1]; key; key = map.get(key)) n++; return n; },
        """;

    [Test]
    [Arguments("weakMap")]
    [Arguments("backwards")]
    [Arguments("wrapped")]
    [Arguments("maps")]
    [Arguments("symbols")]
    [Arguments("functions")]
    [Arguments("privateFields")]
    [Arguments("promises")]
    public async Task A_long_chain_costs_the_collector_no_more_than_other_objects(string chain)
    {
        await using var vat = new DrivenVat(WorkerTests.Root(Methods, "const keep = [];"), VatLimits.Default);
        await vat.Start();
        TimeSpan before = Collection();
        CrankReport report = await vat.Send(chain, $"[{Links}]");
        await Assert.That(report.Fault).IsNull();
        await Assert.That(report.Uncaught).IsNull();

        // With tables it is minutes, and a thousandth of a second without.
        await Assert.That(Collection() - before).IsLessThan(TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task What_is_at_the_end_of_a_chain_is_still_there_after_a_collection()
    {
        await using var vat = new DrivenVat(WorkerTests.Root(Methods, "const keep = [];"), VatLimits.Default);
        await vat.Start();
        await vat.Send("weakMap", "[3000]");
        Collection();
        CrankReport report = await vat.Send("walk", "[]");
        await Assert.That(((SyscallResolve)report.Syscalls[^1]).Settlements[0].Value.Body).Contains("3001");
    }

    private static TimeSpan Collection()
    {
        long start = Stopwatch.GetTimestamp();
        GC.Collect();
        return Stopwatch.GetElapsedTime(start);
    }
}
