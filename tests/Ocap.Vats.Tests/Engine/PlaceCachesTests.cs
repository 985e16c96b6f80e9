using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Vats.Tests.Engine;

/// <summary>What a place of a vat's program was last executed with is no reason for an import to live.</summary>
public sealed class PlaceCachesTests
{
    // Each is called with an import that nothing else holds. Scopes that a closure holds are not put by for the next call: they are what a place would remember.
    private const string Uses = """
        read: x => { const y = [x]; y; return typeof y; },
        readInClosure: x => { const y = [x]; const f = () => y; f(); f(); },
        readTwoScopesOut: x => { const y = [x]; const f = () => () => () => y; f()()(); f()()(); },
        readInBlock: x => { const y = [x]; { let z = () => y; { let w = () => z; w()(); z; y; } } },
        typeof: x => { const f = () => typeof x; f(); },
        argument: function (x) { const f = () => arguments[0]; f(); f(); return arguments.length; },
        thisValue: x => { const o = { x, m() { const f = () => this.x; f(); return this; } }; o.m().m(); },
        length: x => { const a = [x]; return a.length; },
        own: x => { const o = { x }; o.x; const f = () => o.x; f(); f(); },
        ownOfDictionary: x => { const o = { x, y: 1 }; delete o.y; o.x; o.x; },
        getter: x => { const o = { get x() { return x; } }; o.x; o.x; },
        setter: x => { const o = { set y(v) { x; } }; o.y = x; o.y = 1; },
        prototype: x => { const o = Object.create({ x }); o.x; o.x; },
        prototypeOfDictionary: x => { const p = { x, y: 1 }; delete p.y; const o = Object.create(p); o.x; o.x; },
        receiver: x => { const o = [x]; o.at; o.at; o.map(y => y); },
        computed: x => { const o = { x }, k = 'x', a = [o]; o[k]; a[0][k]; o['x']; },
        index: x => { const a = [x, [x]]; let i = 0; a[i]; a[1][i]; const f = () => a[i]; f(); },
        methodCall: x => { const o = { m() { return x; } }; o.m(); o.m(1, 2); },
        inheritedCall: x => { class C { constructor(y) { this.y = y; } m() { return this.y; } } const c = new C(x); c.m(); c.m(); },
        callee: x => { const f = () => x; f(); f(1); f(1, 2); f(1, 2, 3, 4, 5); },
        boundCallee: x => { const f = (function () { return this; }).bind(x); f(); f(1); },
        builtIn: x => { Array.isArray(x); Object.keys([x]); Math.max([x].length, 1); Reflect.apply(() => x, x, [x]); },
        spread: x => { const f = (...a) => a; f(...[x], ...new Set([x])); [...[x]]; ({ ...{ x } }); },
        construct: x => { const K = class { m() { return x; } }; new K(); new K(1).m(); function F() { this.x = x; } new F(); new F(x); },
        subclass: x => { class A { constructor(y) { this.y = y; } m() { return this.y; } } class B extends A { #z; w = x; constructor(y) { super(y); this.#z = y; } m() { return [super.m(), this.#z]; } static s() { return x; } } new B(x).m(); B.s(); },
        assign: x => { let y, o = {}; const f = () => [x, y, o]; y = 1; y = x; o.x = x; o.x ??= 1; o[1] = x; y &&= 1; f(); },
        arithmetic: x => { let n = 0, m = 2, s = 0; const f = () => { n = 1; n += m; n++; --n; s = n * m - n; s = n % 2 === 0; n < 5; n <= m; n === m; n !== m; n == m; n | 1; n & m; n / m; n ** m; n + m; n - m; m > n; `${n}`; return x; }; f(); f(); n++; n += 1; n = n + m; n < m; n % 2 == 1; },
        update: x => { const o = { n: 1, x }; o.n++; o.n += 1; let i = 0; const f = () => { i++; i -= 1; return o; }; f(); f(); },
        block: x => { { const y = x; const f = () => y; f(); } { let y = x; y; } },
        for: x => { for (let i = 0, y = x; i < 3; i++) { y; } for (let i = 0, y = x; i < 3; i++) { const f = () => y; f(); } for (let y = x; ;) { y; break; } },
        forInLoop: x => { for (let i = 0, y = x; i < 3; i++) { for (let j = 0, z = [y]; j < 2; j++) { z; i; } } },
        forOf: x => { for (const y of [x]) { y; } for (const y of new Set([x])) { const f = () => y; f(); } for (const [k, v] of new Map([[x, x]])) { k; v; } for (const y of [x, x]) { y; break; } },
        forIn: x => { const o = { x }; for (const k in o) { o[k]; } for (const k in [x]) { const f = () => [k, x]; f(); } },
        while: x => { let y = x, n = 0; const f = () => y; while (n < 3) { n++; y; } do { n--; f(); } while (n > 0); },
        switch: x => { const o = { k: 1 }; switch (o.k) { case 1: { const y = x; y; } break; default: { const z = x; z; } } switch (x) { case x: let w = x; const f = () => w; f(); } },
        caught: x => { try { throw { x }; } catch (e) { e.x; } try { throw x; } catch (e) { const f = () => e; f(); } finally { x; } try { throw x; } catch { x; } },
        caughtError: x => { const f = y => { throw Object.assign(Error('e', { cause: y }), { y }); }; try { f(x); } catch (e) { e.y; } try { f(x); } catch ({ y }) { y; } },
        caughtTypeError: x => { const o = { x }; try { o.x.y.z; } catch (e) { e.message; } try { o.none(x); } catch (e) { e.stack; } try { none(x); } catch {} },
        recursive: x => { const f = (n, y) => n ? f(n - 1, y) : y; f(5, x); function g(n, y) { return n ? g(n - 1, [y]) : y; } g(5, x); },
        tooDeep: x => { const f = y => f([y]); try { f(x); } catch (e) { e.message; } },
        destructured: x => { const { y, ...rest } = { y: x, z: x }; const [a, ...b] = [x, x]; let c, d; ({ c, d = x } = { c: x }); [c, d] = [d, c]; const f = () => [y, rest, a, b, c, d]; f(); },
        parameters: x => { const f = ({ y }, [z] = [x], w = x, ...rest) => [y, z, w, rest]; f({ y: x }); f({ y: x }, [x], x, x); },
        template: x => { const o = { x, toString: () => 't' }; `${o}${o.x === x}`; const t = (strings, v) => v; t`a${x}b`; t`a${o.x}b`; },
        optional: x => { const o = { x, m() { return x; } }; o?.x?.y; o?.m?.(); o.none?.(x); o.x?.[0]; },
        conditional: x => { const o = { x }; o.x ? o.x : 1; o.x && o.x; o.x || o.x; o.x ?? o.x; (o.x, o.x); void o.x; !o.x; },
        relation: x => { const o = { x }; 'x' in o; o instanceof Object; o.x === o.x; o.x == null; delete o.x; const s = Symbol(); o[s] = x; o[s]; },
        literal: x => { const k = 'k'; const f = () => ({ x, y: { x }, [k]: x, m() { return x; }, get g() { return [x]; } }); f().m(); f().g; },
        generator: x => { function* g(y) { const z = yield y; try { yield [y, z]; } finally { y; } } for (const v of g(x)) { v; } [...g(x)]; const h = g(x); h.next(); h.next(x); h.return(x); g(x).next(); },
        generatorDelegating: x => { function* g() { yield* [x]; yield* h(); } function* h() { yield x; return x; } for (const v of g()) { v; } },
        async: async x => { const f = async y => { const z = await y; await null; return [z]; }; await f(x); await f([x]); const o = { x }; await null; o.x; return 1; },
        asyncArrow: async x => { const f = async y => (await null, [y]); (await f(x)).length; await (async () => x === (await x))(); },
        asyncThrown: async x => { const f = async y => { await null; throw y; }; try { await f(x); } catch (e) { const g = () => e; g(); } await f(x).catch(e => e); await Promise.allSettled([f(x)]); },
        asyncGenerator: async x => { async function* g() { yield x; await null; yield [x]; } for await (const y of g()) { y; } for await (const y of [x]) { y; break; } },
        then: async x => { await Promise.resolve(x).then(y => [y]).then(y => y.length); await Promise.all([x]); await new Promise(r => r(x)); await Promise.race([x, x]); },
        callbacks: x => { [x].map(y => y); [x, x].sort((a, b) => (a === b ? 0 : 1)); [1].reduce((a, b) => a, x); [x].forEach(function (y) { this; y; }, x); Array.from([x], y => y); new Map([[1, x]]).forEach(v => v); },
        text: x => { 'ab'.replace(/a/, () => (x, 'c')); 'abc'.split('b').map(() => x); JSON.stringify({ y: [x], toJSON() { return x ? 1 : 2; } }); JSON.parse('[1]', (k, v) => (x, v)); JSON.stringify([{ a: 1 }], (k, v) => (x, v)); },
        collections: x => { const m = new Map([[x, [x]]]), s = new Set([x]), w = new WeakMap([[x, x]]), v = new WeakSet([x]); m.get(x); s.has(x); w.get(x); v.has(x); m.delete(x); for (const [k] of m) { k; } },
        proxy: x => { const p = new Proxy({ x }, { get: (t, k) => t[k], has: () => true }); p.x; p.x; 'y' in p; Object.keys(p); },
        iterator: x => { const o = { [Symbol.iterator]() { let n = 0; return { next: () => ({ done: n++ > 1, value: x }), return: () => ({ x }) }; } }; [...o]; for (const y of o) { break; } const [y] = o; new Set(o); },
        reflected: x => { const o = { x }; Reflect.get(o, 'x'); Reflect.ownKeys(o); Object.entries(o); Object.assign({}, o); Object.defineProperty({}, 'x', { value: x }); Object.getOwnPropertyDescriptor(o, 'x'); structured(o); },
        hardened: x => { const o = harden({ x, m: () => x }); o.x; o.m(); harden([x]); Object.isFrozen(o); },
        compartment: x => { const c = new Compartment({ x, o: { x } }); c.evaluate('o.x; (() => o.x)()'); c.evaluate('(y => [y])')(x); },
        labelled: x => { outer: for (const y of [x, x]) { for (const z of [y]) { z; continue outer; } } },
        immediately: x => { (() => { const y = x; return (() => y)(); })(); (function () { return this; }).call(x); ((...a) => a)(x); },
        fields: x => { class C { y = x; #z = [x]; static s = [1]; get z() { return this.#z; } static { const t = x; t; } static has(o) { return #z in o; } } const c = new C(); c.y; c.z; C.has(c); },
        date: x => { const d = new Date(0); d.x = x; d.getTime(); d.x; const r = /a/g; r.x = x; r.test('a'); r.x; const u = new Uint8Array(2); u.x = x; u.length; u[0]; u.x; },
        functionProperty: x => { const f = () => 1; f.x = x; f.x; f(); f.name; },
        eventual: async x => { const p = Promise.resolve([x]); const f = async () => { for (const y of await p) { await null; y; } }; await f(); },
        """;

