// What an await or a yield in the middle of an expression or statement leaves as it was: each part is evaluated once, in order, and keeps what it gave.
import { table } from '../value-table.js';

// Each body is run as an async function, as a generator that is resumed with what it yields, and as an async generator that awaits.
const bodies = {
  'call arguments': ['(f(1), id)(f("a"), S(2), f("b"))'],
  'callee and arguments': ['f(id)(f(1), S(2))'],
  'method call': ['box(1).m(f(2), S(3), f(4))'],
  'method key': ['box(1)[f("m")](S(3))'],
  'new': ['new (f(Box))(f(1), S(2)).v'],
  'addition': ['f(1) + S(2) + f(3)'],
  'addition reads first': ['x + S((x = 50, 2))'],
  'addition reads before resuming': ['x + S(bump())'],
  'comparison': ['f(1) < S(2)', 'f(1) === S(1)', 'f("a") in S({ a: 1 })', 'f([]) instanceof S(Array)'],
  'array': ['[f(1), S(2), f(3), ...f([4]), ...S([5]), f(6)]'],
  'array of variables': ['[x, S(bump()), x]'],
  'object': ['({ a: f(1), [f("k")]: S(2), b: f(3), ...S({ c: 4 }), get d() { return 1; } })'],
  'object of variables': ['({ x, y: S(bump()), z: x })'],
  'template': ['`${f(1)}${S(2)}${f(3)}`', '`${x}${S(bump())}${x}`'],
  'tagged template': ['tag`a${f(1)}b${S(2)}c`'],
  'conditional': ['f(true) ? S(1) : f(2)', 'S(false) ? f(1) : S(2)'],
  'logical': ['f(1) && S(2)', 'f(0) || S(2) || f(3)', 'S(null) ?? f(4)', 'f(0) && S(1)'],
  'sequence': ['(f(1), S(2), f(3))'],
  'unary': ['typeof S(1)', '-S(2)', '!S(0)', 'void S(1)'],
  'delete': ['delete f({ a: 1 })[S("a")]'],
  'optional': ['f(o)?.a[S("b")]', 'f(null)?.[S("b")]', 'o.m?.(f(1), S(2))', 'S(o)?.m(f(1))'],
  'spread arguments': ['id(...f([1]), ...S([2]), f(3))'],
  'assignment': ['(o[f("k")] = S(5), o.k)', '(f(o).k = S(6), o.k)', '(x = S(7))'],
  'compound to variable': ['(x += S(bump()), x)', '(x -= S(1))', '(x **= S(2))', '(s += S("b"))', '(x ||= S(9))', '(n ??= S(9))', '(x &&= S(bump()))'],
  'compound to member': ['(o.n += S(bumpMember()), o.n)', '(f(o)[f("n")] += S(2), o.n)', '(o[S("n")] *= f(3))', '(o.none ??= S(4))', '(o[f("n")] ||= S(4))', '(o.n &&= S(bumpMember()))'],
  'compound to private': ['new Priv().run ? 1 : 2'],
  'compound of compound': ['(x += (x += S(1)))', '(x += S(1) + (x += S(2)))'],
  'increment': ['[x++, S(bump()), x++]', 'o[S("n")]++', '++f(o)[S("n")]'],
  'destructuring': ['(() => { })() ?? (([p, q = 2] = [S(1)]), [p, q])', '({ p, q = f(3), ...r } = S({ p: 1, z: 2 }), [p, q, r])', '([o[f("t")], o.u = S(8)] = [f(7)], [o.t, o.u])', '([p = f(1), q = S(2)] = [], [p, q])'],
  'nested': ['f(id(f(1), S(id(f(2), S(3)))))', '[[f(1), [S(2), f(3)]], S([f(4)])]', 'S(S(S(1)))', 'id(S(1), S(2), id(S(3), f(4)))', 'S(1) + S(2) * S(3) - f(4)'],
  'functions': ['[1, 2].map(v => v + x).concat(S([3]))', '(v => [v, x])(S(bump()))'],
  'classes': ['new (class { [f("k")] = 1; static [S("z")] = f(2); })()', '(class { static z = f(2); static [S("y")]() {} }).z', 'Object.getOwnPropertyNames(class extends S(Box) { [f("q")]() {} }.prototype).length'],
  'errors': ['(() => { throw Error("t"); })(f(1), S(2))', 'f(1) + fail(S(2))', '[f(1), S(2), fail()]'],
  'regexp and new objects': ['[/a/g, S(1), {}].length', 'same([S(1)], x)'],
};
const statements = {
  'let': ['let a = f(1), b = S(2), c = f(3); return [a, b, c];', 'const { a, b = S(2) } = f({ a: 1 }); return [a, b];', 'let a = x, b = S(bump()), c = x; return [a, b, c];', 'const [a, b = S(f(2)), c = f(3)] = f([1]); return [a, b, c];'],
  'if': ['if (f(1) && S(2)) { f(3); S(4); f(5); } else f(6); return "end";', 'if (S(0)) f(1); else if (S(f(2))) f(3); return "end";'],
  'for': ['for (let i = f(0); i < S(2); i += S(1)) { f("body" + i); } return "end";', 'const fs = []; for (let i = 0; i < 3; i++) { S(i); fs.push(() => i); } return fs.map(g => g());', 'for (let i = 0, j = S(3); i < j; S(i++)) f(i); return "end";', 'for (const v of [f(1), S(2), f(3)]) { f("b" + v); S(v); f("a" + v); } return "end";', 'for (const k in S({ a: 1, b: 2 })) { f(k); S(k); } return "end";', 'for (const [a, b = S("d")] of [[1], [2, 3]]) f([a, b]); return "end";', 'for (o.loop of [1, 2]) { S(0); f(o.loop); } return "end";'],
  'while': ['let i = 0; while (i < S(2)) { i++; f(i); if (S(i) === 1) continue; f("after"); } return i;', 'let i = 0; do { f(i); } while (S(++i) < 2); return i;', 'let i = 0; while (true) { if (S(i++) > 1) break; } return i;'],
  'labels': ['outer: for (const a of [1, 2]) { for (const b of [1, 2]) { if (S(b) === 2) continue outer; f([a, b]); } } return "end";', 'outer: while (true) { while (true) { S(1); break outer; } } return "end";', 'l: { f(1); S(2); break l; f(3); } return "end";'],
  'switch': ['switch (S(2)) { case f(1): f("one"); case f(2): S("x"); f("two"); case f(3): f("three"); break; default: f("d"); } return "end";', 'switch (f(5)) { case S(1): f("one"); break; default: f("d"); S(1); case S(9): f("nine"); } return "end";', 'switch (f(1)) { case 1: let v = S(3); f(v); break; } return "end";'],
  'try': ['try { f(1); S(2); throw Error("t"); } catch (e) { f(e.message); S(3); f("c"); } finally { f("fin"); S(4); f("fin2"); } return "end";', 'try { return f("r"), S(1); } finally { f("fin"); S(2); f("fin2"); }', 'try { try { S(1); throw Error("in"); } finally { S(2); f("f"); } } catch (e) { return e.message; }', 'for (const v of [1, 2]) { try { S(v); continue; } finally { S("f" + v); f(v); } } return "end";', 'try { throw { code: 1 }; } catch ({ code, extra = S(2) }) { return [code, extra]; }', 'let n = 0; while (true) { try { S(n); if (n++ > 1) return n; } finally { S("f"); if (n < 2) continue; } }', 'try { fail(S(1)); } catch { S(2); return "caught"; }'],
  'throw': ['throw Error(String(S("thrown")));', 'f(1); throw S(Error("e"));'],
  'return': ['return [f(1), S(2)];', 'return { a: S(1), b: { c: S(2) } };'],
  'blocks': ['let y = 1; { let y = S(2); f(y); { let y = S(3); f(y); } f(y); } return y;', 'const g = () => y; let y = S(5); return g();', 'function inner() { return x; } x = S(3); return inner();', 'var v = 1; { S(0); var v = 2; } return v;'],
  'compound statements': ['x += S(bump()); x -= S(bump()); return x;', 'o.n += S(bumpMember()); o.n++; return o.n;', 'let a = [0]; a[a.length - 1] += S((a.push(9), 5)); return a;', 'let total = 0; for (const v of [1, 2, 3]) total += S(v); return total;', 'let t = ""; for (const v of ["a", "b"]) { t += S(v) + f(v); t += `${S(v)}`; } return t;'],
  'using': ['{ using r = { [Symbol.dispose]() { f("disposed"); } }; f(1); S(2); f(3); } return "end";'],
  'recursion': ['const rec = v => v; let acc = 0; for (let i = 0; i < 3; i++) { acc = acc * 2 + S(rec(i)); f(acc); } return acc;'],
};

