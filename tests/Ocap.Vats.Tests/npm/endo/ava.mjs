// As much of the test runner ava as the tests of the @endo packages use, in a form that runs in a vat: they add tests, run() runs them and says what came of each.
const tests = [];
const show = v => { try { return typeof v === 'string' ? JSON.stringify(v) : String(assert.quote(v)); } catch { return String(v); } };
const same = (a, b, seen = new Map()) => {
  if (Object.is(a, b)) return true;
  if (Object(a) !== a || Object(b) !== b || typeof a === 'function') return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (a instanceof Error && b instanceof Error) return a.name === b.name && a.message === b.message;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Map && b instanceof Map) return same([...a], [...b], seen);
  if (a instanceof Set && b instanceof Set) return same([...a], [...b], seen);
  if (ArrayBuffer.isView(a)) return same([...a], [...b], seen);
  const ka = Reflect.ownKeys(a).filter(k => Object.getOwnPropertyDescriptor(a, k).enumerable), kb = Reflect.ownKeys(b).filter(k => Object.getOwnPropertyDescriptor(b, k).enumerable);
  return ka.length === kb.length && ka.every(k => kb.includes(k) && same(a[k], b[k], seen));
};
const matches = (e, want) => {
  if (want === undefined || want === null) return;
  if (typeof want === 'function') want = { instanceOf: want };
  if (want instanceof RegExp || typeof want === 'string') want = { message: want };
  if (want.instanceOf && !(e instanceof want.instanceOf)) throw Error(`not an instance: ${show(e)}`);
  if (want.name && e.name !== want.name) throw Error(`name ${e.name} is not ${want.name}`);
  const m = want.message;
  if (m instanceof RegExp ? !m.test(e.message) : typeof m === 'function' ? !m(e.message) : m !== undefined && m !== e.message) throw Error(`message ${e.message} is not ${m}`);
};
const makeT = title => {
  const check = (ok, what) => { if (!ok) throw Error(what); return true; };
  const t = {
    title, context: {}, log: () => {}, plan: () => {}, pass: () => true, timeout: () => {}, teardown: () => {}, snapshot: () => true,
    fail: m => check(false, m ?? 'fail'), assert: (v, m) => check(v, `assert ${m ?? show(v)}`), truthy: (v, m) => check(v, `truthy ${m ?? show(v)}`), falsy: (v, m) => check(!v, `falsy ${m ?? show(v)}`),
    true: (v, m) => check(v === true, `true ${m ?? ''} ${show(v)}`), false: (v, m) => check(v === false, `false ${m ?? ''} ${show(v)}`),
    is: (a, b, m) => check(Object.is(a, b), `is ${m ?? ''} ${show(a)} ${show(b)}`), not: (a, b, m) => check(!Object.is(a, b), `not ${m ?? ''}`),
    deepEqual: (a, b, m) => check(same(a, b), `deepEqual ${m ?? ''} ${show(a)} ${show(b)}`), notDeepEqual: (a, b) => check(!same(a, b), 'notDeepEqual'),
    like: (a, b) => check(Object.keys(b).every(k => same(a[k], b[k])), 'like'), regex: (s, r) => check(r.test(s), `regex ${s}`), notRegex: (s, r) => check(!r.test(s), `notRegex ${s}`),
    throws: (f, want, m) => { try { f(); } catch (e) { matches(e, want); return e; } throw Error(`no throw ${m ?? ''}`); },
    notThrows: (f, m) => { try { f(); return true; } catch (e) { throw Error(`threw ${e.message} ${m ?? ''}`); } },
    throwsAsync: async (p, want) => { try { await (typeof p === 'function' ? p() : p); } catch (e) { matches(e, want); return e; } throw Error('no rejection'); },
    notThrowsAsync: async p => { await (typeof p === 'function' ? p() : p); return true; },
  };
  return t;
};
const add = (kind, file) => (title, fn, ...args) => {
  if (typeof title === 'function') { args.unshift(fn); fn = title; title = fn.name; }
  const f = typeof fn === 'function' ? fn : fn?.exec;
  tests.push([kind, title, f, args]);
};
const test = add('test');
Object.assign(test, { serial: add('test'), skip: add('skip'), todo: add('skip'), failing: add('failing'), before: f => tests.push(['before', 'before', f, []]), after: () => {}, beforeEach: () => {}, afterEach: () => {}, macro: f => f, only: add('test') });
test.serial.failing = test.failing; test.serial.skip = test.skip; test.after.always = () => {};
test.failing.skip = test.skip;
export const run = async () => {
  const lines = [];
  for (const [kind, title, f, args] of tests) {
    if (kind === 'skip') { lines.push(`${title}: skipped`); continue; }
    let r;
    try { await f(makeT(title), ...args); r = 'ok'; } catch (e) { r = `FAILED ${e && e.name}: ${e && e.message}`.replaceAll('\n', ' '); }
    lines.push(`${title}: ${kind === 'failing' ? (r === 'ok' ? 'FAILED to fail' : 'fails as meant') : r}`);
  }
  return lines.join('\n');
};
export default test;
export { test };
export const wrapTest = t => t;
