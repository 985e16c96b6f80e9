using Ocap.Vats.Limits;

namespace Ocap.Vats.Tests.Limits;

/// <summary>Code that would not end by itself ends at its limit, and no code of the vat gets to catch that.</summary>
[NotInParallel]
public sealed class CrankLimitTests
{
    private static readonly VatLimits Tight = VatLimits.Default with { CpuPerCrank = TimeSpan.FromMilliseconds(200), RegexTimeout = TimeSpan.FromMilliseconds(100) };

    [Test]
    [Arguments("(() => { while (true) {} })()")]
    [Arguments("(() => { for (;;); })()")]
    [Arguments("(() => { try { while (true) {} } catch { return 'caught'; } })()")]
    [Arguments("(() => { for (;;) { try { while (true) {} } catch {} finally { while (true) {} } } })()")]
    [Arguments("(() => { try { while (true) {} } finally { return 'kept'; } })()")]
    [Arguments("(() => { const again = () => Promise.resolve().then(again); again(); })()")]
    [Arguments("(() => { (async () => { for (;;) await null; })(); })()")]
    [Arguments("(() => { (async () => { try { for (;;) await null; } catch { return 1; } })(); })()")]
    [Arguments("(() => { new Promise(() => { while (true) {} }).catch(() => {}); })()")]
    [Arguments("(() => { Promise.resolve().then(() => { while (true) {} }).catch(() => {}).finally(() => {}); })()")]
    [Arguments("(() => { const then = r => r({ then }); Promise.resolve({ then }); })()")]
    [Arguments("(() => { for (const _ of (function* () { for (;;) yield 1; })()); })()")]
    [Arguments("(() => { (async () => { for await (const _ of (async function* () { for (;;) yield 1; })()); })(); })()")]
    [Arguments("[...(function* () { for (;;) yield; })()].length")]
    [Arguments("Array.from({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 0 }), return() { for (;;); } }) })")]
    [Arguments("new Map((function* () { for (;;) yield [1, 1]; })())")]
    [Arguments("Iterator.from({ next: () => ({ done: false }) }).reduce((a, b) => a, 0)")]
    [Arguments("Iterator.from({ next: () => ({ done: false }) }).filter(() => false).next()")]
    [Arguments("'x'.repeat(100000).replace(/x/g, () => { for (;;); })")]
    [Arguments("[3, 2, 1].sort(() => { for (;;); })")]
    [Arguments("JSON.stringify({ toJSON() { for (;;); } })")]
    [Arguments("JSON.parse('[1]', () => { for (;;); })")]
    [Arguments("`${{ toString() { for (;;); } }}`")]
    [Arguments("new Proxy({}, { get() { for (;;); } }).x")]
    [Arguments("eval('for(;;);')")]
    [Arguments("Function('for(;;);')()")]
    public async Task Code_that_does_not_end_is_ended_by_its_cpu_limit(string code)
    {
        var ending = "";
        var took = VatBench.Time(() => ending = VatBench.Ending(code, Tight));
        await Assert.That(ending).IsEqualTo(VatLimitException.Cpu);
        await Assert.That(took).IsLessThan(TimeSpan.FromSeconds(5));
    }

    [Test]
    [Arguments("String(n)")]
    [Arguments("BigInt(text)")]
    [Arguments("n * n")]
    [Arguments("(n * n) / n")]
    [Arguments("(n * n) % n")]
    [Arguments("7n ** 100000n")]
    public async Task Code_whose_every_statement_takes_long_is_ended_after_one_of_them(string expression)
    {
        // The engine asks every 64 statements whether to go on.
        var ending = "";
        var took = VatBench.Time(() => ending = VatBench.Ending($"(() => {{ const n = 3n ** 200000n, text = String(n); for (;;) {expression}; }})()", Tight));
        await Assert.That(ending).IsEqualTo(VatLimitException.Cpu);
        await Assert.That(took).IsLessThan(TimeSpan.FromSeconds(1));
    }

    [Test]
    [Arguments("/^(a+)+$/.test('a'.repeat(40) + 'b')")]
    [Arguments("'a'.repeat(40).concat('b').match(new RegExp('^(?:a|aa|a[a])+$'))")]
    [Arguments("(() => { try { return /^(a+)+$/.test('a'.repeat(40) + 'b'); } catch { return 'caught'; } })()")]
    [Arguments("'a'.repeat(40).concat('b').replace(/^(a+)+$/, '')")]
    public async Task A_regular_expression_that_backtracks_without_end_is_ended(string code) =>
        await Assert.That(VatBench.Ending(code, Tight)).IsEqualTo(VatLimitException.Regex);

    [Test]
    [Arguments("(() => { const keep = []; for (;;) keep.push({}); })()")]
    [Arguments("(() => { let s = 'x'; for (;;) s += s; })()")]
    [Arguments("(() => { const keep = []; for (;;) keep.push(new Uint8Array(1 << 20)); })()")]
    [Arguments("(() => { const keep = []; for (;;) keep.push('x'.repeat(1 << 20)); })()")]
    [Arguments("(() => { const keep = []; for (;;) keep.push(new Array(100000).fill(0)); })()")]
    [Arguments("(() => { const keep = new Map(); for (let i = 0; ; i++) keep.set(i, [i]); })()")]
    [Arguments("(() => { let a = [1]; for (;;) a = [...a, ...a]; })()")]
    [Arguments("(() => { let a = 'x'; for (;;) a = JSON.stringify([a, a]); })()")]
    public async Task An_allocation_bomb_is_ended_or_answered_with_an_error(string code)
    {
        var ending = VatBench.Ending(code, VatLimits.Default with { AllocationPerCrank = 64 << 20 });
        await Assert.That(ending is VatLimitException.Allocation or VatLimitException.Memory || ending.StartsWith("RangeError", StringComparison.Ordinal)).IsTrue().Because(ending);
    }

    [Test]
    public async Task Statements_are_counted_exactly_where_they_are_limited()
    {
        const string loop = "(() => { for (let i = 0; i < 100; i++) { i; } return 'done'; })()";
        await Assert.That(VatBench.Ending(loop, VatLimits.Default with { StatementsPerCrank = 1000 })).IsEqualTo("done");
        await Assert.That(VatBench.Ending(loop, VatLimits.Default with { StatementsPerCrank = 50 })).IsEqualTo(VatLimitException.Statements);
    }

    [Test]
    public async Task A_vat_that_was_idle_for_longer_than_its_limit_may_still_run()
    {
        var text = VatBench.Run(
            static vat =>
            {
                vat.EndCrank();
                Thread.Sleep(300);
                vat.BeginCrank();
                return VatBench.Show(vat, () => vat.Evaluate("(() => { let n = 0; for (let i = 0; i < 1000; i++) n++; return n; })()"));
            },
            Tight);
        await Assert.That(text).IsEqualTo("1000");
    }

    [Test]
    public async Task Time_spent_waiting_is_no_cpu_time()
    {
        var usage = VatBench.Run(static vat =>
        {
            vat.EndCrank();
            vat.BeginCrank();
            Thread.Sleep(200);
            return vat.EndCrank();
        });
        await Assert.That(usage.Cpu).IsLessThan(TimeSpan.FromMilliseconds(100));
    }
}
