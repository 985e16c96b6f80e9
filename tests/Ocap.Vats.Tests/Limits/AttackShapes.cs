namespace Ocap.Vats.Tests.Limits;

/// <summary>One way to attack.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Code">The body of the method that does it.</param>
public sealed record AttackShape(string Name, string Code)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>
/// The shapes of S7, S8 and S9 (design/reliability.md): played in one process by the tests of the vat runtime, and against the published executable by the
/// end-to-end tests and <c>scripts/attacks.sh</c>.
/// </summary>
public static class AttackShapes
{
    /// <summary>Code that never comes to its end.</summary>
    public static IEnumerable<AttackShape> Loops() =>
    [
        new("sync", "for (;;);"),
        new("label", "a: for (;;) { b: for (;;) continue a; }"),
        new("recursion without depth", "const f = n => n; for (let i = 0; ; i++) f(i);"),
        new("catch in a loop", "for (;;) { try { for (;;); } catch {} finally { continue; } }"),
        new("microtask", "const again = () => Promise.resolve().then(again); again();"),
        new("two microtasks", "const again = () => { Promise.resolve().then(again); Promise.resolve().then(() => {}); }; again();"),
        new("thenable", "const then = r => r({ then }); Promise.resolve({ then });"),
        new("async", "(async () => { for (;;) await null; })();"),
        new("async of thenables", "(async () => { for (;;) await { then: r => r() }; })();"),
        new("rejections", "const again = () => Promise.reject(1).catch(again); again();"),
        new("race of promises", "const again = () => Promise.race([1, 2]).then(again); again();"),
        new("generator", "for (const _ of (function* () { for (;;) yield 1; })());"),
        new("delegating generator", "function* g() { for (;;) yield* [1]; } for (const _ of g());"),
        new("async generator", "(async () => { for await (const _ of (async function* () { for (;;) yield 1; })()); })();"),
        new("iterator that never ends", "Array.from({ [Symbol.iterator]: () => ({ next: () => ({ value: 1 }) }) }, () => 0);"),
        new("spread", "Math.max(...{ [Symbol.iterator]: () => ({ next: () => ({ done: false, get value() { for (;;); } }) }) });"),
        new("iterator helper", "Iterator.from({ next: () => ({ done: false }) }).filter(() => false).next();"),
        new("drop", "Iterator.from({ next: () => ({ done: false, value: 1 }) }).drop(1e15).next();"),
        new("array-like, reduced", "Array.prototype.reduce.call({ length: 2 ** 53 - 1, 0: 1 }, a => a);"),
        new("array-like, reversed", "Array.prototype.reverse.call({ length: 2 ** 53 - 1 });"),
        new("array-like, searched from the end", "Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);"),
        new("array-like, joined", "Array.prototype.join.call({ length: 2 ** 32 - 1 });"),
        new("array-like, filled", "Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 1);"),
        new("array-like, shifted", "Array.prototype.shift.call({ length: 2 ** 53 - 1 });"),
        new("array-like, copied within", "Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 0, 1);"),
        new("array-like, spliced", "Array.prototype.splice.call({ length: 2 ** 53 - 1 }, 0, 1);"),
        new("array-like, included", "Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1);"),
        new("array-like, sorted", "Array.prototype.sort.call({ length: 2 ** 53 - 1 });"),
        new("array-like, found", "Array.prototype.find.call({ length: 2 ** 53 - 1 }, () => false);"),
        new("sparse array", "const a = []; a[2 ** 32 - 2] = 1; for (;;) a.indexOf(2);"),
        new("long array, searched", "const a = new Array(2 ** 32 - 1); for (;;) { a.indexOf(1); a.lastIndexOf(1); }"),
        new("long array, joined", "const a = new Array(2 ** 32 - 1); for (;;) try { a.join(''); } catch {}"),
        new("long array, sorted", "new Array(2 ** 32 - 1).sort((x, y) => x - y);"),
        new("long array, copied", "const a = new Array(2 ** 32 - 1); a.slice(1); a.splice(0, 2 ** 31);"),
        new("long array, reversed", "new Array(2 ** 32 - 1).reverse();"),
        new("Proxy get", "new Proxy({}, { get() { for (;;); } }).x;"),
        new("Proxy ownKeys", "Object.keys(new Proxy({}, { ownKeys() { for (;;); } }));"),
        new("Proxy that grows", "const p = new Proxy([], { has: () => true, get: (t, k) => (k === 'length' ? 2 ** 53 - 1 : 0) }); Array.prototype.indexOf.call(p, 1);"),
        new("getter", "({ get x() { for (;;); } }).x;"),
        new("valueOf", "+{ valueOf() { for (;;); } };"),
        new("comparator", "[3, 2, 1].sort(() => { for (;;); });"),
        new("comparator of many", "const a = Array.from({ length: 300000 }, (_, i) => i); for (;;) a.sort((x, y) => y - x);"),
        new("comparator without statements", "new Uint8Array(1 << 22).sort(Math.max); for (;;);"),
        new("comparators that contradict themselves", "const a = Array.from({ length: 100_000 }, (_, i) => i * 7919 % 65537); for (;;) a.sort(Math.min);"),
        new("reviver", "JSON.parse('[1, 2]', () => { for (;;); });"),
        new("replacer", "JSON.stringify([1], () => { for (;;); });"),
        new("replace function", "'x'.replace(/x/, () => { for (;;); });"),
        new("empty matches", "const r = /(?:)/g; for (;;) { r.lastIndex = 0; r.exec('x'); }"),
        new("matchAll", "for (;;) [...'xxxxxxxx'.matchAll(/x/g)];"),
        new("string building", "let s = ''; for (let i = 0; ; i++) { s += 'x'; if (i % 1000 === 0) s = ''; }"),
        new("string search", "const s = 'a'.repeat(1 << 20); for (;;) s.indexOf('b');"),
        new("split and join", "const s = 'a,'.repeat(1 << 16); for (;;) s.split(',').join('');"),
        new("BigInt", "for (let n = 1n; ; n = (n << 1n) & 0xffffn);"),
        new("BigInt shift", "let n = 1n; for (;;) { n = 1n << 900000n; n >>= 1n; }"),
        new("BigInt power", "for (;;) 3n ** 60000n;"),
        new("BigInt text", "const n = 3n ** 60000n; for (;;) String(n).length;"),
        new("Date", "for (;;) new Date(0).toISOString();"),
        new("sum of typed arrays", "const t = new Uint8Array(1 << 24); for (;;) t.indexOf(1);"),
        new("typed array sort", "const t = new Float64Array(1 << 20); for (;;) t.sort();"),
        new("harden", "for (;;) harden({});"),
        new("eval", "(0, eval)('for (;;);');"),
        new("Function", "Function('for (;;);')();"),
        new("compartment", "new Compartment().evaluate('for (;;);');"),
        new("compartments", "for (;;) new Compartment();"),
        new("transform", "new Compartment({ __options__: true, transforms: [s => { for (;;); }] }).evaluate('1');"),
        new("assert", "for (;;) { try { assert.Fail`x ${{}}`; } catch {} }"),
        new("console", "for (;;) console.log({ a: [1] });"),
        new("class fields", "class A { x = (() => { for (;;); })(); } new A();"),
        new("static block", "class A { static { for (;;); } }"),
        new("default argument", "((a = (() => { for (;;); })()) => a)();"),
        new("destructuring", "const [a = (() => { for (;;); })()] = [];"),
        new("tagged template", "(s => { for (;;) s.raw; })`x`;"),
        new("optional chain", "for (let o = {}; ; ) o?.x?.y;"),
        new("what contains one thing 2^60 times, sent", "let o = ['x']; for (let i = 0; i < 60; i++) o = [o, o]; return harden(o);"),
        new("what contains one thing 2^60 times, thrown", "let o = ['x']; for (let i = 0; i < 60; i++) o = [o, o]; harden(o); try { VatData.defineKind('k', () => ({}), { throws() { throw o; } })().throws(); } catch (e) { return e; }"),
        new("errors of one error 2^60 times", $"for (;;) {{ let e = Error('x'); for (let i = 0; i < 60; i++) {{ const n = Error('n', {{ cause: e }}); Object.defineProperty(n, 'errors', {{ value: [e, e] }}); e = n; }} {PassStyleOf}(harden(e)); }}"),
        new("errors with one long chain of causes", $"let c = Error('c'); for (let i = 0; i < 500; i++) c = Error('c', {{ cause: c }}); const all = Array.from({{ length: 100000 }}, () => Error('x', {{ cause: c }})); {PassStyleOf}(harden(Object.defineProperty(Error('n'), 'errors', {{ value: all }}))); for (;;);"),
        new("methods of prototypes in a circle", $"{Circle} HandledPromise.applyMethod(t, 'foo', []);"),
        new("prototypes in a circle", $"{Circle} harden(t); for (;;) try {{ {PassStyleOf}(t); }} catch {{}}"),
        new("with resources", "for (;;) { Promise.withResolvers().resolve(1); }"),
    ];

