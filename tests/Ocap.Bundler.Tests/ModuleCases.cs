namespace Ocap.Bundler.Tests;

/// <summary>Small programs, each printing what tells right from wrong.</summary>
internal static class ModuleCases
{
    public static readonly (string Promise, string Files)[] All =
    [
        ("named, default and namespace imports", """
            --- main.js
            import def, { a, b as c } from './lib.js';
            import * as lib from './lib.js';
            console.log(def, a, c, lib.a, lib.default, Object.keys(lib), lib[Symbol.toStringTag], Object.getPrototypeOf(lib), Object.isExtensible(lib));
            try { lib.a = 5; } catch (e) { console.log(e.name); }
            console.log('a' in lib, 'zz' in lib, lib.zz);
            --- lib.js
            export const a = 1;
            export let b = 2;
            export default 'def';
            """),
        ("re-exports: named, renamed, default, star, namespace", """
            --- main.js
            import { x, y, z, d, ns, q } from './mid.js';
            import * as mid from './mid.js';
            console.log(x, y, z, d, ns.x, q, Object.keys(mid), Object.keys(mid.ns));
            --- mid.js
            export { x, x as y, default as d } from './leaf.js';
            export * from './leaf.js';
            export * as ns from './leaf.js';
            import { z as zz } from './leaf.js';
            const q = zz + 1;
            export { q };
            --- leaf.js
            export const x = 1, z = 3;
            export default 4;
            """),
        ("string export names", """
            --- main.js
            import { 'a b' as ab } from './lib.js';
            import * as lib from './lib.js';
            console.log(ab, lib['a b'], Object.keys(lib));
            --- lib.js
            const v = 7;
            export { v as 'a b', v as '__proto__' };
            """),
        ("live bindings are seen everywhere", """
            --- main.js
            import { n, bump, default as current } from './lib.js';
            import * as ns from './lib.js';
            import { m } from './re.js';
            console.log(n, ns.n, m, current);
            bump();
            console.log(n, ns.n, m, current);
            console.log({ n }, [n], `${n}`);
            --- re.js
            export { n as m } from './lib.js';
            --- lib.js
            export let n = 0;
            export function bump() { n++; ({ n = n + 10 } = {}); [n] = [n + 1]; }
            export { n as default };
            """),
        ("a default expression is a snapshot, a default declaration is live", """
            --- main.js
            import f, { g, change } from './f.js';
            import snap, { bump } from './v.js';
            console.log(f(), snap); change(); bump(); console.log(f(), snap, g);
            --- f.js
            export default function f() { return 'first'; }
            export let g = 1;
            export function change() { f = () => 'second'; g = 2; }
            --- v.js
            let v = 1;
            export default v;
            export function bump() { v = 2; }
            """),
        ("cycles: functions are there, let is not, var is undefined", """
            --- a.js
            import { b, seen } from './b.js';
            export function fa() { return 'fa'; }
            export let la = 'la';
            export var va = 'va';
            export class Ca {}
            export default 'da';
            console.log(b(), seen);
            --- b.js
            import { fa, la, va, Ca } from './a.js';
            import da from './a.js';
            import * as ns from './a.js';
            export const seen = [fa(), va];
            for (const probe of [() => la, () => Ca, () => da, () => ns.la]) {
              try { console.log(probe()); } catch (e) { console.log(e.name); }
            }
            export function b() { return la + Ca.name + da + ns.la; }
            """),
        ("evaluation order is depth first, each module once", """
            --- main.js
            console.log('main');
            import './a.js';
            import { x } from './b.js';
            export * from './c.js';
            import './a.js';
            console.log(x);
            --- a.js
            import './c.js';
            console.log('a');
            --- b.js
            import './a.js';
            console.log('b');
            export const x = 'x';
            --- c.js
            import './b.js';
            console.log('c');
            export const y = 1;
            """),
        ("star conflicts hide a name, an explicit export wins", """
            --- main.js
            import * as mid from './mid.js';
            console.log(Object.keys(mid), mid.both, mid.mine);
            --- mid.js
            export * from './a.js';
            export * from './b.js';
            export const mine = 'mid';
            --- a.js
            export const both = 1, mine = 'a', onlyA = 1;
            export default 'no';
            --- b.js
            export const both = 2, mine = 'b', onlyB = 1;
            """),
        ("the same binding through two stars is no conflict; star cycles end", """
            --- main.js
            import { v, w } from './a.js';
            import * as a from './a.js';
            console.log(v, w, Object.keys(a));
            --- a.js
            export * from './b.js';
            export * from './c.js';
            export const w = 2;
            --- b.js
            export * from './c.js';
            export * from './a.js';
            --- c.js
            export const v = 1;
            """),
        ("names that clash are kept apart and keep their .name", """
            --- main.js
            import { f as f1, C as C1, arrow as a1, K as K1, who as w1 } from './one.js';
            import { f as f2, C as C2, arrow as a2, K as K2, who as w2 } from './two.js';
            const f = () => 'main';
            class C { static me() { return C.name; } }
            console.log(f(), f1(), f2(), f.name, f1.name, f2.name, a1.name, a2.name);
            console.log(C.me(), C1.me(), C2.me(), new C2().constructor.name, C1.name, K1.name, K2.name, K2.me());
            console.log(w1(), w2());
            --- one.js
            export function f() { return 'one'; }
            export class C { static me() { return 'one' + C.name; } }
            export const arrow = () => {};
            export const K = class {};
            const secret = 1, shorthand = { secret };
            export const who = () => [shorthand, { secret }, ({ secret: s }) => s];
            --- two.js
            export function f() { return 'two' + f.name; }
            export class C extends Object { static me() { return 'two' + C.name; } }
            export const arrow = (() => {});
            export const K = class { static me() { return K.name; } };
            const secret = 2, shorthand = { secret };
            let o; ({ secret: o } = { secret });
            export const who = () => { const { secret: inner = secret } = shorthand; return [shorthand, inner, o, ((secret) => secret)(3)]; };
            """),
        ("assigned anonymous functions keep their names", """
            --- main.js
            import { get } from './one.js';
            let f, g, h, { k = () => {} } = {}, [m = class {}] = [];
            f = function () {};
            g ??= async () => {};
            (h = (class {}));
            console.log(f.name, g.name, h.name, k.name, m.name, get());
            --- one.js
            let f, g, h, { k = () => {} } = {}, [m = class { static name = 'own'; }] = [];
            f = function () {};
            g ??= async () => {}
            h = (class {})
            var p = function* () {}
            export const get = () => [f.name, g.name, h.name, k.name, m.name, p.name];
            var p;
            """),
        ("default exports that nobody imports are declared each under a name of its own", """
            --- main.js
            import a from './a/index.js';
            import { three } from './c/index.js';
            import './d/index.js';
            console.log(a, three, globalThis.made);
            --- a/index.js
            export default Object.assign({}, { one: 1 });
            --- c/index.js
            export const three = 3;
            export default Object.assign(globalThis, { made: 2 });
            --- d/index.js
            export default class { static at = globalThis.made += 1; }
            """),
        ("default exports without a name are called default", """
            --- main.js
            import a from './a.js';
            import b from './b.js';
            import c from './c.js';
            import d from './d.js';
            import e from './e.js';
            import f from './f.js';
            import g from './g.js';
            console.log(a.name, b.name, c.name, d.name, e.name, f.name, a(), b(), typeof c, d(), g);
            --- a.js
            export default () => 'a'
            --- b.js
            export default function /* ( */ () { return 'b'; }
            --- c.js
            export default class { }
            --- d.js
            export default (function () { return 'd'; });
            --- e.js
            export default (class { static x = 1 })
            --- f.js
            export default async function* named() {}
            --- g.js
            export default (1, 2)
            """),
        ("inner scopes do not capture what is imported", """
            --- main.js
            import { value as v, helper } from './lib.js';
            function outer(value) { const helper$1 = 1; return [v, value, helper(helper$1)]; }
            const block = () => { { let value = 'inner'; var helper2 = v + value; } return helper2; };
            console.log(outer('param'), block(), ((...value) => [v, value])(1), (() => { try { throw 1; } catch (value) { return [v, value]; } })());
            class K { value = v; static { const value = 's'; console.log(v, value); } ['value' + v]() { return v; } }
            console.log(new K().value, Object.getOwnPropertyNames(K.prototype));
            label: for (const value of [1]) { for (let helper = 0; ; ) { console.log(v, value, helper); break label; } }
            function defaults(a = () => v, value = v) { var v = 'body'; return [a(), value, v]; }
            console.log(defaults());
            const named = function value() { return [typeof value, v]; };
            console.log(named());
            switch (1) { case 1: let value = 'case'; console.log(v, value); }
            --- lib.js
            export const value = 'imported';
            export const helper = (x) => ['h', x];
            """),
        ("a module's name does not shadow another module's global", """
            --- main.js
            import { Map as M, Promise as P, Object as O, console as c } from './lib.js';
            console.log(M, P, O, c, new Map([[1, 2]]).size, typeof Promise.resolve, Object.keys({ z: 1 }), typeof undefinedThing);
            import * as ns from './lib.js';
            console.log(Object.keys(ns));
            --- lib.js
            export const Map = 'map', Promise = 'promise', Object = 'object', console = 'console', undefinedThing = 1;
            """),
        ("imported names in every place a name can stand", """
            --- main.js
            import { a, tag, Base, f } from './lib.js';
            const o = { a, b: a, [a]: a, a() { return a; }, get x() { return a; } };
            console.log(o, tag`x${a}y`, f(), f?.(), typeof a, new Base(a).v, o.a, o?.a, `${a}`);
            class D extends Base { a = a; #a = a; m() { return [this.#a, this.a, super.v, #a in this]; } }
            console.log(new D(1).m());
            const { [a]: y = a, ...rest } = o; console.log(y, Object.keys(rest));
            const g = function* () { yield a; yield* [a]; }; console.log([...g()]);
            (async () => { for await (const z of [a]) console.log(await z, a); })();
            --- lib.js
            const a = 'A', b = a;
            function tag(s, ...v) { return s.raw.join('|') + v; }
            class Base { constructor(v) { this.v = v; } }
            function f() { return this === undefined; }
            export { b as a, tag, Base, f };
            """),
        ("missing semicolons and comments in awkward places", """
            --- main.js
            import { x } from './lib.js' // trailing
            /* block */ const a = x /* mid
            line */ const b = a
            // full line
            import './lib2.js'
            ;[1].forEach((n) => console.log(n, a, b))
            const c = b
            export { c }
            (() => console.log('iife'))()
            let d = 1 // one
            /* */ ++d
            console.log(d, (() => { return /* gone
            */ 5 })())
            do d--; while (d > 0) console.log(d)
            const re = /\/\*not a comment*\//, s = '/* nor this */', t = `// ${ /* yes */ 'nor' /* yes */ } this`
            console.log(re.source, s, t)
            var e = 1
            e
            /* a */ /* b */ ++e
            console.log(e)
            --- lib.js
            #!/usr/bin/env node
            export const x = 'x'
            const y = x
            export default y
            --- lib2.js
            export default () => 1
            ;(function () { console.log('lib2') })()
            """),
        ("json modules", """
            --- main.js
            import data from './data.json' with { type: 'json' };
            import { createRequire } from './shim.js';
            console.log(data, Object.keys(data), data['__proto__'], createRequire);
            --- shim.js
            export const createRequire = 1;
            --- data.json
            {"a": [1, null, true], "__proto__": {"x": 1}, "s": "\u2028 \"q\" \\ <!-- import('x') eval(1)", "a": 2}
            """),
        ("what SES refuses by its looks still means the same", """
            --- main.js
            import { $eval, obj } from './lib.js';
            let x = 3; const out = [];
            while (x-->0) out.push(x);
            const b = 1; out.push(0<! --x, x);
            out.push('<!-- -->', "import('x')", `eval(1) <!-- ${x} -->`, /<!--|-->|import\(|eval \(|[<!-->]/.test('<!--'), '\<!--');
            out.push($eval(2), obj.import(1), obj.eval (2), obj . eval(3), obj?.import (4), obj.$eval(5), new obj.K().run());
            console.log(out.map(String).join('\n'));
            // import('comment') eval(comment) <!-- -->
            --- lib.js
            export const $eval = (v) => '$' + v;
            export const obj = {
              import(v) { return 'i' + v; }, eval(v) { return 'e' + v; }, async *'x'() {}, $eval, get import$() { return 1; },
              K: class { static import() { return 'si'; } #eval(v) { return 'p' + v; } run() { return this.#eval(1) + this.constructor.import(); } },
            };
            """),
        ("var, function and let declared and redeclared at the top", """
            --- main.js
            import { get } from './lib.js';
            var v = 1; var v = 2; console.log(f(), u); var u = 1; function f() { return 'f'; }
            if (true) { function f() { return 'block'; } var w = f(); }
            for (var i = 0; i < 2; i++);
            console.log(v, f(), w, i, get());
            --- lib.js
            var v = 10, f = 'lib', i; { var w = 'w'; } for (var { length: i } of ['abc']);
            export const get = () => [v, f, w, i];
            """),
        ("this at the top is undefined, arguments of a function are its own", """
            --- main.js
            import './lib.js';
            console.log(this, (() => this)(), (function () { return arguments.length; })(1, 2));
            --- lib.js
            console.log(this === undefined);
            """),
        ("importing oneself, files without ending, directories and odd file names", """
            --- main.js
            import * as self from './main.js';
            import { one } from './a b/1-odd.name.js';
            import { two } from './a b/../two.mjs';
            export const late = 'late';
            console.log(Object.keys(self), self.late, one, two);
            --- a b/1-odd.name.js
            import d from '../two.mjs';
            export const one = d;
            --- two.mjs
            export const two = 2;
            export default { two };
            """),
        ("class fields and restricted productions without semicolons", """
            --- main.js
            class A { a = 1 /* c
            */ b = 2
              static s = this.name /*
              */ static t
              get /* c */ g() { return this.a }
              async /*
              */ m() { return 1 } }
            const a = new A
            console.log(a.a, a.b, a.g, A.s, A.t, 'async' in a, a.m())
            function* y() { yield /*
            */ 1 }
            console.log([...y()], (() => { try { throw 1 } catch { return /*
            */ 2 } })())
            let async = 1; async /*
            */ function f() {}
            console.log(f(), async)
            """),
        ("regular expressions of every flavour", """
            --- main.js
            console.log(/(?<year>\d{4})-\k<year>/u.exec('2020-2020').groups.year, /(?<=\$)\p{Lu}+/gu[Symbol.replace]('$ABC', 'x'), /[\p{L}--[a-z]]/v.test('a'), /[/\]]/y.test(']'), 4 / 2 / 1);
            """),
        ("an own property called __proto__", """
            --- main.js
            import { make } from './a.js';
            const __proto__ = 1; const p = { __proto__ }; const { __proto__: q } = p;
            console.log(Object.keys(p), q, Object.keys(make()), make().__proto__);
            --- a.js
            let __proto__ = () => 2;
            export const make = () => { const { __proto__: x } = { __proto__ }; return { __proto__, x }; };
            console.log(__proto__.name);
            """),
        ("process.env.NODE_ENV only where process is the global", """
            --- main.js
            const local = ((process) => process.env.NODE_ENV)({ env: { NODE_ENV: 'mine' } });
            const set = (process) => { process.env.NODE_ENV = 'x'; [process.env.NODE_ENV] = ['y']; return process.env.NODE_ENV; };
            console.log(local, set({ env: {} }));
            try { process.env.NODE_ENV = 'assigned'; } catch (e) { console.log(e.name); }
            """),
        ("unicode, CRLF and old-style escapes in names", "--- main.js\r\nimport { é, \\u0061b } from './l.js';\r\nconst ünï = é /* c\r\n */;\r\nconsole.log(ünï, ab, { \\u0061b }); // x\r\n--- l.js\r\nexport const é = '\\u{1F600}\u2028', ab = 2; const ünï = 3;\r\nexport const { length: len } = 'abc';\r\n"),
    ];
}