const setting = `
  let x = 10, s = 'a', n = null, p, q, r;
  const log = [];
  const f = v => { log.push(typeof v === 'function' ? 'fn' : typeof v === 'object' ? JSON.stringify(v) : v); return v; };
  const id = (...v) => v;
  const o = { n: 1, a: { b: 2 }, m: (...v) => v };
  class Box { constructor(...v) { this.v = v; } }
  class Priv { #v = 1; get run() { return this.#v; } }
  const box = v => { f(v); return { m: (...w) => [v, ...w] }; };
  const tag = (strings, ...v) => [strings.length, ...v];
  const fail = () => { throw Error('failed'); };
  const same = (...v) => v;
  const it100 = it => Array.from({ length: 100 }, () => it.next()).filter(({ value, done }) => value !== undefined || !done);
  let later = () => {};
  const bump = () => { later = () => { x += 100; }; return 2; };
  const bumpMember = () => { later = () => { o.n += 100; }; return 2; };
  const between = v => { log.push('~'); later(); later = () => {}; return v; };
`;
// The last comma keeps what is thrown in the outcome: one line tells what was done as well.
const told = `const told = e => 'threw ' + e.message;`;
const twice = `const twice = function* (v) { yield 'first'; return yield v; };`;
const drivers = {
  async: body => `(async () => { ${setting} ${told} const run = async () => { ${body.replaceAll('S(', 'await pause(')} }; const pause = async v => { await null; return between(v); }; const end = await run().catch(told); return [end, log.join(' ')]; })()`,
  generator: body => `(async () => { ${setting} ${told} const run = function* () { ${suspended(body, 'yield ')} }; const it = run(); let end; try { let step = it.next(); for (let i = 0; i < 100 && !step.done; i++) step = it.next(between(step.value)); end = step.value; } catch (e) { end = told(e); } return [end, log.join(' ')]; })()`,
  asyncGenerator: body => `(async () => { ${setting} ${told} const run = async function* () { ${suspended(body, 'yield ')} }; const it = run(); let end; try { let step = await it.next(); for (let i = 0; i < 100 && !step.done; i++) step = await it.next(between(step.value)); end = step.value; } catch (e) { end = told(e); } return [end, log.join(' ')]; })()`,
  // What is delegated to suspends twice.
  delegating: body => `(async () => { ${setting} ${told} ${twice} const run = function* () { ${suspended(body, 'yield* twice')} }; const it = run(); let end; try { let step = it.next(); for (let i = 0; i < 100 && !step.done; i++) step = it.next(between(step.value)); end = step.value; } catch (e) { end = told(e); } return [end, log.join(' ')]; })()`,
  asyncDelegating: body => `(async () => { ${setting} ${told} ${twice} const run = async function* () { ${suspended(body, 'yield* twice')} }; const it = run(); let end; try { let step = await it.next(); for (let i = 0; i < 100 && !step.done; i++) step = await it.next(between(step.value)); end = step.value; } catch (e) { end = told(e); } return [end, log.join(' ')]; })()`,
};
// S(v) becomes (yield (v)), whatever v has in it.
const suspended = (body, word) => {
  let out = '';
  const closes = [];
  for (let i = 0, depth = 0; i < body.length; i += 1) {
    if (body.startsWith('S(', i) && !/\w/.test(body[i - 1] ?? '')) {
      out += `(${word}(`;
      closes.push(depth);
      depth += 1;
      i += 1;
    } else {
      if (body[i] === '(') depth += 1;
      if (body[i] === ')') depth -= 1;
      out += body[i] === ')' && closes.at(-1) === depth ? (closes.pop(), '))') : body[i];
    }
  }
  return out;
};

const sources = [...Object.values(bodies).flat().map(text => `return ${text};`), ...Object.values(statements).flat()];
// What is delegated to is tried where there are operands.
const expressions = Object.values(bodies).flat().length;
const evaluate = eval;
const named = (name, thunk) => Object.assign(thunk, { toString: () => name });