    /// <summary>Regular expressions that backtrack for ever.</summary>
    public static IEnumerable<AttackShape> Regexes() =>
    [
        new("nested quantifiers", "/^(a+)+$/.test('a'.repeat(50) + 'b');"),
        new("two quantifiers", "/(x+x+)+y/.exec('x'.repeat(60));"),
        new("groups", "/^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(60));"),
        new("alternatives", "new RegExp('(a|aa)+$', 'u').test('a'.repeat(60) + '!');"),
        new("split", "'a'.repeat(50).concat('b').split(/(a*)*c/);"),
        new("back references", "/^(?:(a+)\\1?)+$/.test('a'.repeat(60) + 'b');"),
        new("many words", "const s = Array.from({ length: 300_000 }, (_, i) => 'w' + i).join('|'); for (;;) { try { new RegExp(s).test('zzz'); } catch {} }"),
        new("many alternatives", "const s = Array.from({ length: 9_000 }, (_, i) => 'w' + i).join('|'); for (let i = 0; ; i++) new RegExp(s + i, i % 2 ? '' : 'iu').test('zzz');"),
        new("large texts", "const t = 'x'.repeat(1 << 25); for (;;) t.toUpperCase();"),
        new("frozen arrays", "for (;;) Object.freeze(new Array(100_000).fill(1));"),
        new("in a catch", "for (;;) { try { /^(a+)+$/.test('a'.repeat(50) + 'b'); } catch {} }"),
    ];

