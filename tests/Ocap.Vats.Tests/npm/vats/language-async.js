// Promises, async functions and async iteration: what they give and in which order, here and under SES in Node.
import { E } from '@endo/eventual-send';
import { Far } from '@endo/pass-style';
import { table } from '../value-table.js';

const tick = async (n = 1) => { for (let i = 0; i < n; i += 1) await null; };
const told = (log, limit = 3, extra = {}) => ({
  [Symbol.asyncIterator]() {
    let n = 0;
    return {
      async next(...args) { log.push(`next${args.length ? `(${args})` : ''}`); n += 1; return n > limit ? { done: true, value: 'end' } : { done: false, value: n }; },
      async return(...args) { log.push(`return${args.length ? `(${args})` : ''}`); return { done: true, value: 'closed' }; },
      ...extra,
    };
  },
});
const toldSync = (log, values, extra = {}) => ({
  [Symbol.iterator]() {
    let n = 0;
    return {
      next() { log.push('next'); return n < values.length ? { done: false, value: values[n++] } : { done: true, value: 'end' }; },
      return(...args) { log.push(`return(${args})`); return { done: true, value: 'closed' }; },
      ...extra,
    };
  },
});
const logged = async body => { const log = []; let end; try { end = await body(log); } catch (e) { end = `threw ${e?.message ?? e}`; } return [...log, end]; };
const raced = async tracks => { const log = []; await Promise.all(Object.entries(tracks).map(([name, f]) => Promise.resolve(f(step => log.push(`${name}${step}`))).catch(e => log.push(`${name}!${e?.message ?? e}`)))); return log.join(' '); };
const counter = say => (async () => { for (let i = 1; i < 9; i += 1) { await null; say(i); } })();
const thenable = (say, value) => ({ then(resolve) { say('then'); resolve(value); } });
const gather = async g => { const out = []; for await (const x of g) out.push(x); return out; };
const settled = async list => (await Promise.allSettled(list)).map(({ status, value, reason }) => `${status} ${reason?.message ?? reason ?? (Object(value) === value ? JSON.stringify(value) : String(value))}`);
const far = Far('target', { one: () => 1, later: async () => { await null; return 2; }, boom: () => { throw Error('boom'); }, self() { return this === far; }, add: (a, b) => a + b });