    [Test]
    public async Task What_a_place_was_executed_with_last_is_garbage_when_the_vat_looks_for_it_each_time()
    {
        byte[] bundle = WorkerTests.Root("use: (name, x) => { const r = uses[name](x); return r instanceof Promise ? r.then(() => 1) : 1; }, names: () => Object.keys(uses).join()", $$"""
            const structured = o => ({ ...o });
            const uses = { {{Uses}} };
            """);
        await using var vat = new DrivenVat(bundle, VatLimits.Default);
        await vat.Start();
        string[] names = Uses.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(static line => line[..line.IndexOf(':', StringComparison.Ordinal)]).ToArray();
        List<string> held = [];
        for (int round = 0; round < 3; round++)
        {
            Dictionary<string, string> imports = names.Select((name, i) => (name, i)).ToDictionary(each => $"o-{(round * 1000) + each.i + 10}", static each => each.name);
            foreach ((string import, string name) in imports)
            {
                CrankReport report = await vat.Deliver(new DeliverMessage("o+0", new CapData($"#[\"use\",[\"{name}\",\"$0.Alleged: x\"]]", [import]), $"p-{import[2..]}"));
                await Assert.That(report.Fault).IsNull();
                await Assert.That(string.Join("; ", report.Syscalls.OfType<SyscallResolve>().SelectMany(static answer => answer.Settlements).Select(each => $"{name}: {each.Rejected} {each.Value.Body}")))
                    .IsEqualTo($"{name}: False #1");
            }

            HashSet<string> dropped = await Dropped(vat, imports.Count);
            held.AddRange(imports.Where(import => !dropped.Contains(import.Key)).Select(import => $"{import.Value} in round {round}"));
        }

        await Assert.That(string.Join(", ", held)).IsEqualTo("");
    }