    /// <summary>Code that keeps all that it allocates, or allocates more than there is.</summary>
    public static IEnumerable<AttackShape> Bombs() =>
    [
        new("typed arrays", "const a = []; for (;;) a.push(new Float64Array(1 << 17).fill(1));"),
        new("resizable buffers", "const a = []; for (;;) { const b = new ArrayBuffer(0, { maxByteLength: 1 << 20 }); b.resize(1 << 20); a.push(b); }"),
        new("transferred buffers", "const a = []; for (;;) a.push(new ArrayBuffer(8).transfer(1 << 20));"),
        new("repeat", "const a = []; for (let i = 0; ; i++) a.push((i + 'x').repeat(1 << 18));"),
        new("padStart", "const a = []; for (let i = 0; ; i++) a.push(String(i).padStart(1 << 20));"),
        new("join", "const a = []; for (;;) a.push(new Array(1 << 16).fill('xyz').join('-'));"),
        new("replace", "const a = []; const s = 'x'.repeat(1 << 10); for (;;) a.push(s.replace(/x/g, 'y'.repeat(1 << 10)));"),
        new("replaceAll", "let s = 'xx'; for (;;) s = s.replaceAll('x', 'xxxx');"),
        new("concat", "let s = 'xx'; for (;;) s = s.concat(s, s);"),
        new("Map", "const m = new Map(); for (let i = 0; ; i++) m.set({ i }, i);"),
        new("Set", "const m = new Set(); for (let i = 0; ; i++) m.add(`entry ${i}`);"),
        new("WeakMap of held keys", "const m = new WeakMap(), a = []; for (let i = 0; ; i++) { const k = { i }; a.push(k); m.set(k, [i, i]); }"),
        new("chain through a WeakMap", "const m = new WeakMap(), first = {}; for (let k = first; ;) { const next = {}; m.set(k, next); k = next; }"),
        new("chain through private fields", "class Node { #next; link(next) { this.#next = next; return next; } } const first = new Node(); for (let node = first; ;) node = node.link(new Node());"),
        new("promises", "const a = []; for (;;) a.push(new Promise(() => {}).then(() => {}));"),
        new("reactions", "const p = new Promise(() => {}); for (;;) p.then(() => {});"),
        new("microtasks", "const f = () => {}; const p = Promise.resolve(); for (;;) p.then(f);"),
        new("closures", "const a = []; for (let i = 0; ; i++) { const big = [i, i]; a.push(() => big); }"),
        new("generators", "const a = []; for (;;) { const g = (function* () { yield 1; })(); g.next(); a.push(g); }"),
        new("BigInt", "const a = []; for (let i = 0n; ; i++) a.push((1n << 800000n) + i);"),
        new("length", "const a = []; for (;;) { const b = []; b.length = 9_000_000; b.fill(0); a.push(b); }"),
        new("long array, filled", "new Array(2 ** 32 - 1).fill(1);"),
        new("array concat", "let a = [1]; for (;;) a = a.concat(a);"),
        new("flat", "let a = [[1]]; for (;;) { a = [a.flat(), a.flat(), a.flat()]; }"),
        new("spread", "let a = [1]; for (;;) a = [...a, ...a];"),
        new("slices", "const a = new Array(1_000_000).fill(1), all = []; for (;;) all.push(a.slice());"),
        new("template", "const all = []; for (let s = 'x'; ;) { s = `${s}${s}`; all.push(s); }"),
        new("upper case", "const all = [], s = 'x'.repeat(1 << 22); for (;;) all.push(s.toUpperCase());"),
        new("sparse arrays", "const a = []; for (let i = 0; ; i++) { const b = []; b[i * 1000] = 1; a.push(b); }"),
        new("registered symbols", "for (let i = 0; ; i++) Symbol.for(`symbol number ${i}`);"),
        new("property names", "const o = {}; for (let i = 0; ; i++) o[`name ${i}`] = i;"),
        new("template objects", "const t = s => s, a = []; for (let i = 0; ; i++) a.push(Function('t', `return t\\`x${i}\\``)(t));"),
        new("code", "const a = []; for (let i = 0; ; i++) a.push(Function(`return ${i}`));"),
        new("captures", "const a = []; const s = 'x'.repeat(1 << 12); for (;;) a.push(/(((((x*)))))/.exec(s + a.length));"),
        new("split", "const a = [], s = 'x'.repeat(1 << 16); for (;;) a.push(s.split(''));"),
        new("JSON", "let s = 'x'; for (;;) s = JSON.stringify([s, s]);"),
        new("errors", "const a = []; const f = n => { if (n) f(n - 1); else a.push(Error('x'.repeat(1000))); }; for (;;) f(30);"),
        new("proxies", "const a = []; for (;;) a.push(new Proxy({}, {}));"),
        new("bound functions", "let f = () => {}; const a = []; for (;;) a.push(f.bind(null, 1, 2, 3));"),
        new("hardened objects", "const a = []; for (;;) a.push(harden({ x: [1] }));"),
        new("compartments", "const a = []; for (;;) a.push(new Compartment());"),
        new("normalize", "let s = '\\ufdfa'; for (;;) s = s.normalize('NFKD').replaceAll(' ', '\\ufdfa');"),
        new("normalize, once", "const s = '\\ufdfa'.repeat(1 << 22); for (const all = []; ;) all.push(s.normalize('NFKD'), s.normalize('NFC'));"),
        new("console", "for (let s = 'x'; ; s += s) console.log(s);"),
        new("notes", "const e = Error('x'); for (let i = 0; ; i++) assert.note(e, assert.details`note ${i}`);"),
        new("class", "const a = []; for (;;) a.push(class { #x = 1; static y() {} });"),
    ];