// What return() and throw() do to a generator that waits inside of something.
const ends = [
  'f(yield 1); f("not reached");', 'const v = yield 1; f(v); f("not reached");', 'log.push(`in ${yield 1}`);', 'for (let i = 0; i < 3; i++) { log.push(`in ${yield i}`); }', 'f([yield 1, f(2)]);', 'return f(yield 1);', 'x += yield 1; f(x);', 'o.n = yield 1; f(o.n);',
  'if (yield 1) f("then"); else f("else");', 'while (yield 1) f("body");', 'try { f(yield 1); } finally { f("fin"); }', 'try { f(yield 1); } catch (e) { f(e.message); } f("after");', 'try { yield 1; } finally { f(yield 2); f("fin2"); }', 'try { yield 1; } finally { yield "f"; } f("not reached");',
  'try { yield 1; } finally { return "own"; }', 'try { try { yield 1; } finally { f("in"); } } finally { f("out"); }', 'for (const v of [1, 2]) { try { yield v; } finally { f("c" + v); } }', 'for (const v of toldIt) { f(yield v); }', 'yield* [1, 2]; f("not reached");', 'f(yield* [1, 2]);', 'const { a = yield 1 } = {}; f(a);', 'switch (yield 1) { default: f("d"); }', 'throw yield 1;', 'l: for (;;) { try { yield 1; } finally { break l; } } f("after");', 'l: for (const v of [1, 2, 3]) { try { yield v; } finally { continue l; } } f("after");',
  'let a = "out"; try { for (let a = 0; yield a; ) f(a); } finally { f(a); }', 'let a = "out"; try { switch (1) { case yield 1: let a = 2; } } catch { f(a); } finally { f(a); }', 'let a = "out"; try { for (const a of [yield 1, 2]) f(a); } finally { f(a); }',
  'let a = "out"; try { for (const b of [1, 2]) { const a = yield 3; f(a); } } catch { f(a); } finally { f(a); } f("after");', 'let a = "out"; try { { let a = 1; { let b = f(yield a); } } } catch { f(a); } finally { f(a); } f(a);',
  'for (const v of toldIt) f(yield v);', 'do f(yield 1); while (true);', 'for (const k in { a: 1, b: 2 }) f(yield k);', 'while (true) if (f(1)) f(yield 2);', 'for (;;) for (const v of toldIt) f(yield v);', 'for (let i = 0; i < 2; i++) switch (1) { case 1: f(yield i); }',
  'l: if (true) { f(yield 1); break l; } f("after");', 'l: { m: for (const v of toldIt) { try { f(yield v); } finally { break l; } } } f("after");', 'class A extends (f(yield 1), Object) {} f("not reached");', 'f(class extends (yield Box) {}); f("not reached");', 'f(new (class { [yield "k"] = 1; })());',
  'const [a = yield 1] = toldIt2; f("not reached");', '[o[yield 1]] = toldIt; f("not reached");', '({ a: o[yield "k"] } = { a: f(1) }); f("not reached");', 'const { a = yield 1, b = f(2) } = {}; f(a);', 'for (const { a = yield 1 } of [{}]) f(a);', 'for (const [a = f(yield 1)] of [toldIt2]) f(a);',
  'new Box(f(1), yield 2, f(3));', 'f(1, ...[yield 1, f(2)]);', 'f({ [f("k")]: yield 1, m: f(2) });', 'o[yield "n"] = f(2);', 'delete o[yield "n"]; f(o);', 'f(typeof (yield 1));', 'f((yield 1) ?? f(2)); f(x && (yield 3));', 'f((yield 1) ? f(1) : f(2));', 'f((f(1), yield 2, f(3)));', 'f(o.m(yield 1)); f("not reached");', 'f(-(yield 1) + f(2));',
  'try { f(yield 1); } finally { for (const v of toldIt) { f(yield v); break; } }', 'try { f(yield 1); } finally { throw Error("own"); }', 'try { try { f(yield 1); } finally { f(yield 2); f("in"); } } finally { f("out"); }', 'try { f(yield 1); } catch (e) { f(yield e.message); } finally { f("fin"); }', 'try { throw Error("e"); } catch (e) { try { f(yield 1); } finally { f(e.message); } }',
  'yield* (function* () { try { f(yield 1); } finally { f("inner"); } })(); f("outer");', 'for (const v of (function* () { try { f(yield 1); } finally { f("inner"); } })()) { f(yield v); }', 'const inner = (function* () { try { f(yield 1); } finally { f("inner"); } })(); for (const v of inner) { f(yield v); }', 'using r = { [Symbol.dispose]() { f("disposed"); } }; f(yield 1);', 'return yield (f(yield 1), 2);', 'throw f(yield 1);', 'switch (yield "q") { case yield: f("same"); break; default: f("d"); }', 'let a = 1; switch (yield 0) { case a++: f("no"); } f(a);', 'try { throw {}; } catch ({ x = f(0) + (yield 1) }) { f(x); }', 'for (const { x = f(0) + (yield 1) } of [{}]) f(x);', 'const { x2 = f(0) + (yield 1), y2 = yield 2 } = {}; f([x2, y2]);', 'const [x2 = f(yield 1), ...y2] = [undefined, 2].values(); f([x2, y2]);', 'let C; C = class x extends (yield Box) {}; f(x);', 'const x3 = 5; try { f(class x3 { [yield "k"]() {} }); } finally { f(x3); }',
  'yield yield 1;', 'f(yield yield 1);', 'f([p, q = 2] = [yield 1]); f([p, q]);', 'f({ p, n: [q] } = yield 1); f([p, q]);', 'f(([p] = yield* [[1]])[0] + p);', 'f(class { [f("a")] = 1; [yield "b"]() {} static [f("c")] = f(3); });', 'f(new (f(Box))(yield 1).v);', 'f(o?.m(yield 1)); f(f(o)?.m(yield 2));', 'if (x) f(yield 1); else f(2); f("not reached");', 'l: f(yield 1); f("not reached");',
];
const toldIt = `const toldIt2 = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: undefined }), return() { f('closed'); return {}; } }) }; const toldIt = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 'v' }), return() { f('closed'); return {}; } }) };`;
const ending = (kind, how, body) => `(async () => { ${setting} ${toldIt} const told = e => 'threw ' + (e?.message ?? e); const run = ${kind} () { ${body} }; const it = run(); const steps = []; for (const go of [() => it.next('n0'), () => it.${how}, () => it.next('n2'), () => it.next('n3')]) { try { const { value, done } = await go(); steps.push([value, done]); } catch (e) { steps.push(told(e)); } } return [steps, log.join(' ')]; })()`;