    [Test]
    [Arguments("'(()=>{let x=1,s=0;' + 's+=x;'.repeat(40000) + 'return s})()'", "40000")]
    [Arguments("'((o,p)=>{let s=0;' + 's+=o.a+p.b.c;p.m();'.repeat(20000) + 'return [s,p.n].join()})({a:1},{b:{c:2},n:0,m(){this.n++}})'", "60000,20000")]
    [Arguments("'((C,k)=>{let s=0,y=0;' + 's+=new C(k).v;y++;{let z=s;s=z}'.repeat(12000) + 'return s+y})(class{constructor(k){this.v=k}},2)'", "36000")]
    [Arguments("'(x=>{let s=0;' + 's+=((a)=>a+x)(1);'.repeat(9000) + 'return s})(3)'", "36000")]
    public async Task More_places_than_are_remembered_at_once_are_executed_as_ever(string code, string value)
    {
        await using var vat = new DrivenVat(WorkerTests.Root($"run: () => String((0, eval)({code}))"), VatLimits.Default with { CpuPerCrank = TimeSpan.FromSeconds(20) });
        await vat.Start();
        CrankReport report = await vat.Send("run", "[]");
        await Assert.That(report.Fault).IsNull();
        await Assert.That(report.Syscalls.OfType<SyscallResolve>().Single().Settlements.Single().Value.Body).IsEqualTo($"#\"{value}\"");
    }

