using System.Diagnostics;
using Ocap.Kernel.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Vats.Tests.Limits;

/// <summary>
/// S7, S8 and S9 of the reliability page, in one process: a vat that attacks ends within its limit with a reason, or is answered with a RangeError, and a vat
/// beside it goes on answering all the while. CPU time is what is limited and what is measured: the wall clock of a busy machine says nothing.
/// </summary>
[NotInParallel]
public sealed class AttackTests
{
    private const long MiB = 1 << 20;

    // Long enough for the JIT, short enough for all of them.
    private static readonly VatLimits Limits = VatLimits.Default with { CpuPerCrank = TimeSpan.FromMilliseconds(150), RegexTimeout = TimeSpan.FromMilliseconds(100) };

    [Test]
    [Arguments("sync", "for (;;);")]
    [Arguments("label", "a: for (;;) { b: for (;;) continue a; }")]
    [Arguments("recursion without depth", "const f = n => n; for (let i = 0; ; i++) f(i);")]
    [Arguments("catch in a loop", "for (;;) { try { for (;;); } catch {} finally { continue; } }")]
    [Arguments("microtask", "const again = () => Promise.resolve().then(again); again();")]
    [Arguments("two microtasks", "const again = () => { Promise.resolve().then(again); Promise.resolve().then(() => {}); }; again();")]
    [Arguments("thenable", "const then = r => r({ then }); Promise.resolve({ then });")]
    [Arguments("async", "(async () => { for (;;) await null; })();")]
    [Arguments("async of thenables", "(async () => { for (;;) await { then: r => r() }; })();")]
    [Arguments("rejections", "const again = () => Promise.reject(1).catch(again); again();")]
    [Arguments("race of promises", "const again = () => Promise.race([1, 2]).then(again); again();")]
    [Arguments("generator", "for (const _ of (function* () { for (;;) yield 1; })());")]
    [Arguments("delegating generator", "function* g() { for (;;) yield* [1]; } for (const _ of g());")]
    [Arguments("async generator", "(async () => { for await (const _ of (async function* () { for (;;) yield 1; })()); })();")]
    [Arguments("iterator that never ends", "Array.from({ [Symbol.iterator]: () => ({ next: () => ({ value: 1 }) }) }, () => 0);")]
    [Arguments("spread", "Math.max(...{ [Symbol.iterator]: () => ({ next: () => ({ done: false, get value() { for (;;); } }) }) });")]
    [Arguments("iterator helper", "Iterator.from({ next: () => ({ done: false }) }).filter(() => false).next();")]
    [Arguments("drop", "Iterator.from({ next: () => ({ done: false, value: 1 }) }).drop(1e15).next();")]
    [Arguments("array-like, reduced", "Array.prototype.reduce.call({ length: 2 ** 53 - 1, 0: 1 }, a => a);")]
    [Arguments("array-like, reversed", "Array.prototype.reverse.call({ length: 2 ** 53 - 1 });")]
    [Arguments("array-like, searched from the end", "Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);")]
    [Arguments("array-like, joined", "Array.prototype.join.call({ length: 2 ** 32 - 1 });")]
    [Arguments("array-like, filled", "Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 1);")]
    [Arguments("array-like, shifted", "Array.prototype.shift.call({ length: 2 ** 53 - 1 });")]
    [Arguments("array-like, copied within", "Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 0, 1);")]
    [Arguments("array-like, spliced", "Array.prototype.splice.call({ length: 2 ** 53 - 1 }, 0, 1);")]
    [Arguments("array-like, included", "Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1);")]
    [Arguments("array-like, sorted", "Array.prototype.sort.call({ length: 2 ** 53 - 1 });")]
    [Arguments("array-like, found", "Array.prototype.find.call({ length: 2 ** 53 - 1 }, () => false);")]
    [Arguments("sparse array", "const a = []; a[2 ** 32 - 2] = 1; for (;;) a.indexOf(2);")]
    [Arguments("Proxy get", "new Proxy({}, { get() { for (;;); } }).x;")]
    [Arguments("Proxy ownKeys", "Object.keys(new Proxy({}, { ownKeys() { for (;;); } }));")]
    [Arguments("Proxy that grows", "const p = new Proxy([], { has: () => true, get: (t, k) => (k === 'length' ? 2 ** 53 - 1 : 0) }); Array.prototype.indexOf.call(p, 1);")]
    [Arguments("getter", "({ get x() { for (;;); } }).x;")]
    [Arguments("valueOf", "+{ valueOf() { for (;;); } };")]
    [Arguments("comparator", "[3, 2, 1].sort(() => { for (;;); });")]
    [Arguments("comparator of many", "const a = Array.from({ length: 300000 }, (_, i) => i); for (;;) a.sort((x, y) => y - x);")]
    [Arguments("reviver", "JSON.parse('[1, 2]', () => { for (;;); });")]
    [Arguments("replacer", "JSON.stringify([1], () => { for (;;); });")]
    [Arguments("replace function", "'x'.replace(/x/, () => { for (;;); });")]
    [Arguments("empty matches", "const r = /(?:)/g; for (;;) { r.lastIndex = 0; r.exec('x'); }")]
    [Arguments("matchAll", "for (;;) [...'xxxxxxxx'.matchAll(/x/g)];")]
    [Arguments("string building", "let s = ''; for (let i = 0; ; i++) { s += 'x'; if (i % 1000 === 0) s = ''; }")]
    [Arguments("string search", "const s = 'a'.repeat(1 << 20); for (;;) s.indexOf('b');")]
    [Arguments("split and join", "const s = 'a,'.repeat(1 << 16); for (;;) s.split(',').join('');")]
    [Arguments("BigInt", "for (let n = 1n; ; n = (n << 1n) & 0xffffn);")]
    [Arguments("BigInt shift", "let n = 1n; for (;;) { n = 1n << 900000n; n >>= 1n; }")]
    [Arguments("BigInt power", "for (;;) 3n ** 60000n;")]
    [Arguments("BigInt text", "const n = 3n ** 60000n; for (;;) String(n).length;")]
    [Arguments("Date", "for (;;) new Date(0).toISOString();")]
    [Arguments("sum of typed arrays", "const t = new Uint8Array(1 << 24); for (;;) t.indexOf(1);")]
    [Arguments("typed array sort", "const t = new Float64Array(1 << 20); for (;;) t.sort();")]
    [Arguments("harden", "for (;;) harden({});")]
    [Arguments("eval", "(0, eval)('for (;;);');")]
    [Arguments("Function", "Function('for (;;);')();")]
    [Arguments("compartment", "new Compartment().evaluate('for (;;);');")]
    [Arguments("compartments", "for (;;) new Compartment();")]
    [Arguments("transform", "new Compartment({ __options__: true, transforms: [s => { for (;;); }] }).evaluate('1');")]
    [Arguments("assert", "for (;;) { try { assert.Fail`x ${{}}`; } catch {} }")]
    [Arguments("console", "for (;;) console.log({ a: [1] });")]
    [Arguments("class fields", "class A { x = (() => { for (;;); })(); } new A();")]
    [Arguments("static block", "class A { static { for (;;); } }")]
    [Arguments("default argument", "((a = (() => { for (;;); })()) => a)();")]
    [Arguments("destructuring", "const [a = (() => { for (;;); })()] = [];")]
    [Arguments("tagged template", "(s => { for (;;) s.raw; })`x`;")]
    [Arguments("optional chain", "for (let o = {}; ; ) o?.x?.y;")]
    [Arguments("with resources", "for (;;) { Promise.withResolvers().resolve(1); }")]
    public async Task S7_A_loop_ends_at_its_cpu_limit_and_the_neighbour_answers(string shape, string code)
    {
        var (report, answers) = await Attack(code, Limits);
        await Assert.That(report.Fault?.Code).IsEqualTo(VatLimitException.Cpu).Because($"{shape}: {Describe(report)}");
        await Assert.That(TimeSpan.FromMicroseconds(report.CpuMicroseconds)).IsLessThan(Limits.CpuPerCrank + TimeSpan.FromMilliseconds(500));
        await Assert.That(answers).IsGreaterThan(0);
    }