// What is kept while an expression waits must be forgotten when it fails, and be each activation's own.
const whole = [
  'for (const v of [1, 2, 3]) { try { f(await box(v).m(await (v === 2 ? Promise.reject(Error("no")) : v), f(v * 10))); } catch (e) { f(e.message); } }',
  'for (const v of [1, 2, 3]) { try { f(box(v).m(await v, v === 2 ? fail() : v)); } catch (e) { f(e.message); } }',
  'for (const v of [1, 2]) { try { f((v === 1 ? fail() : box(v)).m(await v)); } catch (e) { f(e.message); } }',
  'const rec = async d => (d === 0 ? 0 : box(d).m(await rec(d - 1), await null).length + (await rec(d - 1))); return rec(4);',
  'const all = await Promise.all([1, 2, 3].map(async v => box(v).m(await pause(v), await v))); return all;',
  'let total = 0; const add = async v => { total += await pause(v); }; await Promise.all([add(1), add(2), add(3)]); return total;',
  'const o2 = { total: 0 }; const add = async v => { o2.total += await pause(v); }; await Promise.all([add(1), add(2), add(3)]); return o2.total;',
  'let current = { m: (...v) => ["first", ...v] }; const p1 = pause().then(() => { current = { m: () => "second" }; }); const r = current.m(await pause(1), await pause(2)); await p1; return r;',
  'const g = function* () { return box(1).m(yield* [1, 2, 3], yield 4); }; return [...g()];',
  'const g = function* () { for (let i = 0; i < 3; i += 1) box(i).m(yield i); }; const it = g(); return [it.next(), it.next(), it.return("r"), it.next()];',
  'const g = function* () { try { box(1).m(yield 1); } catch (e) { f(e.message); box(2).m(yield 2); } }; const it = g(); return [it.next(), it.throw(Error("t")), it.next()];',
  'const g = async function* () { yield box(1).m(await 1, yield 2, await 3); }; const out = []; for await (const v of g()) out.push(v); return out;',
  'class A { async m() { return box(1).m(await 1, this instanceof A); } static async s() { return new (f(Box))(await 1).v; } #p = async v => f(id)(await v); async q() { return this.#p(5); } } return [await new A().m(), await A.s(), await new A().q()];',
  'const h = async ({ a = 1 } = {}, ...rest) => f(id)(await a, ...rest); return [await h(), await h({ a: 5 }, 6), h.length, String(h)];',
  'const h = async () => f(id)(await 1); return [await h(), String(h), h.name];',
  'return [typeof await (async () => { try { box(1).none(await 1); } catch (e) { return e.message; } })(), await (async () => { try { await f(null).x(await 1); } catch (e) { return e.message; } })(), await (async () => { try { o.a.none(await 1); } catch (e) { return e.message; } })(), await (async () => { try { box(2).m.none(await 1); } catch (e) { return e.message; } })(), await (async () => { try { f(5)(await 1); } catch (e) { return e.message; } })(), await (async () => { try { new (f(5))(await 1); } catch (e) { return e.message; } })()];',
  'return [await o?.m(await 1), await f(o)?.m(await 2), await f(o).a?.b, await f(null)?.m(await 3), f(o)?.["m"](await 4), await (f(o)?.m)(await 5)];',
  'return (await Promise.resolve(box(1))).m(await 2);',
  'return [box(1).m(await 1, box(2).m(await 2, box(3).m(await 3)), await 4)];',
  'return f({ k: (...v) => v })[f("k")](await 1, ...(await [2]));',
  'const { a, b: { c = await 1 } = f({}), ...r } = f({ a: 1, z: 2 }); return [a, c, r];',
  'let a, b; ({ a, b = await 2 } = f({ a: 1 })); [a = await 3, b] = f([undefined, 4]); return [a, b];',
  'for (const { v, w = await v } of [{ v: 1 }, { v: 2, w: 3 }]) f([v, w]);',
  'x **= await 2; x %= await 7; x <<= await 1; x ^= await 3; x >>>= await 0; x |= await 8; x &= await 12; return x;',
  'const c = 1; try { c += await 1; } catch (e) { return e.message; }',
  'try { undeclaredName += await 1; } catch (e) { return e.message; }',
  'try { tooEarly += await 1; let tooEarly = 2; } catch (e) { return e.message; }',
  'return (await import_(1)).x; function import_(v) { return box(v).m(1); }',
  'const g = function* () { try { f(yield 1); f("x"); } finally { f("fin"); } }; for (const v of g()) break; return 1;',
  'const g = function* () { try { f(yield 1); f("x"); } finally { f("fin"); } }; const [first] = g(); return first;',
  'const g = async function* () { try { f(await (yield 1)); f("x"); } finally { f(await 5); } }; for await (const v of g()) break; return 1;',
  'const g = async function* () { for (const v of [1, 2]) f(yield v); }; for await (const v of g()) { f(v); break; } return 1;',
  'let K; f(K = class extends (await pause(Box)) { w = 1; }); return [new K(3).v, new K(3).w, Object.getPrototypeOf(K) === Box];',
  'return [f(1), new (class extends (await pause(Box)) {})(1, 2).v, f(3)];',
  'const K = { a: class N extends (await pause(Box)) { static n = N.name; }, b: f(1) }; return [K.a.n, new K.a(5).v];',
  'const made = c => new c(7).v; return [made(class extends (await pause(Box)) {}), made(class extends Box { constructor(v) { super(v, 8); } }), await made(class extends (await pause(Box)) {})];',
  'try { return class extends (await pause(5)) {}; } catch (e) { return e.name; }',
  'try { return [class extends (await Promise.reject(Error("no"))) {}]; } catch (e) { return e.message; }',
  'const K = (await pause(1)) ? class extends (await pause(Box)) {} : 0; return new K(1).v;',
  'let h = (...v) => ["first", ...v]; const p1 = pause().then(() => { h = () => "second"; }); const r = h(await pause(1), await pause(2)); await p1; return r;',
  'let h = v => ["first", v]; return [h(await (h = () => "second", pause(1))), h(1)];',
  'let k = Box; return new k(await (k = Object, pause(1))).v;',
  'const t = { k: Box }; return new t.k(await (t.k = Object, pause(1))).v;', 'let t = { k: Box }; return new t.k(await (t = {}, pause(1))).v;',
  'const t = { m: v => ["first", v] }; return [t.m(await (t.m = () => "second", pause(1))), t.m(1)];', 'const t = { m: v => ["first", v] }; return [t.m(await (delete t.m, pause(1))), t.m];',
  'const t = { n: 5, m(v) { return [this.n, v]; } }; return [t.m(await pause(1), await (t.m = null, pause(2)), ...[await pause(3)])];',
  'const t = { m: v => ["first", v] }; for (const v of [1, 2, 3]) { try { f(t.m(await (v === 1 ? Promise.reject(Error("no")) : pause(v)))); } catch (e) { t.m = w => ["second", w]; } } return "end";',
  'const t = { m: v => ["first", v] }; for (const v of [1, 2]) { f(t.m(v === 1 ? await (t.m = w => ["second", w], pause(v)) : v)); } return "end";',
  'const t = { get m() { f("read"); return v => v; } }; f(t.m(1)); return t.m(t.m(2));',
  'class C { #m = v => ["first", v]; async run() { return this.#m(await (this.#m = () => "second", pause(1))); } } return new C().run();',
  'class C { m(v) { return ["above", v]; } } class D extends C { async run() { return super.m(await (C.prototype.m = () => "second", pause(1))); } } return new D().run();',
  'const g = function* (t) { return t.m(yield 1, yield 2); }; const t = { m: (...v) => ["first", ...v] }; const it = g(t); it.next(); it.next("a"); t.m = () => "second"; return it.next("b").value;',
  'const rec = { m: v => v, async go(d) { return d === 0 ? 0 : this.m(await this.go(d - 1)) + this.m(await pause(1)); } }; return rec.go(4);',
  'const t = { m: (a, b) => [a, b] }; return Promise.all([1, 2, 3].map(async v => { const was = t.m; const r = t.m(await pause(v), t.m === was); t.m = w => ["later", w]; return r; }));',
  'return [await f(o)?.m(await 1, f(2)), f({ a: null })?.a?.m(await pause(3)), f({ m: id }).m?.(await pause(4)), f(id)?.(await pause(5)), await f({ a: { m: id } })?.a.m(await pause(6)), f(() => o)?.()?.m(await pause(7))];',
  'let v1 = { a: { m: id } }; return v1?.a.m(await (v1 = null, pause(1)));', 'const v1 = { a: { m: id } }; return v1.a?.m(await (v1.a = null, pause(1)));',
  'const K = class { [f("a")] = 1; [await pause("b")]() { return 2; } static [f("c")] = f(3); get [await pause("d")]() { return 4; } static { f("block"); } [f("e")] = f(5); }; const k = new K(); return [k.a, k.b(), K.c, k.d, k.e];',
  'class K extends f(Box) { [f("a")] = 1; [await pause("b")]() { return 2; } } return [new K(7).v, new K().b()];',
  'return [f(1), class { static [await pause("a")] = f(2); static [f("b")] = f(3); }.a, f(4)];',
  'for (const v of [1, 2]) { try { const K = class { [f("k" + v)] = v; [await (v === 1 ? Promise.reject(Error("no")) : pause("x"))]() { return v; } }; f(new K().x()); } catch (e) { f(e.message); } } return "end";',
  'f([p, q = 2] = [await pause(1)]); f({ p, n: [q] } = { p: await pause(3), n: await pause([4]) }); return [p, q, ([p] = await pause([5]))[0] + p];',
  'let h = v => v; return [h(h(await pause(1)), await pause(2)), h(await pause(h(3)))];',
  'try { return h(await pause(f(1))); } catch (e) { return e.name; } let h = v => v;',
  'try { undeclared(await pause(f(1))); } catch (e) { return e.message; }',
  'let h = 5; try { h(await pause(1)); } catch (e) { return e.message; }',
  'let x = "out"; try { switch (1) { case await Promise.reject(1): let x = 2; } } catch { return x; }',
  'let x = "out"; for (const v of [1, 2]) { try { switch (v) { case await (v === 2 ? Promise.reject(1) : 1): let x = 2; f(x); } } catch { f(x); } finally { f(x); } } return x;',
  'let x = "out"; try { for (const x of [await Promise.reject(1)]); } catch { f(x); } finally { f(await pause(x)); f(x); } return x;',
  'let x = "out"; try { { let x = 1; try { await Promise.reject(x); } finally { f(x); } } } catch (e) { f([e, x]); } return x;',
  'let x = "out"; try { class x extends (await Promise.reject(1)) {} } catch { return x; }',
  // What a run of test262 and random programs showed.
  'const { a, [a]: b = await pause(1), ...r } = { a: "k", k: 3, z: 4 }; return [a, b, r];', 'let a = "q", b, r; ({ a, [a]: b = await pause(1), ...r } = { a: "k", k: 3, z: 4 }); return [a, b, r];', 'const { name: n, x = await pause(1) } = () => {}; const { name: n2, x: x2 = await pause(2) } = class { static y = 1; }; return [n, x, n2, x2];', 'class A extends class { static [await pause("k")]() {} } {} return [Object.getPrototypeOf(A).name, A.name];',
  'const C = class C { [await pause("x")]() { return C; } }; return new C().x() === C;', 'let C = class C extends (await pause(Box)) {}, b = 0; return [new C(1).v, b];', 'let b = 0, C = class C extends (await pause(Box)) {}; return [new C(1).v, b];', 'let [C = class C { [await pause("x")]() { return 1; } }] = []; return new C().x();', 'let C = Box; C = class C extends (await pause(C === Box ? Box : null)) {}; return typeof C;',
  'const id = 5; for (const id of await f([{ id: 1 }].map(({ id: x }) => x))) { f(id); } return id;', 'const id = 5; for (const id of await [1].map(o => { const { id: y } = { id: o }; return y; })) { f(id); } return id;', 'const id = 5; for (const id of await [class { id() {} static id = 1; }].map(c => c.id)) { f(id); } return id;', 'const id = 5; for (const id of await (() => { id: for (;;) break id; return [1]; })()) { f(id); } return id;',
  'let n2 = 0; const it2 = { [Symbol.iterator]: () => ({ next: () => ({ done: n2++ > 3, value: undefined }) }) }; let a, b; [a = await pause(1), b] = await pause(it2); return [a, b, n2];', 'let n2 = 0, x2, y2; ({ x: x2, y: y2 = await pause(2) } = await pause({ get x() { return n2++; } })); return [x2, y2, n2];',
  'const g = async function* () { await pause(1); }; const it = g(); return Promise.all([it.next(), it.next(), it.throw(Error("no")).catch(e => e.message), it.next(), it.return(3), it.next()]);', 'const it = (async function* () { f("run"); })(); return Promise.all([it.throw(Error("no")).catch(e => e.message), it.next(), it.return(3), it.next(), it.next()]);',
  'return (() => { let b = ""; const go = n => { if (n) { b += go(n - 1); } return "" + n; }; b += "s"; b += "t"; b += go(2); return b; })();', 'return (() => { let b = "a"; b += "c"; b += (b = "x"); return b; })();', 'return (() => { let b = "a"; b += "c"; b += (() => { b = "x"; return "y"; })(); return b; })();', 'return (() => { let b = "a"; b += "c"; b += (b += "z"); return b; })();', 'return (() => { let b = "a"; b += "c"; const r = b += --b; return [b, r]; })();', 'return (() => { let b = "a"; b += "c"; const c = b; b += b; b += b + c; return [b, c]; })();',
  'let b = "a"; b += "c"; b += (b += "z"); f(b); b += ((b += "1"), (b = "2"), b += "3"); f(b); const c3 = b; b += c3; return [b, c3];', 'return (() => { const o4 = { s: "a" }; o4.s += "b"; o4.s += (o4.s += "c"); let l = ["x"]; l[0] += "y"; l[0] += (l[0] += "z"); return [o4.s, l[0]]; })();', 'return (() => { let s = ""; const walk = t => { s += "("; for (const c of t) s += walk(c); s += ")"; return t.length; }; walk([[], [[]]]); return s; })();', 'return (() => { let s = ""; for (let i = 0; i < 5; i++) { s += i; s += (() => i)(); } const c = "q"; try { c += s; } catch (e) { s += e.name; } return [s, c]; })();',
  'const g = async function* () { try { yield Promise.reject(Error("no")); } catch (e) { f(e.message); yield 2; } finally { f("fin"); } f("after"); }; const out = []; for await (const v of g()) out.push(v); return out;',
  'const g = async function* () { try { f(yield Promise.reject(Error("no"))); } finally { f("fin"); } }; const it = g(); return [await it.next().catch(e => e.message), await it.next()];',
  'const g = async function* () { for (const v of [1, Promise.reject(Error("no")), 3]) { try { yield v; } catch (e) { yield e.message; } } }; const out = []; for await (const v of g()) out.push(v); return out;',
  'const g = async function* () { try { yield* (async function* () { try { yield Promise.reject(Error("no")); } finally { f("in"); yield 5; } })(); } catch (e) { f(e.message); } }; const it = g(); return [await it.next(), await it.next(), await it.next()];',
  'const g = async function* () { yield Promise.reject(Error("no")); f("not reached"); }; const it = g(); return Promise.all([it.next().catch(e => e.message), it.next(), it.return(3)]);',
  'let Q = Box, C = Q; C = (class C extends (await pause(Q)) { static m() { return C; } }); return [new C(1).v, C.m() === C];', 'let C = 1; const o3 = {}; o3[C] = class C { [await pause("k")]() { return typeof C; } }; return [new o3[1]().k(), C];', 'let C = 1; f([C, class C extends (await pause(Box)) {}, C].length); return [C, (class C { static [await pause("k")] = C.name; }).k, C];',
  'const id = 5; try { throw {}; } catch ({ code = await id }) { const id = 6; return code + id; }', 'let x = "out", p2; try { throw []; } catch ([_ = await (p2 = () => x)]) { let x = "in"; f(x); } return p2();',
  'const h = () => 1; try { throw {}; } catch ({ y = await h() }) { function h() { return 2; } return [y, h()]; }', 'try { throw { a: 1 }; } catch ({ a, b = await pause(a) }) { var c2 = b; { let a = 3; f(a); } return [a, b, c2]; }',
  'const id = 5; const xs = [1, 2]; for (const id of await Promise.all(xs.map(async id => id))) { f(id); } return id;', 'const id = 5; for (const { id } of await Promise.all([{ id: 1 }].map(async ({ id }) => ({ id })))) { f(id); } return id;',
  'const id = 5; for (const id of await [1].map(v => { const id = v; return id; })) { f(id); } return id;', 'const a = 5, k = "x"; for (const { [k]: a } of [await { x: 1 }, { x: 2 }]) { f(a); } return a;', 'for await (const v of (await [[1]]).map(v => v)) f(v); return "end";',
  'try { for (const id of await id) f(id); } catch (e) { return e.name; }', 'const id = [7]; for (const v of await id.map(id => id)) f(v); return id;',
  'const x = 5; let C; C = class x extends (await pause(Box)) {}; return [x, new C(1).v];', 'const x = 5; let C; C = class x { [await pause("k")]() { return x; } }; return [x, new C().k() === C];', 'const x = 5; const l = [class x extends (await pause(Box)) { static [await pause("s")] = x.name; }, x]; return [l[0].s, l[1], x];',
  'const x = 5; const o2 = { C: class x extends (await pause(Box)) { m() { return x; } } }; return [x, new o2.C().m() === o2.C];', 'for (const v of [1, 2]) { const C = class x { [await pause("k")] = v; }; f(new C().k); } return typeof x;', 'class x { [await pause("k")]() { return x; } static y = x; } return [new x().k() === x, x.y === x];', '{ class x { static [await pause("k")] = 1; } f(x.k); } return x;',
  'const it2 = [undefined, 5, 6].values(); const [a = await pause(1)] = it2; return [a, [...it2].length];', 'const [a = await pause(1), b, c = await pause(2)] = [undefined, 5, undefined, 7].values(); return [a, b, c];', 'let a, b; [a = await pause(1), b = f(2)] = new Set([undefined]).values(); return [a, b];',
  'let n2 = 0; const o2 = { get x() { return n2++; } }; const { x: x2, y: y2 = await pause(1) } = o2; return [x2, y2, n2];', 'const { a = f(1), b = await pause(2), c = f(3) } = {}; return [a, b, c];', 'const { [f("k")]: a, [await pause("m")]: b = f(2), ...rest } = { k: 1, z: 3, y: 4 }; return [a, b, rest];',
  'const [[a = await pause(1), b] = f([2]), { c = await pause(3), ...d } = { e: f(4) }, ...[g, h = await pause(5)]] = [undefined, undefined, 6]; return [a, b, c, d, g, h];', 'const { a: { b: [c = await pause(1)] = f([]) } = f({}) } = f({}); return c;', 'const { a = await pause(() => 1) } = {}, { b = function () {}, c = await pause(2) } = {}; return [a(), b.name, c];',
  'let a, r2; ({ a = await pause(1), ...r2 } = { b: f(2) }); [a, r2 = await pause(a)] = [r2]; return [a, r2];', 'const t = {}; [t.a, t.b = await pause(2)] = [1]; ({ x: t.c, y: t.d = await pause(4) } = { x: 3 }); return t;', 'try { const { a = await pause(1) } = null; } catch (e) { return e.message; }', 'try { const { a, b = await pause(1) } = undefined; } catch (e) { return e.message; }', 'try { const [a = await pause(1)] = 5; } catch (e) { return e.message; }', 'const o2 = null; try { const { a: { b = await pause(1) } } = { a: o2 }; } catch (e) { return e.name; }',
  'for (const { a = await pause(1), ...b } of [{ c: 2 }, { a: 3 }]) f([a, b]); return "end";', 'for (const [a = await pause(1), b] of new Map([[undefined, 2]])) f([a, b]); return "end";', 'try { a2; const { a2 = await pause(1) } = {}; } catch (e) { return e.message; }', 'const { a = await pause(1), b = a } = {}; const fs = () => [a, b]; return fs();', 'var { a = await pause(1) } = {}, b2 = a; return [a, b2];', 'try { const { a = b3, b3 = await pause(1) } = {}; } catch (e) { return e.name; }', 'const { a = await pause(1) } = {}; try { a = 2; } catch (e) { return [a, e.name]; }',
  'let a = 1; switch (await pause(0)) { case a++: f("no"); } return a;', 'switch (await pause(2)) { case f(1): f("one"); case f(2): f("two"); default: f("d"); } return "end";', 'l: switch (await pause(1)) { case 1: for (;;) break l; } return "end";', 'f("s"); try { switch (await pause(0)) { case d2: let d2; } } catch (e) { f(e.name); } return "end";',
  'const b2 = 1; try { for (b2 of [2]); } catch (e) { f(e.name); } try { for (b2 in { x: 1 }); } catch (e) { f(e.name); } try { for await (b2 of [2]); } catch (e) { f(e.name); } return b2;', 'try { for (late of [1]); let late; } catch (e) { return e.name; }', 'let v; for (v of [1, 2]); for (v in { k: 1 }) f(v); return v;',
  'const g = async function* () { yield* (async function* () { try { yield 2; } catch (e) { yield "c"; return 5; } })(); yield "on"; }; const it = g(); return [await it.next(), await it.throw(7), await it.next(8), await it.next()];',
  'const g = async function* () { f(yield* (async function* () { try { yield 2; } finally { yield 3; } })()); yield "on"; }; const it = g(); return [await it.next(), await it.return(7), await it.next(8), await it.next()];',
  'let x = 0; const fs = []; for (let x = 1; x < 3; x++) { try { await pause(); fs.push(() => x); if (x === 2) throw x; } catch { await pause(); fs.push(() => -x); } finally { f(x); } } return [x, ...fs.map(g => g())];',
  // What is delegated to, beside what stands before it.
  'const g = function* () { const r = f(1) + (yield* two()); return [r, [f(2), yield* two(), f(3)], id(f(4), yield* two(), yield 5, f(6)), `${f(7)}${yield* two()}`, f(8) && (yield* two()), tag`a${f(9)}b${yield* two()}`]; }; function* two() { f("in"); return (yield 1) + (yield 2); } const it = g(); const out = []; for (let i = 0, step; i < 50 && !(step = it.next(i)).done || (out.push(step.value), false); i++) out.push(step.value); return out;',
  'const g = async function* () { const r = f(1) + (yield* two()); return [r, [f(2), yield* two(), f(3)], id(f(4), yield* two(), yield 5, f(6)), `${f(7)}${yield* two()}`, f(8) && (yield* two()), tag`a${f(9)}b${yield* two()}`]; }; async function* two() { f("in"); return (yield await 1) + (yield 2); } const it = g(); const out = []; for (let i = 0, step; i < 50 && !(step = await it.next(i)).done || (out.push(step.value), false); i++) out.push(step.value); return out;',
  'const g = function* () { let i = 0; f(o)[f("k" + ++i)] = yield* [1, 2]; box(++i).m(yield* [3, 4]); new (f(Box), Box)(++i, yield* [5, 6]); return [i, o]; }; return it100(g());',
  'const g = function* () { if (f(x) === 10) { x = 11; yield* [1, 2]; f("then"); } else f("else"); switch (f(x)) { case 11: x = 12; yield* [3, 4]; f("eleven"); break; default: f("default"); } while (f(x) < 14) { x++; yield* [5, 6]; f("w"); } }; return it100(g());',
  'const g = function* () { for (const v of [1, 2]) { try { box(v).m(yield* inner(v)); } catch (e) { f(e.message); } box("after" + v).m(yield* [v, v]); } }; function* inner(v) { yield v; throw Error("no" + v); } return it100(g());',
  'const g = function* () { try { box(1).m(yield* [1, 2, 3]); } finally { f(box(2).m(yield* [4, 5])); } }; const it = g(); return [it.next(), it.next(), it.return("r"), it.next(), it.next(), it.next()];',
  'const g = function* () { for (let i = 0; i < 2; i++) { try { f(box(i).m(yield* [1, 2], yield* [3, 4])); } catch (e) { f("caught"); } } }; const it = g(); return [it.next(), it.next(), (() => { try { return it.throw(1); } catch (e) { return e.name; } })(), it.next(), it.next(), it.next(), it.next(), it.next(), it.next()];',
  'const g = function* () { for (let i = 0; i < 2; i++) f(box(i).m(yield* it2, box("b").m(yield* it2))); }; let n2 = 0; const it2 = { [Symbol.iterator]: () => ({ next: () => ({ done: n2++ % 3 === 2, value: n2 }) }) }; return it100(g());',
  'const g = function* () { const [a = f("a"), b = yield* [1, 2], c = f("c")] = f([]); let d, e; ({ d = f("d"), [yield* [3, 4]]: e = yield* [5, 6] } = f({})); return f([a, b, c, d, e].length); }; return it100(g());',
  'const g = function* () { let a; ({ [f("k")]: f(o).p, [yield* [1, 2]]: f(o).q } = f({ k: 3, undefined: 4 })); return [o.p, o.q]; }; const it = g(); return [it.next(), it.next(), it.next()];',
  'const g = function* () { class A extends (f("h"), yield* [1, 2], Box) { [f("a")] = 1; [(yield* [3, 4], "b")]() {} static [f("c")] = f(5); [(yield 6, "d")] = 2; get [f("e")]() { return 1; } [(yield* [7, 8], "g")] = 3; } return [new A(9), A.c, Object.getOwnPropertyNames(A.prototype)]; }; const it = g(); const out = []; for (let i = 0; i < 15; i++) out.push(it.next()); return out;',
  // Keys of a pattern that wait, and what they are put into.
  'const target = () => (f("target"), o); ({ [await pause("k")]: target().x } = { k: 1 }); return o.x;', 'const target = () => (f("target"), o); ({ [await pause("k")]: target()[f("x")], [await pause("l")]: target().y = await pause(2), ...target().z } = { k: 1, m: 3 }); return o;',
  'const target = () => (f("target"), o); ({ [f("k")]: target().x, a: { [await pause("b")]: [target().y] } } = { k: 1, a: { b: [2] } }); return [o.x, o.y];', 'const target = () => (f("target"), o); const l = [({ [await pause("k")]: target().x } = { k: 1 }), o.x]; return l;', 'const k = { toString() { f("toString"); return "k"; } }; ({ [k]: o.x, [await pause(k)]: o.y } = { k: 1 }); const { [k]: a, [await pause(k)]: b } = { k: 2 }; return [o.x, o.y, a, b];',
  'const target = () => (f("target"), o); const g = function* () { ({ [yield 1]: target().x, [yield 2]: target()[yield 3] } = { k: 1, l: 2 }); return [o.x, o.y]; }; const it = g(); return [it.next(), it.next("k"), it.next("l"), it.next("y")];', 'const g = function* () { ({ [yield 1]: f("no").x } = { k: 1 }); }; const it = g(); it.next(); return [it.return(5), it.next()];', 'let i = 0; for ({ [await pause("k" + i)]: o["v" + i++] } of [{ k0: 1 }, { k1: 2 }]) f(o); return i;',
  // Keys and heritage of a class that wait, beside others.
  'class A extends (f(1), await pause(Box)) { [f("a")] = 1; [await pause("b")]() {} static [f("c")] = f(2); static [await pause("d")] = 3; get [f("e")]() { return 1; } async [f("g")]() {} [await pause("h")] = 4; static { f("static"); } } return [new A(9), A.c, A.d, Object.getOwnPropertyNames(A.prototype)];',
  'const A = class { [f("a")]() {} static [await pause("b")]() {} [f("c")]() {} set [await pause("d")](v) {} [f("e")]() {} }; return [Object.getOwnPropertyNames(A.prototype), Object.getOwnPropertyNames(A)];', 'f([class { [f("a")] = 1; [await pause("b")] = 2; }, class { [f("c")]() {} [await pause("d")]() {} }].length); return x;', 'const k = { toString() { f("toString"); return "k"; } }; const A = class { [k]() {} [await pause("z")]() {} [k + 1] = 2; }; return Object.getOwnPropertyNames(A.prototype);',
  'let k = "a"; const A = class { [k]() {} [(k = "b", await pause("z"))]() {} [k]() {} }; return Object.getOwnPropertyNames(A.prototype);',
  // What is called is what was read before its arguments.
  'const o5 = { get m() { f("get"); return id; } }; return [o5.m(await pause(1)), o5?.m(await pause(2)), o5.m?.(await pause(3)), o5["m"](await pause(4)), o5[f("m")](await pause(5)), new o5.m(await pause(6)).length];', 'const o5 = { get m() { f("get"); return id; } }; return [o5.m`a${await pause(1)}b`.length, o5[f("m")]`a${f(2)}b${await pause(3)}`.length, f(o5).m`${await pause(1)}`.length];',
  'const o5 = { get a() { f("get a"); return { get m() { f("get m"); return id; } }; } }; return [o5.a.m(await pause(1)), o5.a?.m(await pause(2)), o5?.a.m(await pause(3)), o5.a["m"]?.(await pause(4)), (o5.a).m(await pause(5)), (o5?.a.m)(await pause(6)), o5?.a.m(await pause(7)).length];',
  'class P { get m() { f("get"); return (...v) => [this.n, ...v]; } } class C5 extends P { n = 1; async a() { return [await super.m(await pause(1)), super.m(await pause(2), f(3)), super["m"](await pause(4)), super[f("m")](await pause(5)), super.m?.(await pause(6)), super.m`${await pause(7)}`.length]; } } return new C5().a();',
  'const o5 = { n: 0, get C() { f("get"); return Box; } }; return [new o5.C(await pause(1)), new o5["C"](f(2), await pause(3)), new o5[f("C")](await pause(4)), new (f(o5).C)(await pause(5)), new (o5?.C)(await pause(6))];', 'let k = "m"; const o5 = { m: id, z: () => "z" }; return [o5[k](await pause(1), k = "z", await pause(2)), o5[k](k = "m", await pause(3))];', 'const k = { toString() { f("key"); return "m"; } }; return [o[k](await pause(1)), f(o)[k](await pause(2), await pause(3)), o?.[k](await pause(4))];',
  'const o5 = { get m() { f("get"); return null; } }; return [o5.m?.(await pause(2)), o5.m?.[await pause(3)], f(o5).m?.(await pause(4)), o5.m?.(), o5?.m?.(), o5.m?.().x, x.toFixed?.(1), s.at?.(0), s.none?.(f(1)), x.none?.(), o5.none?.()];', 'const o5 = { get m() { f("get"); return null; } }; try { o5.m(await pause(1)); } catch (e) { f(e.name); }', 'class Q { #n = 0; get #m() { f("get"); return (...v) => [++this.#n, ...v]; } async a() { return [this.#m(await pause(1)), this?.#m(await pause(2)), this.#m`${await pause(3)}`.length, new this.#C(await pause(4)).v]; } get #C() { f("C"); return Box; } } return new Q().a();',
  'let m2 = id; const change = () => { m2 = () => "changed"; return 1; }; return [m2(await pause(1)), m2(await pause(change())), (m2 = id, m2)`${await pause(change())}`.length, m2?.(await pause(2))];', 'let C6 = Box; const change = () => { C6 = class { v = "changed"; }; return 1; }; return [new C6(await pause(change())).v, new C6(await pause(2)).v];', 'let t5 = tag; const r5 = t5`a${await pause(t5 = () => "changed")}`; return r5.length;',
  'const o5 = { get m() { f("get"); return { get n() { f("n"); return id; } }; } }; const g = function* () { return [o5.m.n(yield 1, yield 2), o5.m.n(yield* [3, 4]), o5?.m.n(yield 5), o5.m.n`${yield 6}${yield* [7]}`.length]; }; return it100(g());',
  // Classes without a name, as defaults beside what waits.
  'let a, b; ({ a = class { static x = f("x"); static [await pause("k")] = 1; } } = {}); [b = class { static [await pause("m")] = 2; static n = f("n"); }] = []; return [a.name, a.k, b.name, b.m];', 'const { a = class { static x = f("x"); }, b = await pause(1) } = {}; return [a.name, b];', 'let a, b; return f([{ a = class { static x = f("x"); }, b = await pause(1) } = {}].length), [a.name, b];', 'let b; return f([{ a: o.a = class { static x = f("x"); }, b = await pause(1) } = {}].length), [o.a.name, b];',
  'let a, b, c; ({ a = class { static x = f("x"); }, b: [b = class { static [await pause("k")] = f(2); }], c = await pause(1) } = { b: [] }); return [a.name, b.name, b.k, c];', 'const { a = class { static x = f("x"); static [await pause("y")] = f("z"); }, b = class { static name = "own"; }, c = await pause(1) } = {}; return [a.name, b.name, c];', 'const g = function* () { let a, b; const l = [{ a = class { static x = f("x"); }, b = yield 1 } = {}, f(2)]; return [a.name, b, l.length]; }; const it = g(); return [it.next(), it.next(3)];',
  // An iterator that a pattern takes from is closed when the pattern has been gone through.
  'let a, b; [a = await pause(1), b = await pause(2)] = told5(); f("end"); const [c = await pause(3)] = told5(); return [a, b, c]; function told5() { return { [Symbol.iterator]: () => ({ n: 0, next() { f("next"); return { value: undefined, done: false }; }, return() { f("close"); return {}; } }) }; }', '[o.a = await pause(1), o[f("k")] = await pause(2)] = told5(); f("end"); return o; function told5() { return { [Symbol.iterator]: () => ({ n: 0, next() { f("next"); return { value: undefined, done: false }; }, return() { f("close"); return {}; } }) }; }', 'try { const [a = fail(await pause(1))] = told5(); } catch (e) { f(e.message); } try { [o.a = f(2), o[fail(await pause(3))]] = told5(); } catch (e) { f(e.message); } return o; function told5() { return { [Symbol.iterator]: () => ({ n: 0, next() { f("next"); return { value: undefined, done: false }; }, return() { f("close"); return {}; } }) }; }',
  'const g = function* () { let a, b; [a = yield 1, b = yield 2] = told5(); f("end"); const [c = f(yield 3), ...d] = [undefined, 5].values(); return [a, b, c, d]; }; function told5() { return { [Symbol.iterator]: () => ({ n: 0, next() { f("next"); return { value: undefined, done: false }; }, return() { f("close"); return {}; } }) }; } const it = g(); return [it.next(), it.next("a"), it.next("b"), it.next("c")];', 'const g = function* () { let a; [a = yield 1] = told5(); }; function told5() { return { [Symbol.iterator]: () => ({ next() { f("next"); return { value: undefined, done: false }; }, return() { f("close"); return {}; } }) }; } const it = g(); it.next(); const it2 = g(); it2.next(); try { it2.throw(Error("t")); } catch (e) { f(e.message); } return [it.return(5), it.next()];',
  'const src = { n: 0, [Symbol.iterator]() { return this; }, next() { f("next"); return { value: this.n++ ? this.n : undefined, done: this.n > 4 }; }, return() { f("close"); return {}; } }; const [a = await pause(1), , b = await pause(2), ...c] = src; return [a, b, c];', 'const l = [undefined, 1]; const [a = await pause(l.push(3, l[0] = 9)), b, c] = l; return [a, b, c];', 'let a, b; const p5 = { set x(v) { f("x" + v); } }; [p5.x, a = await pause(1), p5.x = await pause(2), ...p5.y] = [3, undefined, undefined, 4]; return [a, p5.y];',
  'let a, b; for (const v of [1, 2, 3]) { try { [a = f(v), b = await (v === 2 ? Promise.reject(Error("no")) : pause(v))] = [][Symbol.iterator](); f([a, b]); } catch (e) { f(e.message); } } return [a, b];', 'const [[a = await pause(1)] = f([]), [b] = [await pause(2)], { c = await pause(3) } = f({})] = f([]); return [a, b, c];', 'let a, b, c; f([[[a = await pause(1)] = f([]), [b] = [await pause(2)], ...[c = await pause(3)]] = f([]), a, b, c]); return c;',
  'const g = function* () { const [a = yield 1, b = yield 2] = src(); return [a, b]; }; const src = () => ({ [Symbol.iterator]: () => ({ next() { f("next"); return { value: undefined, done: false }; }, return() { f("close"); return {}; } }) }); const ended = () => ({ [Symbol.iterator]: () => ({ next: () => ({ done: true }), return() { f("no close"); return {}; } }) }); const h = function* () { const [a = yield 1] = ended(); }; const it = g(), it2 = h(); it2.next(); return [it.next(), it.next(3), it.return(4), it.next(), it2.return(6)];',
  'let t6 = { n: 1 }, x6 = 1; const first = t6; ({ a: t6.v, b: x6 = await pause((t6 = { n: 2 }, 7)) } = { a: 3 }); [t6.w = x6, x6 = await pause(x6 = 8)] = []; return [first, t6, x6];', 'let a, b; const g6 = { get v() { f("get"); return 4; } }; return [([a = g6.v, b = await pause(5)] = []), [{ a = g6?.v, b = await pause(6) } = {}], a, b];', 'const C7 = new (class { constructor(v) { this.v = v; } })(await pause(1)); return [C7.constructor.name, C7.v];', 'let a; return [[a = [class {}, () => 1, await pause(2)]] = [], a[0].name, a[1].name];', 'let __proto__, b; [__proto__ = class {}, b = await pause(1)] = []; return [__proto__.name, b];',
  // Patterns within expressions, and what an async generator returns from within a try.
  'let a, b; for (const v of [{}, { a: 1 }, {}]) f([{ a = f("d"), b = await pause(2) } = v, a, b].length); return [a, b];', 'let p, q; f([[p = f(1), q = await pause(2)] = [], p, q]); f([[p = f(3), q = await pause(4)] = [5], p, q]); f([[p = f(6), q = await pause(7)] = [], p, q]); return [p, q];', 'let n3 = 0; const o3 = {}; f(([o3[f("t")], (f(o3)).u = await pause(8)] = [f(7)], o3)); return [o3, ({ a: o3[f("v")], b: o3.w = await pause(++n3) } = { a: f(9) }, o3)];',
  'let a, b, r; return [({ [f("k")]: a, [await pause("m")]: b = f(2), ...r } = { k: 1, z: 3, y: 4 }), a, b, r];', 'let a, b, src = [undefined, 5]; return [([a = f(1), b = await pause(src = [9, 9])] = src), a, b];', 'let a, b; const l = [a = f(1), ([b = f(2), ([a = f(3), b = await pause(4)] = []).v] = [])]; return [l, a, b];',
  'let a, b; for (const v of [1, 2]) { try { ([a = f("d" + v), b = await (v === 1 ? Promise.reject(Error("no")) : pause(2))] = f([])); f([a, b]); } catch (e) { f(e.message); } } return [a, b];', 'let a, b; if (([a = () => 1, b = await pause(function () {})] = []).length === 0) return [a.name, b.name];', 'let a, b, c; for (const v of [[], [0], []]) if ([a = class { static [f("k")] = 1; }, b = class {}, c = await pause(1)] = v) f([typeof a, b.name, c]); return a.name;',
  'const g = function* () { let a, b; const r = [[a = f(1), b = yield 2] = f([])]; return [r, a, b]; }; const it = g(); return [it.next(), it.next("x")];',
  'let n4 = 0; const { a = [++n4, await pause(1)], ["b"]: b, ...rest } = f({ b: 2, c: 3 }); return [n4, a, b, rest];', 'let n4 = 0; for (const v of [{ b: 2 }, { a: 1, b: 3 }, { c: 4 }]) { const { a = [++n4, await pause(v), ++n4, [f(n4), await pause(5)]], ["b"]: b = f(6), ...rest } = v; f([n4, a, b, rest].length); } return n4;',
  'let n4 = 0; const t = []; const o4 = { k: 7 }; const { [[f("k"), await pause(1)][0]]: k4, ...none } = o4; f([k4, none].length); [t[n4++] = [++n4, await pause(2)], t[n4++]] = [undefined, 9]; return [n4, t];', 'let n4 = 0; const id4 = v => v; const { a = id4([++n4, await pause(1)]), [f("b")]: b, ...rest } = { b: 2, c: 3 }; return [n4, a, b, rest];',
  'let n4 = 0; const { a = [n4, await pause(++n4), n4, ...[++n4]], ["b"]: b, ...rest } = {}; return [n4, a, b, rest];', 'let n4 = 0; const g = function* () { const { a = [++n4, yield 1], ["b"]: b = [++n4, yield 2], ...rest } = {}; return [n4, a, b, rest]; }; const it = g(); return [it.next(), it.next("x"), it.next("y")];',
  'let n4 = 0; for (const v of [1, 2]) { try { const { a = [++n4, await (v === 1 ? Promise.reject(Error("no")) : pause(2))], ["b"]: b, ...rest } = {}; f(a); } catch (e) { f(e.message); } } return n4;',
  'const g = async function* () { try { return Promise.reject(Error("no")); } catch (e) { f(e.message); } finally { f("fin"); } }; const it = g(); return [await it.next(), await it.next()];', 'const g = async function* () { try { return pause(f(1)); } finally { f("fin"); } }; const it = g(); return [await it.next(), await it.next()];', 'const g = async function* () { for (const v of [1, 2]) { try { if (v === 2) return pause(Promise.resolve(v)); yield v; } catch { f("no"); } finally { f("fin"); } } }; const out = []; const it = g(); for (let i = 0; i < 3; i++) out.push(await it.next()); return out;',
  'const g = async function* () { try { return (() => { try { return pause(1); } finally { f("in"); } })(); } finally { f("out"); } }; return g().next();', 'const g = async function* () { try { throw 1; } catch (e) { return Promise.reject(Error("no" + e)); } finally { f("fin"); } }; const it = g(); return [await it.next().catch(e => e.message), await it.next()];', 'const g = async function* () { try { return; } finally { f("fin"); } }; return g().next();', 'const g = async function* () { return Promise.reject(Error("no")); }; const it = g(); return [await it.next().catch(e => e.message), await it.next()];',
];
const complete = body => `(async () => { ${setting} const told = e => 'threw ' + e.message; const pause = async v => { await null; return between(v); }; const run = async () => { ${body} }; const end = await run().catch(told); return [end, log.join(' ')]; })()`;

export const asyncCases = [
  ...whole.map(body => named(`whole: ${body}`, () => evaluate(complete(body)))),
  ...sources.flatMap((body, i) => Object.entries(drivers).filter(([driver]) => i < expressions || !driver.endsWith('elegating')).map(([driver, make]) => named(`${driver}: ${body}`, () => evaluate(make(body))))),
  ...ends.flatMap(body => ['function*', 'async function*'].flatMap(kind => ["return('ret')", "throw(Error('thr'))"].map(how => named(`${kind} ${how}: ${body}`, () => evaluate(ending(kind, how, body)))))),
];

export const tables = () => table([], asyncCases);