    [Test]
    public async Task What_a_weak_map_held_under_a_stored_object_goes_with_the_map_at_once()
    {
        byte[] bundle = WorkerTests.Root("use(x) { const w = new WeakMap(); w.set(VatData.makeScalarBigMapStore('key'), [x]); kept.push(w); }, drop() { kept.length = 0; }", "const kept = [];");
        await using var vat = new DrivenVat(bundle, VatLimits.Default);
        await vat.Start();
        await vat.Deliver(new DeliverMessage("o+0", new CapData("#[\"use\",[\"$0.Alleged: x\"]]", ["o-10"]), "p-60"));
        await vat.Send("drop", "[]");
        await Assert.That(await Dropped(vat, 1)).Contains("o-10");
    }

    // Other tests share the heap: when that is large, a collection goes on beside the vat, and what it finds is told at the next time.
    private static async Task<HashSet<string>> Dropped(DrivenVat vat, int expected)
    {
        HashSet<string> dropped = [];
        for (int i = 0; i < 100 && dropped.Count < expected; i++)
        {
            CrankReport report = await vat.Deliver(new DeliverBringOutYourDead());
            dropped.UnionWith(report.Syscalls.OfType<SyscallGc>().Where(static call => call.Kind == GcSyscallKind.DropImports).SelectMany(static call => call.VRefs));
        }

        return dropped;
    }
}