    [Test]
    [Arguments("/^(a+)+$/.test('a'.repeat(50) + 'b');")]
    [Arguments("/(x+x+)+y/.exec('x'.repeat(60));")]
    [Arguments("/^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(60));")]
    [Arguments("new RegExp('(a|aa)+$', 'u').test('a'.repeat(60) + '!');")]
    [Arguments("'a'.repeat(50).concat('b').split(/(a*)*c/);")]
    [Arguments("/^(?:(a+)\\1?)+$/.test('a'.repeat(60) + 'b');")]
    [Arguments("for (;;) { try { /^(a+)+$/.test('a'.repeat(50) + 'b'); } catch {} }")]
    public async Task S7_A_regular_expression_that_backtracks_ends_at_its_limit(string code)
    {
        var (report, answers) = await Attack(code, Limits);
        await Assert.That(report.Fault?.Code is VatLimitException.Regex or VatLimitException.Cpu).IsTrue().Because(Describe(report));
        await Assert.That(answers).IsGreaterThan(0);
    }

    [Test]
    [Arguments("typed arrays", "const a = []; for (;;) a.push(new Float64Array(1 << 17).fill(1));")]
    [Arguments("resizable buffers", "const a = []; for (;;) { const b = new ArrayBuffer(0, { maxByteLength: 1 << 20 }); b.resize(1 << 20); a.push(b); }")]
    [Arguments("transferred buffers", "const a = []; for (;;) a.push(new ArrayBuffer(8).transfer(1 << 20));")]
    [Arguments("repeat", "const a = []; for (let i = 0; ; i++) a.push((i + 'x').repeat(1 << 18));")]
    [Arguments("padStart", "const a = []; for (let i = 0; ; i++) a.push(String(i).padStart(1 << 20));")]
    [Arguments("join", "const a = []; for (;;) a.push(new Array(1 << 16).fill('xyz').join('-'));")]
    [Arguments("replace", "const a = []; const s = 'x'.repeat(1 << 10); for (;;) a.push(s.replace(/x/g, 'y'.repeat(1 << 10)));")]
    [Arguments("replaceAll", "let s = 'xx'; for (;;) s = s.replaceAll('x', 'xxxx');")]
    [Arguments("concat", "let s = 'xx'; for (;;) s = s.concat(s, s);")]
    [Arguments("Map", "const m = new Map(); for (let i = 0; ; i++) m.set({ i }, i);")]
    [Arguments("Set", "const m = new Set(); for (let i = 0; ; i++) m.add(`entry ${i}`);")]
    [Arguments("WeakMap of held keys", "const m = new WeakMap(), a = []; for (let i = 0; ; i++) { const k = { i }; a.push(k); m.set(k, [i, i]); }")]
    [Arguments("promises", "const a = []; for (;;) a.push(new Promise(() => {}).then(() => {}));")]
    [Arguments("reactions", "const p = new Promise(() => {}); for (;;) p.then(() => {});")]
    [Arguments("microtasks", "const f = () => {}; const p = Promise.resolve(); for (;;) p.then(f);")]
    [Arguments("closures", "const a = []; for (let i = 0; ; i++) { const big = [i, i]; a.push(() => big); }")]
    [Arguments("generators", "const a = []; for (;;) { const g = (function* () { yield 1; })(); g.next(); a.push(g); }")]
    [Arguments("BigInt", "const a = []; for (let i = 0n; ; i++) a.push((1n << 800000n) + i);")]
    [Arguments("length", "const a = []; for (;;) { const b = []; b.length = 9_000_000; b.fill(0); a.push(b); }")]
    [Arguments("array concat", "let a = [1]; for (;;) a = a.concat(a);")]
    [Arguments("flat", "let a = [[1]]; for (;;) { a = [a.flat(), a.flat(), a.flat()]; }")]
    [Arguments("spread", "let a = [1]; for (;;) a = [...a, ...a];")]
    [Arguments("sparse arrays", "const a = []; for (let i = 0; ; i++) { const b = []; b[i * 1000] = 1; a.push(b); }")]
    [Arguments("registered symbols", "for (let i = 0; ; i++) Symbol.for(`symbol number ${i}`);")]
    [Arguments("property names", "const o = {}; for (let i = 0; ; i++) o[`name ${i}`] = i;")]
    [Arguments("template objects", "const t = s => s, a = []; for (let i = 0; ; i++) a.push(Function('t', `return t\\`x${i}\\``)(t));")]
    [Arguments("code", "const a = []; for (let i = 0; ; i++) a.push(Function(`return ${i}`));")]
    [Arguments("captures", "const a = []; const s = 'x'.repeat(1 << 12); for (;;) a.push(/(((((x*)))))/.exec(s + a.length));")]
    [Arguments("split", "const a = [], s = 'x'.repeat(1 << 16); for (;;) a.push(s.split(''));")]
    [Arguments("JSON", "let s = 'x'; for (;;) s = JSON.stringify([s, s]);")]
    [Arguments("errors", "const a = []; const f = n => { if (n) f(n - 1); else a.push(Error('x'.repeat(1000))); }; for (;;) f(30);")]
    [Arguments("proxies", "const a = []; for (;;) a.push(new Proxy({}, {}));")]
    [Arguments("bound functions", "let f = () => {}; const a = []; for (;;) a.push(f.bind(null, 1, 2, 3));")]
    [Arguments("hardened objects", "const a = []; for (;;) a.push(harden({ x: [1] }));")]
    [Arguments("compartments", "const a = []; for (;;) a.push(new Compartment());")]
    [Arguments("normalize", "let s = '\\ufdfa'; for (;;) s = s.normalize('NFKD').replaceAll(' ', '\\ufdfa');")]
    [Arguments("console", "for (let s = 'x'; ; s += s) console.log(s);")]
    [Arguments("notes", "const e = Error('x'); for (let i = 0; ; i++) assert.note(e, assert.details`note ${i}`);")]
    [Arguments("class", "const a = []; for (;;) a.push(class { #x = 1; static y() {} });")]
    public async Task S8_A_memory_bomb_ends_with_a_reason_and_the_heap_comes_back(string shape, string code)
    {
        await WarmUp();
        long before = Settled();
        var limits = VatLimits.Default with
        {
            RetainedPerVat = 24 * MiB, RetainedInAll = before + (64 * MiB), AllocationPerCrank = 512 * MiB, CpuPerCrank = TimeSpan.FromSeconds(20),
        };
        var (report, _) = await Attack(code, limits);
        await Assert.That(report.Fault?.Code is VatLimitException.Memory or VatLimitException.Allocation || IsRangeError(report)).IsTrue().Because($"{shape}: {Describe(report)}");

        // The vat's thread ends, and with it the buffers that the runtime keeps for it: that may take a moment after the report.
        var watch = Stopwatch.StartNew();
        long after = Settled();
        while (after - before >= 16 * MiB && watch.Elapsed < TimeSpan.FromSeconds(5)) after = Settled();
        await Assert.That(after - before).IsLessThan(16 * MiB);
    }

