namespace Ocap.Bundler.Tests;

/// <summary>Who says what a case must print.</summary>
[Flags]
internal enum Authority
{
    Node = 1,
    Esbuild = 2,
    Both = Node | Esbuild,
}

/// <summary>Programs of ES modules, CommonJS and packages, each printing what tells right from wrong.</summary>
internal static partial class InteropCases
{
    public static IEnumerable<(string Promise, Authority Authority, string Files)> All => [.. CommonJs, .. Packages];

    private static readonly (string Promise, Authority Authority, string Files)[] CommonJs =
    [
        ("what module.exports is, is the default; what it has, are named exports", Authority.Both, """
            --- main.js
            import all, { a, b as renamed } from './lib.cjs';
            import * as ns from './lib.cjs';
            console.log(all, a, renamed, ns.a, ns.default === all, Object.keys(ns).filter((k) => k !== 'module.exports').sort());
            --- lib.cjs
            exports.a = 1;
            exports.b = 'two';
            """),
        ("module.exports can be anything", Authority.Both, """
            --- main.js
            import f from './f.cjs';
            import K from './class.cjs';
            import text from './text.cjs';
            import nothing from './null.cjs';
            import list from './list.cjs';
            import empty from './empty.cjs';
            console.log(f(2), f.twice(2), new K().name(), text, nothing, list.length, JSON.stringify(empty));
            --- f.cjs
            module.exports = (n) => n + 1;
            module.exports.twice = (n) => n * 2;
            --- class.cjs
            module.exports = class Named { name() { return this.constructor.name; } };
            --- text.cjs
            module.exports = 'text';
            --- null.cjs
            module.exports = null;
            --- list.cjs
            module.exports = [1, 2, 3];
            --- empty.cjs
            // nothing
            """),
        ("an ES module for Node gets all of module.exports as the default, __esModule or not", Authority.Both, """
            --- main.js
            import all, { named } from './babel.cjs';
            import * as ns from './babel.cjs';
            import plain from './plain.cjs';
            console.log(all.default, all.named, named, ns.default.default, plain.default);
            --- babel.cjs
            Object.defineProperty(exports, '__esModule', { value: true });
            exports.default = 'the default';
            exports.named = 'named';
            --- plain.cjs
            module.exports = { default: 1 };
            """),
        ("other ES modules get exports.default where __esModule says so", Authority.Esbuild, """
            --- main.js
            import { all, named, plain, ns } from 'old';
            console.log(all, named, plain, Object.keys(ns).sort());
            --- node_modules/old/package.json
            { "name": "old", "module": "index.js" }
            --- node_modules/old/index.js
            export { default as all, named } from './babel.js';
            import plain from './plain.js';
            import * as ns from './babel.js';
            export { plain, ns };
            --- node_modules/old/babel.js
            exports.__esModule = true;
            exports.default = 'the default';
            exports.named = 'named';
            --- node_modules/old/plain.js
            module.exports = { default: 1 };
            """),
        ("a module runs once, when it is first asked for", Authority.Both, """
            --- main.js
            import './first.cjs';
            import lazy from './lazy.cjs';
            console.log('main');
            console.log(lazy(true), lazy(true), lazy(false));
            --- first.cjs
            console.log('first');
            require('./shared.cjs');
            --- shared.cjs
            console.log('shared');
            exports.n = 0;
            --- lazy.cjs
            console.log('lazy', require('./shared.cjs') === require('./shared.cjs'));
            module.exports = (wanted) => (wanted ? require('./wanted.cjs').count() : typeof require('./other.cjs'));
            --- wanted.cjs
            console.log('wanted');
            let n = 0;
            exports.count = () => ++n;
            --- other.cjs
            console.log('other');
            """),
        ("ES modules and CommonJS run in the order of the imports", Authority.Both, """
            --- main.js
            import './a.js';
            import './b.cjs';
            import { c } from './c.js';
            import './d.cjs';
            console.log('main', c);
            --- a.js
            import './d.cjs';
            console.log('a');
            --- b.cjs
            console.log('b');
            --- c.js
            import './e.cjs';
            export const c = 'c';
            console.log('c');
            --- d.cjs
            console.log('d');
            --- e.cjs
            require('./b.cjs');
            console.log('e');
            """),
        ("CommonJS cycles see what was exported so far", Authority.Both, """
            --- main.js
            import a from './a.cjs';
            console.log(JSON.stringify(a), a.late());
            --- a.cjs
            exports.early = 1;
            const b = require('./b.cjs');
            exports.seen = b.seen;
            exports.late = () => b.late();
            exports.after = 2;
            --- b.cjs
            const a = require('./a.cjs');
            exports.seen = Object.keys(a);
            exports.late = () => Object.keys(a).join();
            """),
        ("exports is what it was when module.exports is replaced", Authority.Both, """
            --- main.js
            import lib from './lib.cjs';
            console.log(JSON.stringify(lib));
            --- lib.cjs
            exports.lost = 1;
            const first = this === exports && this === module.exports;
            module.exports = { kept: first, still: exports.lost };
            exports.lost = 2;
            """),
        ("require, module and exports are there in CommonJS and not in ES modules", Authority.Node, """
            --- main.js
            import lib from './lib.cjs';
            console.log(lib, typeof module, typeof exports);
            --- lib.cjs
            module.exports = [typeof require, typeof module, typeof exports, typeof module.exports].join();
            """),
        ("a require that is not there fails when it runs, and can be caught", Authority.Both, """
            --- main.js
            import lib from './lib.cjs';
            console.log(lib);
            --- lib.cjs
            let found;
            try { found = require('not-there'); } catch (e) { found = e instanceof Error; }
            try { require('./neither.cjs'); } catch { module.exports = ['caught', found].join(); }
            """),
        ("what is called require by someone else is not touched", Authority.Both, """
            --- main.js
            import lib from './lib.cjs';
            console.log(lib);
            --- lib.cjs
            const run = (function (modules) {
              return function require(name) { const module = { exports: {} }; modules[name](require, module, module.exports); return module.exports; };
            })({ './x': function (require, module) { module.exports = 'x' + require('./y'); }, './y': function (require, module, exports) { module.exports = 'y'; } });
            module.exports = run('./x');
            """),
        ("universal module definitions find CommonJS", Authority.Both, """
            --- main.js
            import umd, { value } from './umd.cjs';
            console.log(umd.value, value, umd.how);
            --- umd.cjs
            (function (root, factory) {
              if (typeof define === 'function' && define.amd) define(['exports'], factory);
              else if (typeof exports === 'object' && typeof module !== 'undefined') factory(exports, 'commonjs');
              else factory((root.umd = {}), 'global');
            })(this, function (exports, how) {
              'use strict';
              exports.value = 5;
              exports.how = how;
            });
            exports.value = exports.value;
            """),
        ("CommonJS may return, declare twice and name things after what is outside", Authority.Both, """
            --- main.js
            import lib from './lib.cjs';
            const helper = 'main';
            console.log(lib, helper);
            --- lib.cjs
            var helper = 'lib', Promise = 'shadowed', undefined2;
            function twice() { return 1; }
            function twice() { return 2; }
            var twice2 = 1; var twice2 = 2;
            module.exports = [helper, Promise, twice(), twice2];
            if (twice2) return;
            module.exports = 'unreachable';
            """),
        ("functions of CommonJS are called without a this", Authority.Both, """
            --- main.js
            import { self, K } from './lib.cjs';
            import * as ns from './lib.cjs';
            import def from './def.cjs';
            console.log(self(), self?.(), new K().ok, def(), [self].map((f) => f()), { self }.self() === undefined, typeof self, ns.self === self);
            --- lib.cjs
            'use strict';
            exports.self = function () { return this === undefined; };
            exports.K = class { ok = true; };
            --- def.cjs
            'use strict';
            module.exports = function () { return this === undefined; };
            """),
        ("nor are tags", Authority.Node, """
            --- main.js
            import { tag } from './lib.cjs';
            console.log(tag`x`);
            --- lib.cjs
            'use strict';
            exports.tag = function (s) { return [this === undefined, s[0]].join(); };
            """),
        ("re-exports of CommonJS", Authority.Both, """
            --- main.js
            import { a, whole, renamed, own } from './mid.js';
            import * as mid from './mid.js';
            console.log(a, whole.a, renamed, own, Object.keys(mid).filter((k) => k !== 'module.exports').sort(), mid.a, mid.b, 'default' in mid);
            --- mid.js
            export * from './lib.cjs';
            export { default as whole, b as renamed } from './lib.cjs';
            export const own = 'own', b = 'mine';
            --- lib.cjs
            exports.a = 1;
            exports.b = 2;
            """),
        ("star exports of several CommonJS modules", Authority.Both, """
            --- main.js
            import { a, b, c } from './outer.js';
            import * as all from './outer.js';
            console.log(a, b, c, Object.keys(all).filter((k) => k !== 'module.exports').sort());
            --- outer.js
            export * from './mid.js';
            --- mid.js
            export * from './one.cjs';
            export * from './two.cjs';
            export const c = 'c';
            --- one.cjs
            exports.a = 'a';
            --- two.cjs
            exports.b = 'b';
            """),
        ("JSON is the same object for both", Authority.Both, """
            --- main.js
            import lib from './lib.cjs';
            console.log(lib.data.n, lib.again === lib.data, lib.deep);
            --- lib.cjs
            exports.data = require('./data.json');
            exports.again = require('./data');
            exports.deep = require('./data.json').deep[0];
            --- data.json
            { "n": 1, "deep": [{ "x": null }] }
            """),
        ("CommonJS finds files without endings, directories and their main files", Authority.Both, """
            --- main.js
            import lib from './lib.cjs';
            console.log(lib);
            --- lib.cjs
            module.exports = [require('./sub'), require('./sub/'), require('./pack'), require('./plain'), require('./sub/up'), require('./both')].join();
            --- sub/package.json
            {}
            --- sub/index.js
            module.exports = 'index';
            --- sub/up.js
            module.exports = require('..') + require('.');
            --- pack/package.json
            { "main": "./lib/main" }
            --- pack/lib/main.js
            module.exports = 'main';
            --- plain.json
            "plain"
            --- index.json
            "top"
            --- both.json
            "file"
            --- both/index.js
            module.exports = 'directory';
            """),
        ("a production build", Authority.Both, """
            --- main.js
            import lib from './lib.cjs';
            const which = process.env.NODE_ENV !== 'production' ? 'development' : 'production';
            if (process.env.NODE_ENV === 'development') { console.log('never'); } else console.log(which, lib.name, lib.flags);
            --- lib.cjs
            if (process.env.NODE_ENV === 'production') {
              module.exports = require('./production.cjs');
            } else {
              module.exports = require('./not-installed-in-production.cjs');
            }
            if (process.env.NODE_ENV !== 'production') console.log('warning');
            else if (module.exports.flags.length === 1) module.exports.flags.push('else');
            --- production.cjs
            const o = { f() { return this === o; } };
            exports.name = 'production';
            exports.flags = [process.env.NODE_ENV !== "production" && require('./never.cjs')];
            exports.called = (process.env.NODE_ENV === 'production' ? o.f : o.g)();
            """),
        ("what SES refuses by its looks means the same in CommonJS", Authority.Both, """
            --- main.js
            import lib from './lib.cjs';
            console.log(lib.join());
            --- lib.cjs
            // import('comment') <!-- eval(1) -->
            let n = 2; const out = [];
            while (n --> 0) out.push(n);
            out.push('<!--', `import('x')-->`, "eval(1)", /<!--|import\(/.test('<!--'), ((a, b) => a<! --b)(0, 2), { eval: (x) => x, import: (x) => x }.import(3));
            module.exports = out;
            """),
        ("a failed module runs again when it is asked for again", Authority.Node, """
            --- main.js
            import lib from './lib.cjs';
            console.log(lib);
            --- lib.cjs
            globalThis.tries = 0;
            const attempt = () => { try { return require('./fails.cjs'); } catch (e) { return e.message; } };
            module.exports = [attempt(), attempt(), attempt()];
            --- fails.cjs
            if (++globalThis.tries < 3) throw new Error(`try ${globalThis.tries}`);
            module.exports = 'at last';
            """),
        ("compiled TypeScript talks to its like", Authority.Both, """
            --- main.js
            import { result } from './index.cjs';
            console.log(result);
            --- index.cjs
            "use strict";
            var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };
            Object.defineProperty(exports, "__esModule", { value: true });
            exports.result = void 0;
            const plain_1 = __importDefault(require("./plain.cjs"));
            const typed_1 = __importDefault(require("./typed.cjs"));
            exports.result = (0, plain_1.default)() + typed_1.default + (0, typed_1.named)();
            --- plain.cjs
            module.exports = () => 'plain ';
            --- typed.cjs
            "use strict";
            Object.defineProperty(exports, "__esModule", { value: true });
            exports.named = exports.default = void 0;
            exports.default = 'typed ';
            const named = () => 'named';
            exports.named = named;
            """),
        ("an ES module that is required runs then, and is one module for all", Authority.Esbuild, """
            --- main.js
            import lib from './lib.cjs';
            import { count, bump } from './esm.js';
            import * as ns from './esm.js';
            console.log('main', count, lib.get().count);
            bump();
            console.log(count, lib.get().count, ns.count, lib.get().default, lib.get().__esModule, Object.keys(lib.get()).sort());
            console.log({ count }, `${count}`, bump?.(), ((count) => count)('inner'), ns.K.name, lib.get().f.name);
            --- lib.cjs
            console.log('lib');
            exports.get = () => require('./esm.js');
            exports.get();
            --- esm.js
            import { leaf } from './leaf.js';
            import other from './other.cjs';
            console.log('esm', leaf, other.x);
            export let count = 0;
            export const bump = () => { count++; };
            export default function () { return leaf; }
            export class K {}
            export { leaf as 'a b' };
            export * from './leaf.js';
            export const f = () => {};
            --- leaf.js
            console.log('leaf');
            export const leaf = 'leaf';
            export const more = () => leaf;
            --- other.cjs
            exports.x = 'other';
            """),
        ("CommonJS seen through ES modules that are required", Authority.Esbuild, """
            --- main.js
            import lib from './lib.cjs';
            import { x } from './b.js';
            console.log(lib.a.seen.join(), Object.keys(lib.a).sort().join(), x, lib.a.x, lib.a.y);
            --- lib.cjs
            exports.a = require('./a.js');
            --- a.js
            import { x, y, whole } from './b.js';
            import * as b from './b.js';
            export * from './b.js';
            export const seen = [x, y, whole.x, b.x, b.y, b.whole.x, Object.keys(b).sort()];
            --- b.js
            export { x, default as whole } from './c.cjs';
            export * from './d.cjs';
            --- c.cjs
            console.log('c');
            exports.x = 'x';
            --- d.cjs
            console.log('d');
            exports.y = 'y';
            """),
        ("ES modules and CommonJS in a cycle", Authority.Esbuild, """
            --- main.js
            import { a } from './a.js';
            console.log(a());
            --- a.js
            import b from './b.cjs';
            export function a() { return 'a' + b.b(); }
            export const late = 'late';
            --- b.cjs
            const a = require('./a.js');
            exports.b = () => 'b' + a.late + typeof a.a;
            """),
    ];
}