export const cases = [];
export const asyncCases = [
  // closing
  () => logged(async log => { for await (const x of told(log)) { log.push(x); break; } }),
  () => logged(async log => { for await (const x of told(log)) { log.push(x); } }),
  () => logged(async log => { for await (const x of told(log)) throw Error('inside'); }),
  () => logged(async log => { for await (const x of told(log)) return `returned ${x}`; }),
  () => logged(async log => { outer: for (const y of [1, 2]) for await (const x of told(log)) { log.push(y, x); continue outer; } }),
  () => logged(async log => { for await (const x of told(log, 3, { async return() { throw Error('in return'); } })) break; }),
  () => logged(async log => { for await (const x of told(log, 3, { async return() { throw Error('in return'); } })) throw Error('inside'); }),
  () => logged(async log => { for await (const x of told(log, 3, { return: () => 1 })) break; }),
  () => logged(async log => { for await (const x of told(log, 3, { return: undefined })) break; }),
  () => logged(async log => { for await (const x of told(log, 3, { next: () => 5 })) break; }),
  () => logged(async log => { for await (const x of told(log, 3, { next: () => ({ done: false, value: Promise.resolve('kept') }) })) { log.push(typeof x.then); break; } }),
  () => logged(async log => { for await (const x of told(log, 3, { next: () => Promise.reject(Error('next')) })) break; }),
  () => logged(async log => { for await (const x of toldSync(log, [Promise.resolve('a'), 'b'])) log.push(x); }),
  () => logged(async log => { for await (const x of toldSync(log, [Promise.resolve('a'), 'b'])) { log.push(x); break; } }),
  () => logged(async log => { for await (const x of toldSync(log, [Promise.reject(Error('rejected')), 'b'])) log.push(x); }),
  () => logged(async log => { for await (const x of toldSync(log, ['a'], { return: undefined })) throw Error('inside'); }),
  () => logged(async log => { for await (const x of toldSync(log, ['a'], { return: () => 5 })) break; }),
  () => logged(async log => { for await (const [a, b = await 'B'] of [['A'], Promise.resolve(['C', 'D'])]) log.push(a, b); }),
  () => logged(async log => { for await (const x of [1, 2, 3]) { try { if (x === 2) continue; log.push(x); } finally { log.push('f'); } } }),
  () => logged(async log => { for await (const x of (async function* () { try { yield 1; yield 2; } finally { log.push('closing'); await null; log.push('closed'); } })()) { log.push(x); break; } }),
  () => logged(async log => { for await (const x of (function* () { try { yield Promise.resolve(1); yield Promise.reject(Error('bad')); } finally { log.push('closed'); } })()) log.push(x); }),
  () => logged(async log => { for await (const x of null) log.push(x); }),
  () => logged(async log => { for await (const x of {}) log.push(x); }),
  () => logged(async log => { const [a, b] = await Promise.all(toldSync(log, [1, Promise.resolve(2)])); return a + b; }),
  () => logged(async log => Promise.all(toldSync(log, [1, 2], { next() { throw Error('next'); } }))),
  () => logged(async log => { const P = class extends Promise { static resolve() { throw Error('resolve'); } }; return P.all(toldSync(log, [1])); }),
  // async generators
  async () => { async function* g() { yield 1; yield Promise.resolve(2); return Promise.resolve(3); } const it = g(); return [await it.next(), await it.next(), await it.next(), await it.next()]; },
  async () => { async function* g() { try { yield 1; } finally { yield 'f'; } } const it = g(); return [await it.next(), await it.return('r'), await it.next(), await it.next()]; },
  async () => { async function* g() { try { yield 1; } catch (e) { yield e; } } const it = g(); return [await it.next(), await it.throw('t'), await it.next()]; },
  async () => { async function* g() { yield 1; } const it = g(); return [await it.return(Promise.resolve('r')), await it.next()]; },
  async () => { async function* g() { yield 1; } const it = g(); return settled([it.return(Promise.reject(Error('r'))), it.next()]); },
  async () => { async function* g() { yield 1; } const it = g(); return settled([it.throw(Error('early')), it.next()]); },
  async () => { async function* g() { yield Promise.reject(Error('yielded')); yield 2; } const it = g(); return settled([it.next(), it.next()]); },
  async () => { async function* g() { try { yield Promise.reject(Error('yielded')); } catch (e) { yield `caught ${e.message}`; } } return gather(g()); },
  async () => { async function* g() { return Promise.reject(Error('returned')); } return settled([g().next()]); },
  async () => { const log = []; async function* g() { for (let i = 0; i < 3; i++) { log.push(`in ${yield i}`); } } const it = g(); const all = await Promise.all([it.next('a'), it.next('b'), it.next('c'), it.return('d'), it.next('e')]); return [all, log]; },
  async () => { async function* inner() { const got = yield 1; yield got; return 'r'; } async function* g() { const r = yield* inner(); yield r; } const it = g(); return [await it.next(), await it.next('sent'), await it.next(), await it.next()]; },
  async () => { async function* g() { yield* [Promise.resolve(1), 2]; } return gather(g()); },
  () => logged(async log => { async function* g() { yield* told(log); } const it = g(); await it.next(); return it.return('r'); }),
  () => logged(async log => { async function* g() { yield* told(log); } const it = g(); await it.next(); return it.throw(Error('t')); }),
  () => logged(async log => { async function* g() { yield* told(log, 3, { throw: async e => ({ done: true, value: `saw ${e.message}` }) }); } const it = g(); await it.next(); return it.throw(Error('t')); }),
  () => logged(async log => { async function* g() { yield* toldSync(log, [1, 2]); } const it = g(); await it.next(); return it.return('r'); }),
  async () => { const o = { async *m() { yield this === o; }, async *['c']() { yield super.toString(); } }; return [await gather(o.m()), await gather(o.c())]; },
  async () => { class A { static async *s() { yield 's'; } async *#p() { yield 'p'; } run() { return this.#p(); } } return [await gather(A.s()), await gather(new A().run())]; },
  async () => { async function* g(a = (() => { throw Error('param'); })()) {} try { return typeof g(); } catch (e) { return `sync ${e.message}`; } },
  async () => { async function f(a = (() => { throw Error('param'); })()) {} try { await f(); } catch (e) { return `async ${e.message}`; } },
  async () => { async function* g() {} return settled([g().next.call({}), g().return.call(1)]); },
  async () => { async function* g() { const x = await (yield 1); yield x; } const it = g(); await it.next(); return it.next(Promise.resolve('awaited')); },
  async () => { async function* g() { for await (const x of [1, 2]) { try { yield x; } finally { await null; } } } return gather(g()); },
  async () => { async function* g() { yield 1; throw Error('late'); } const it = g(); return settled([it.next(), it.next(), it.next()]); },
  async () => { async function* g() { l: try { return 'lost'; } finally { await null; break l; } yield 'after'; } return gather(g()); },
  // async functions
  async () => { const f = async () => { try { return await Promise.reject(Error('a')); } catch (e) { return e.message; } finally { await null; } }; return f(); },
  async () => { const f = async () => { try { return 'try'; } finally { await null; return 'finally'; } }; return f(); },
  async () => { const f = async () => { for (const x of [1, 2, 3]) { try { await null; if (x === 2) return x; } finally { await null; if (x === 2) continue; } } return 'end'; }; return f(); },
  async () => { const f = async () => { let i = 0; while (await Promise.resolve(i < 3)) i++; do { i--; } while (await i); for (let j = await 0; j < await 2; j += await 1) i += j; return i; }; return f(); },
  async () => { const f = async x => { switch (await x) { case await 1: return 'one'; case await 2: return 'two'; default: return 'none'; } }; return [await f(1), await f(2), await f(3)]; },
  async () => { const o = { n: 1, async get() { return await this.n; } }; o.n += await 5; o[await 'k'] = await 'v'; return [o, await o.get(), { ...await { s: 1 }, [await 'c']: await 2 }, [await 1, ...await [2, 3]], `${await 't'}${await 'u'}`, await (async () => await await 4)()]; },
  async () => { let x = 1; const f = async () => { x += await 10; }; const p = f(); x = 100; await p; return x; },
  async () => { const a = [1]; const f = async () => { a[await 0] += await 5; }; await f(); return a; },
  async () => { const { a = await 'd', ...r } = await { b: 1 }; const [x, y = await 'e'] = await [1]; return [a, r, x, y]; },
  async () => { const f = async (...args) => args.length; const g = async function () { return [...arguments]; }; return [await f(1, 2), await g(3), f.length, (async (a, b = 1) => 0).length]; },
  async () => { const o = { m: async () => typeof this, async n() { return this === o; }, p() { return (async () => this === o)(); } }; return [await o.m(), await o.n(), await o.p()]; },
  async () => { class A { async m() { return 'A'; } } class B extends A { async m() { await null; return `B${await super.m()}`; } n = async () => super.m(); } return [await new B().m(), await new B().n()]; },
  async () => { const t = { then(r) { r({ then(r2) { r2('deep'); } }); } }; return [await t, await Promise.resolve(t), await new Promise(r => r(t))]; },
  async () => { const t = { get then() { throw Error('get then'); } }; return settled([(async () => await t)(), Promise.resolve(t), (async () => t)()]); },
  async () => { const t = { then(a, b) { a(1); b(2); throw Error('after'); } }; return settled([Promise.resolve(t)]); },
  async () => { const t = { then: 5 }; return (await t) === t; },
  async () => (await (async () => { throw undefined; })().catch(e => [e])),
  async () => { const e = await (async () => { null.x; })().catch(x => x); return [e.name, typeof e.stack]; },
  async () => (async () => { using_: { await null; break using_; } return 'labelled'; })(),
  async () => { const f = async function named() { try { named = 1; } catch (e) { return e.message; } }; return f(); },
  async () => { const results = []; await Promise.all([3, 1, 2].map(async n => { await tick(n); results.push(n); })); return results; },
  async () => { async function f(n) { return n === 0 ? 0 : 1 + await f(n - 1); } return f(20); },
  // promises
  async () => settled([Promise.all([1, Promise.resolve(2), thenable(() => {}, 3)]), Promise.all([]), Promise.all([1, Promise.reject(Error('a')), Promise.reject(Error('b'))]), Promise.all(5), Promise.all('ab'), Promise.all(new Set([1]))]),
  async () => Promise.allSettled([1, Promise.reject('r'), thenable(() => {}, 2)]),
  async () => settled([Promise.any([Promise.reject(1), 2]), Promise.any([Promise.reject(1)]).catch(e => e.errors), Promise.race([]), Promise.race([tick(2), 'now'])].filter((_, i) => i !== 2)),
  async () => settled([Promise.try(() => 1), Promise.try(() => { throw Error('t'); }), Promise.try((...a) => a.length, 1, 2), Promise.try(async () => 'a'), Promise.try(5)]),
  async () => { const { promise, resolve, reject } = Promise.withResolvers(); resolve(1); reject(2); resolve(3); return [await promise, resolve.length, reject.name]; },
  async () => settled([Promise.resolve(1).finally(() => 2), Promise.resolve(1).finally(() => { throw Error('f'); }), Promise.reject(Error('r')).finally(() => 2), Promise.resolve(1).finally(() => Promise.reject(Error('p'))), Promise.resolve(1).finally(5)]),
  async () => settled([Promise.resolve(1).then(5, 6), Promise.reject(Error('x')).then(5, 6), Promise.resolve().then(() => { throw Error('y'); }), new Promise(() => { throw Error('executor'); }), new Promise((r, j) => { r(1); throw Error('late'); })]),
  async () => { const p = Promise.resolve(1); return [Promise.resolve(p) === p, (async () => p)() === p, await p.then(x => x + 1).catch(() => 0).finally(() => 9), Object.prototype.toString.call(p), Promise.length, Promise.prototype.then.length]; },
  async () => [() => Promise(), () => new Promise(), () => new Promise(5), () => Promise.resolve.call(5), () => Promise.prototype.then.call({}), () => Promise.all.call(class {}, [])].map(f => { try { return typeof f(); } catch (e) { return e.message; } }),
  async () => { let r; const p = new Promise(x => { r = x; }); r(p); return settled([p]); },
  async () => { const P = class extends Promise { constructor(e) { super(e); this.mark = true; } }; const p = P.resolve(1).then(x => x); return [p.mark, p instanceof P, P.reject(1).catch(() => {}).mark, P.all([]).constructor === P, await p]; },
  async () => { const p = Promise.resolve(1); p.constructor = { [Symbol.species]: class extends Promise {} }; return p.then(() => {}).constructor === Promise; },
  async () => { const p = Promise.resolve(5); p.then = function (f) { return 'own then'; }; return [await (async () => p.then())(), await p]; },
  async () => Array.fromAsync([1, Promise.resolve(2), 3], async x => x * 2),
  async () => Array.fromAsync((async function* () { yield 1; yield 2; })()),
  async () => Array.fromAsync({ length: 2, 0: Promise.resolve('a'), 1: 'b' }),
  async () => settled([Array.fromAsync(null), Array.fromAsync([1], 5), Array.fromAsync([Promise.reject(Error('in'))]), Array.fromAsync([1], () => { throw Error('map'); }), Array.fromAsync(new Set([1])), Array.fromAsync('a😀'), Array.fromAsync(5)]),
  async () => { const C = function (n) { this.n = n; }; return Array.fromAsync.call(C, [1, 2]); },
  () => logged(async log => Array.fromAsync(told(log, 2), x => { if (x === 2) throw Error('mapper'); return x; })),
  // order of microtasks
  () => raced({ a: counter, b: async say => { await thenable(say, 1); say('got'); } }),
  () => raced({ a: counter, b: async say => { await Promise.resolve(1); say('native'); await (async () => 1)(); say('async'); await (async () => Promise.resolve(1))(); say('async promise'); } }),
  () => raced({ a: counter, b: say => new Promise(r => r(Promise.resolve())).then(() => say('adopted')), c: say => Promise.resolve().then(() => Promise.resolve()).then(() => say('returned')), d: say => Promise.resolve().then(() => thenable(say, 1)).then(() => say('thenable')) }),
  () => raced({ a: counter, b: say => Promise.resolve().finally(() => say('f')).then(() => say('after finally')), c: say => Promise.reject(1).catch(() => say('caught')).then(() => say('then')), d: say => Promise.reject(1).then(() => {}).catch(() => say('passed on')) }),
  () => raced({ a: counter, b: say => Promise.all([1, 2]).then(() => say('all')), c: say => Promise.race([1]).then(() => say('race')), d: say => Promise.allSettled([1]).then(() => say('settled')), e: say => Promise.any([1]).then(() => say('any')), f: say => Promise.all([]).then(() => say('empty')) }),
  () => raced({ a: counter, b: async say => { for await (const x of [1, 2]) say(`sync${x}`); say('end'); } }),
  () => raced({ a: counter, b: async say => { for await (const x of (async function* () { yield 1; yield 2; })()) say(`gen${x}`); say('end'); } }),
  () => raced({ a: counter, b: async say => { async function* g() { yield* (async function* () { yield 1; })(); return 2; } const it = g(); await it.next(); say('1'); await it.next(); say('2'); } }),
  () => raced({ a: counter, b: async say => { async function* g() { try { yield 1; } finally { say('f'); } } const it = g(); await it.next(); await it.return('x'); say('returned'); } }),
  () => raced({ a: counter, b: async say => { const g = (async function* () { yield Promise.resolve(1); })(); g.next().then(() => say('first')); g.next().then(() => say('second')); g.return(3).then(() => say('third')); } }),
  () => raced({ a: counter, b: async say => { try { await (async () => { throw Error('x'); })(); } catch { say('caught'); } await null; say('next'); } }),
  () => raced({ a: counter, b: say => (async () => { try { return await Promise.reject(1); } catch { return Promise.resolve(2); } finally { say('f'); } })().then(() => say('done')) }),
  () => raced({ a: counter, b: async say => { await Array.fromAsync([1, 2]); say('fromAsync'); }, c: async say => { await Promise.try(() => 1); say('try'); } }),
  () => raced({ a: counter, b: async say => { class P extends Promise {} await P.resolve(1); say('subclass'); } }),
  () => raced({ a: counter, b: async say => { const p = Promise.resolve(1); p.then = (...args) => { say('own'); return Promise.prototype.then.apply(p, args); }; await p; say('awaited'); } }),
  () => raced({ a: async say => { say(1); await null; say(2); }, b: async say => { say(1); await null; say(2); }, c: say => Promise.resolve().then(() => say(1)).then(() => say(2)) }),
  // heads of statements that wait
  async () => { const id = 5; for (const id of await [1, 2]) { await id; } return id; },
  async () => { const id = 5; const seen = []; for (const id in await { a: 1, b: 2 }) seen.push(id); return [id, seen]; },
  async () => { const id = 5; const seen = []; for await (const id of await [Promise.resolve(1), 2]) seen.push(id); return [id, seen]; },
  async () => { const seen = []; for (const x of await []) seen.push(x); if (seen) for (const x of await [3]) seen.push(x); else seen.push('none'); return seen; },
  async () => { const seen = []; outer: for (const x of await [1, 2, 3]) { for (const y of await [1, 2]) { if (y === 2) continue outer; if (x === 3) break outer; await null; seen.push(x * 10 + y); } } return seen; },
  async () => { const fs = []; for (const x of await [1, 2]) fs.push(async () => { await null; return x; }); return Promise.all(fs.map(f => f())); },
  async () => { const seen = []; for (const { a = await 1, b } of await [{}, { a: 2, b: 3 }]) seen.push([a, b]); return seen; },
  async () => { const seen = []; for (const [a, b = await 1] in await { xy: 1, z: 2 }) seen.push([a, b]); return seen; },
  async () => { const seen = []; let x; for (x of await [1, 2]) seen.push(x); for ({ x } of await [{ x: 7 }]) seen.push(x); return [seen, x]; },
  async () => { const seen = []; switch (1) { case 1: for (const x of await [1]) seen.push(x); case 2: for (const x of await [2]) seen.push(x); } return seen; },
  async () => { try { for (const x of await Promise.reject(Error('head'))) { } } catch (e) { return e.message; } },
  async () => { try { for (const x of await 5) { } } catch (e) { return e.name; } },
  async () => { const seen = []; for (const x of (await [1, 2]).map(v => v * 2)) { seen.push(x); await null; } return seen; },
  async () => { const log = []; log.push(1); class B extends (await Object) { } log.push(typeof B); return log; },
  async () => { class A { m() { return 'A'; } } class B extends (await A) { } const C = class extends (await B) { }; return [Object.getPrototypeOf(B) === A, new C().m(), C.name, B.name]; },
  async () => { const out = []; for (const n of [1, 2]) { out.push(n); class B extends (await Object) { static n = n; } out.push(B.n); } return out; },
  async () => { let n = 0; while (await n < 3) { n++; } return n; },
  async () => { let n = 0; const seen = []; loop: while (await true) { n++; while (await true) { if (n > 2) break loop; seen.push(n); continue loop; } } return seen; },
  () => { const c = []; function* g() { while (yield c.length) { c.push('body'); } } const it = g(); return [it.next(), it.next(true), it.next(true), it.next(false), c]; },
  () => { let c = 0; function* g() { while (yield 1) { c++; } } const it = g(); it.next(); const before = c; it.next(1); return [before, c]; },
  async () => { let c = 0; async function* g() { while (yield c < 3) { c++; } return c; } const it = g(); const all = [await it.next()]; for (let i = 0; i < 5; i++) all.push(await it.next(all.at(-1).value)); return all; },
  () => { function* g() { for (const x of yield 'list') yield x * 2; class B extends (yield 'base') { } return B.name; } const it = g(); return [it.next(), it.next([1, 2]), it.next(), it.next(), it.next(Object)]; },
  async () => { const log = []; const open = n => ({ n, [Symbol.dispose]() { log.push(`closed ${n}`); } }); for (using r of [open(1), open(2)]) { log.push(r.n); await null; if (r.n === 1) continue; log.push('after'); } return log; },
  async () => { const log = []; const r = { [Symbol.dispose]() { log.push('closed'); } }; l: for (using x = r; log.length < 3;) { await null; log.push(x === r); if (log.length === 1) continue l; if (log.length === 2) break l; } log.push('out'); return log; },
  async () => { const log = []; for (await using r of [{ async [Symbol.asyncDispose]() { await null; log.push('closed'); } }]) { await null; log.push('body'); } return log; },
  () => { const log = []; function* g() { for (using x = { [Symbol.dispose]() { log.push('closed'); } };;) { yield 1; log.push('on'); } } const it = g(); it.next(); it.next(); it.return(); return log; },
  // eventual send
  () => raced({ a: counter, b: say => E(far).one().then(() => say('E')), c: say => Promise.resolve(far).then(f => f.one()).then(() => say('then')) }),
  () => raced({ a: counter, b: say => E(Promise.resolve(far)).one().then(() => say('E of promise')) }),
  () => raced({ a: counter, b: say => E(far).later().then(() => say('later')) }),
  () => raced({ a: counter, b: say => E.when(1, () => say('when')), c: say => E.when(Promise.resolve(1), () => say('when promise')), d: say => E.when(thenable(say, 1), () => say('when thenable')) }),
  () => raced({ a: counter, b: say => E.get({ x: 5 }).x.then(() => say('get')), c: say => E.resolve(1).then(() => say('resolve')), d: say => { E.sendOnly(Far('s', { m: () => say('sendOnly') })).m(); return tick(3); } }),
  () => raced({ a: counter, b: say => HandledPromise.resolve(1).then(() => say('HP')), c: say => HandledPromise.applyMethod(far, 'one', []).then(() => say('applyMethod')), d: say => HandledPromise.applyFunction(x => x, [1]).then(() => say('applyFunction')), e: say => HandledPromise.get({ y: 1 }, 'y').then(() => say('get')) }),
  () => raced({ a: counter, b: say => { const p = new HandledPromise((resolve, _reject, resolveWithPresence) => { const presence = resolveWithPresence({ applyMethod: (_t, m) => { say(`handler ${m}`); return m; } }); say(typeof presence); }); return E(p).hello().then(v => say(v)); } }),
  () => raced({ a: counter, b: say => { let res; const p = new HandledPromise(r => { res = r; }, { applyMethod: (_p, m) => { say(`pending ${m}`); return 'early'; } }); const q = E(p).x(); res(far); const r = E(p).one(); return Promise.all([q.then(v => say(v)), r.then(v => say(`one${v}`))]); } }),
  () => settled([E(far).boom(), E(far).none(), E(far).self(), E(far).add(1, 2), E(5).toFixed(1), E('abc').toUpperCase(), E(null).x(), E(undefined).x(), E(far)(), E(x => x + 1)(1), E.get(null).x, E(Promise.reject(Error('target'))).x(), E({}).x(), E(Promise.resolve(Promise.resolve(far))).one()]),
  () => settled([E.when(1, x => x + 1), E.when(Promise.reject(Error('w')), undefined, e => `handled ${e.message}`), E.when(1), E.when(1, () => { throw Error('cb'); })]),
  async () => { const m = E(far); const out = []; for (const f of [() => typeof m, () => Object.keys(m), () => m.one.name, () => { m.x = 1; }, () => 'one' in m, () => { const { one } = m; return one(); }, () => Object.isFrozen(m), () => typeof E.sendOnly(far), () => Object.keys(E).sort().join(), () => delete m.x]) { try { out.push(await f()); } catch (e) { out.push(e.message); } } return out; },
  async () => { const { promise, resolve } = Promise.withResolvers(); const order = []; const sends = ['a', 'b', 'c'].map(n => E(promise)[n]()); resolve(Far('o', { a: () => order.push('a'), b: () => order.push('b'), c: () => order.push('c') })); await Promise.all(sends); return order; },
];

export const tables = () => table(cases, asyncCases);