    /// <summary>Code that recurses until the stack ends.</summary>
    public static IEnumerable<AttackShape> Stacks() =>
    [
        new("plain", "const f = () => f() + 1; return f();"),
        new("getter", "const o = { get x() { return this.x; } }; return o.x;"),
        new("Proxy apply", "const p = new Proxy(() => {}, { apply: (t, s, a) => p(...a) }); return p();"),
        new("toString", "const o = { toString: () => `${o}` }; return `${o}`;"),
        new("nested array to JSON", "let o = []; for (let i = 0; i < 200000; i++) o = [o]; return JSON.stringify(o);"),
        new("replacer", "return JSON.stringify(1, (k, v) => [v]);"),
        new("comparator", "const f = () => [2, 1].sort(f); return f();"),
        new("replace function", "const f = () => 'x'.replace('x', f); return f();"),
        new("iterator", "const f = () => [...{ [Symbol.iterator]: f }]; return f();"),
        new("constructor", "class A extends (class {}) { constructor() { super(); new A(); } } new A();"),
        new("async", "const f = async () => { await f(); }; return f();"),
        new("delegating generator", "function* g() { yield* g(); } return [...g()].length;"),
        new("JSON parser", "return JSON.parse('['.repeat(100000)).length;"),
        new("parentheses", "return (0, eval)('('.repeat(50000) + ')'.repeat(50000));"),
        new("brackets", "return Function('return ' + '['.repeat(50000) + ']'.repeat(50000))();"),
        new("arrows", "return (0, eval)('a=>'.repeat(50000) + '1');"),
        new("templates", "return (0, eval)('`${'.repeat(20000) + '}`'.repeat(20000));"),
        new("ifs", "return (0, eval)('if(1)'.repeat(50000) + ';');"),
        new("powers", "return (0, eval)('1' + '**1'.repeat(50000));"),
        new("static blocks", "return (0, eval)('class A{static{'.repeat(10000) + '}}'.repeat(10000));"),
        new("compartment of parentheses", "return new Compartment().evaluate('('.repeat(50000) + ')'.repeat(50000));"),
        new("compartments", "const g = () => new Compartment({ g }).evaluate('g()'); return g();"),
        new("eval", "const f = () => (0, eval)('f()'); globalThis.f = f; return f();"),
        new("transform", "const c = new Compartment({ __options__: true, transforms: [s => c.evaluate(s)] }); return c.evaluate('1');"),
        new("harden of proxies", "const f = () => harden(new Proxy({}, { preventExtensions: f })); return f();"),
    ];
    /// <summary>The same where it takes the engine more than the code may use. Only native code has such small frames.</summary>
    public static IEnumerable<AttackShape> DeepStacks() =>
    [
        new("iterators of iterators", "let it = Iterator.from([1]); for (let i = 0; i < 100000; i++) it = it.map(x => x); return it.next().value;"),
        new("iterators that close iterators", "let it = Iterator.from([1]); for (let i = 0; i < 30000; i++) it = it.map(x => { throw Error('x'); }); return it.next().value;"),
        new("nested operands", $"let i = 0; const f = () => {{ if (i++ > 1e6) return 1; try {{ {Nested(240, "[", "f()", "]")}; }} catch (e) {{ i++; throw e; }} }}; return f();"),
        new("nested parameters", $"const f = () => {Nested(240, "1 + (", "f()", ")")}; return f();"),
        new("nested as deep as may be", $"const f = () => {Nested(1900, "[", "f()", "]")}; return f();"),
        new("loops nested as deep as may be", $"const f = () => {{ {Nested(1900, "for (const x of [1]) ", "f();", "")} }}; return f();"),
        new("first calls where the stack ends", $"let i = 0; const fs = [{string.Join(',', Enumerable.Repeat($"x => {{ {Nested(900, "for (const k in {a: 1}) ", "x;", "")} }}", 20))}]; const f = () => {{ try {{ f(); }} catch {{ }} if (i < fs.length) fs[i++](1); }}; f(); const g = () => g(); return g();"),
        new("errors of every level", "const f = () => { try { f(); } catch (e) { throw Error('x'); } }; try { f(); } catch { } const g = () => g(); return g();"),
        new("promises of every level", "const f = () => Promise.all({ [Symbol.iterator]: f }); f(); const g = () => g(); return g();"),
        new("loops that close iterators", "const f = () => { for (const x of new Set([1])) for (const y of [1]) for (const z of 'a') f(); }; return f();"),
    ];

    private const string PassStyleOf = "globalThis[Symbol.for('@endo passStyleOf')]";

    /// <summary>An object whose prototype is a proxy of that object.</summary>
    private const string Circle = "const t = {}; Object.setPrototypeOf(t, new Proxy(t, { get: () => undefined }));";

    private static string Nested(int levels, string open, string inmost, string close) => string.Concat(Enumerable.Repeat(open, levels)) + inmost + string.Concat(Enumerable.Repeat(close, levels));
}