    [Test]
    [Arguments("const f = () => f() + 1; return f();")]
    [Arguments("const o = { get x() { return this.x; } }; return o.x;")]
    [Arguments("const p = new Proxy(() => {}, { apply: (t, s, a) => p(...a) }); return p();")]
    [Arguments("const o = { toString: () => `${o}` }; return `${o}`;")]
    [Arguments("let o = []; for (let i = 0; i < 50000; i++) o = [o]; return JSON.stringify(o);")]
    [Arguments("return JSON.stringify(1, (k, v) => [v]);")]
    [Arguments("const f = () => [2, 1].sort(f); return f();")]
    [Arguments("const f = () => 'x'.replace('x', f); return f();")]
    [Arguments("const f = () => [...{ [Symbol.iterator]: f }]; return f();")]
    [Arguments("class A extends (class {}) { constructor() { super(); new A(); } } new A();")]
    [Arguments("const f = async () => { await f(); }; return f();")]
    [Arguments("function* g() { yield* g(); } return [...g()].length;")]
    [Arguments("return JSON.parse('['.repeat(100000)).length;")]
    [Arguments("return (0, eval)('('.repeat(50000) + ')'.repeat(50000));")]
    [Arguments("return Function('return ' + '['.repeat(50000) + ']'.repeat(50000))();")]
    [Arguments("return (0, eval)('a=>'.repeat(50000) + '1');")]
    [Arguments("return (0, eval)('`${'.repeat(20000) + '}`'.repeat(20000));")]
    [Arguments("return (0, eval)('if(1)'.repeat(50000) + ';');")]
    [Arguments("return (0, eval)('1' + '**1'.repeat(50000));")]
    [Arguments("return (0, eval)('class A{static{'.repeat(10000) + '}}'.repeat(10000));")]
    [Arguments("return new Compartment().evaluate('('.repeat(50000) + ')'.repeat(50000));")]
    [Arguments("const g = () => new Compartment({ g }).evaluate('g()'); return g();")]
    [Arguments("const f = () => (0, eval)('f()'); globalThis.f = f; return f();")]
    [Arguments("const c = new Compartment({ __options__: true, transforms: [s => c.evaluate(s)] }); return c.evaluate('1');")]
    [Arguments("const f = () => harden(new Proxy({}, { preventExtensions: f })); return f();")]
    public async Task S9_A_stack_bomb_is_a_RangeError_or_the_end_of_its_vat_and_no_more(string code)
    {
        var limits = VatLimits.Default with { StackBytes = 256 << 10, CpuPerCrank = TimeSpan.FromSeconds(10) };
        var (report, answers) = await Attack(code, limits);
        await Assert.That(IsRangeError(report) || Describe(report).Contains("SyntaxError", StringComparison.Ordinal) || report.Fault?.Code is VatLimitException.Stack or VatLimitException.Cpu or VatLimitException.Allocation)
            .IsTrue().Because(Describe(report));
        await Assert.That(answers).IsGreaterThan(0);
    }

    /// <summary>Runs the code in one vat while another answers, and goes on to answer.</summary>
    private static async Task<(CrankReport Report, int Answers)> Attack(string code, VatLimits limits)
    {
        var factory = new JintVatWorkerFactory(new DrivenVat.OneBundle(WorkerTests.Root($"ping: () => 'pong', attack() {{ {code} }}")), limits);
        await using var neighbour = new DrivenVat(factory);
        await using var attacker = new DrivenVat(factory);
        await neighbour.Start();
        await attacker.Start();
        Task<CrankReport> ending = attacker.Send("attack", "[]");
        int answers = 0;
        do
        {
            await Assert.That((await neighbour.Send("ping", "[]")).Fault).IsNull();
            answers++;
        }
        while (!ending.IsCompleted);
        return (await ending, answers);
    }

    // What the process keeps of its first vat for all others is no vat's.
    private static async Task WarmUp() => await Attack("return 1;", Limits);

    private static bool IsRangeError(CrankReport report) => Describe(report).Contains("\"name\":\"RangeError\"", StringComparison.Ordinal);

    private static string Describe(CrankReport report) => report.Fault is { } fault ? $"{fault.Code}: {fault.Message}" : string.Join(' ', report.Syscalls.OfType<SyscallResolve>().SelectMany(static s => s.Settlements).Select(static s => s.Value.Body));

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
