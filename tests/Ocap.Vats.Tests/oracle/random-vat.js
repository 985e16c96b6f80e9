// The vat of random sequences: what it can be told to do is a table, what its kinds are like comes with CONFIG.
const { E, Far, M, makePromiseKit, makeTagged, makeCopySet, makeCopyMap, passStyleOf } = __endo__;
const registers = Array.from({ length: 8 }, () => undefined);
const kits = registers.map(() => undefined);
let weak = new WeakMap();
let weakMembers = new WeakSet();
let finished = 0;

// What data is made of, as a tree: things that hold each other twice grow beyond all bounds as text, and no store has room for that.
const parts = function* parts(v) {
  yield v;
  const style = passStyleOf(v);
  if (style === 'tagged') yield* parts(v.payload);
  else if (style === 'copyArray' || style === 'copyRecord') for (const each of Object.values(v)) yield* parts(each);
};
const lean = v => {
  let room = 1000;
  try {
    for (const part of parts(v)) {
      room -= typeof part === 'string' ? 1 + part.length / 20 : 1;
      if (room < 0) return 'too much';
    }
  } catch {
    // What cannot be passed cannot grow either.
  }
  return v;
};
const hasNaN = v => {
  for (const part of parts(v)) if (Number.isNaN(part)) return true;
  return false;
};

const valueOf = x => lean(valueFrom(x));
const valueFrom = x => {
  if (Array.isArray(x)) return harden(x.map(valueFrom));
  if (x === null || typeof x !== 'object' || Object.getPrototypeOf(x) !== Object.prototype) return x;
  if ('r' in x) return registers[x.r];
  if ('negative' in x) return -0;
  if ('tag' in x) return makeTagged(x.tag, valueFrom(x.payload));
  if ('error' in x) return harden(TypeError(x.error));
  if ('members' in x) return makeCopySet(x.members.map(valueFrom));
  if ('entries' in x) return makeCopyMap(x.entries.map(valueFrom));
  return harden(Object.fromEntries(Object.entries(x).map(([k, v]) => [k, valueFrom(v)])));
};

const told = thunk => {
  try {
    const v = thunk();
    return v === undefined ? 'ok' : v;
  } catch (e) {
    return e instanceof TypeError ? 'TypeError' : e.message;
  }
};

const patterns = [M.any(), M.string(), M.number(), M.gte(2), M.lt('c'), M.or(M.string(), M.null()), M.remotable(), M.not(M.string()), M.kind('bigint'), M.opt(M.nat())];

const behavior = {
  get: ({ state }) => harden([state.x, state.y]),
  x: ({ state }) => state.x,
  setX({ state }, v) { state.x = v; },
  setY({ state }, v) { state.y = v; },
  both({ state }, v) { const old = state.x; state.x = v; state.y = old; return old; },
  self: ({ self, facets }) => self ?? facets.a,
  peer: ({ self, facets }) => (facets ? facets.b : self),
  // npm takes NaN within what a guarded method throws for something that changed, and says so instead (accepted/thrown-nan.txt).
  fail({ state }) { throw hasNaN(state.x) ? 'NaN' : state.x; },
  async later({ state }, v) { await null; state.y = v; return state.x; },
  onFulfilled({ state }, v, ...args) { state.x = args.length > 0 ? lean(harden([v, ...args])) : v; },
  onRejected({ state }, r) { state.y = r; },
};
const guard = M.interface('Guarded', { get: M.call().returns(M.any()), x: M.call().returns(M.any()), setX: M.call(M.any()).returns(), setY: M.call(M.or(M.string(), M.remotable(), M.arrayOf(M.any()))).returns(), both: M.call(M.any()).returns(M.any()), self: M.call().returns(M.remotable()), peer: M.call().returns(M.remotable()), fail: M.call().returns(M.any()), later: M.callWhen(M.await(M.any())).returns(M.any()), onFulfilled: M.call(M.any()).rest(M.any()).returns(), onRejected: M.call(M.any()).rest(M.any()).returns() });
const init = (x, y) => ({ x, y });
const finish = ({ state, self, facets }) => {
  finished += 1;
  if (state.x === 'unfinished') throw Error('cannot finish');
  if (state.x === 'told') state.y = harden([finished, self ?? facets.b]);
};
const options = multi => ({
  ...(CONFIG.finished ? { finish } : {}),
  ...(CONFIG.shaped ? { stateShape: { x: CONFIG.strictX ? M.not(M.number()) : M.any(), y: M.any() } } : {}),
  ...(CONFIG.guarded ? (multi ? { interfaceGuardKit: { a: guard, b: guard } } : { interfaceGuard: guard }) : {}),
});

function buildRootObject(powers, parameters, baggage) {
  const provide = (k, make) => { if (!baggage.has(k)) baggage.init(k, make()); return baggage.get(k); };
  const makers = [
    VatData.defineKind('V', init, behavior, options(false)),
    VatData.defineKindMulti('VM', init, { a: behavior, b: behavior }, options(true)),
    parameters === 'no D' ? () => undefined : VatData.defineDurableKind(provide('D', () => VatData.makeKindHandle('D')), init, behavior, options(false)),
    VatData.defineDurableKindMulti(provide('DM', () => VatData.makeKindHandle('DM')), init, parameters === 'other facets' ? { b: behavior, c: behavior } : { a: behavior, b: behavior }, options(true)),
  ];
  const log = provide('log', () => VatData.makeScalarBigMapStore('log', { durable: true }));
  const note = (...what) => { log.init(log.getSize(), harden(what)); };
  const watcher = VatData.providePromiseWatcher(provide('W', () => VatData.makeKindHandle('W')), (v, ...args) => note('kept', v, ...args), (r, ...args) => note('broken', r, ...args));
  const stores = ['Map', 'WeakMap', 'Set', 'WeakSet'];
  const defined = [];
  const forwarded = new WeakMap();

  const awaitAnswer = (j, answer, from) => {
    answer.catch(() => {});
    if (from instanceof Promise) forwarded.set(answer, from);
    registers[j] = answer;
  };

  const ops = {
    take(i, v) { registers[i] = v; },
    put(i, v) { registers[i] = valueOf(v); },
    far(i, n) { registers[i] = Far(`far${n}`, { ping: (...args) => harden(['pong', ...args]) }); },
    drop(i) { registers[i] = undefined; },
    instance(i, kind, x, y) {
      const made = makers[kind](valueOf(x), valueOf(y));
      registers[i] = kind % 2 ? made.a : made;
      if (kind % 2) registers[(i + 1) % 8] = made.b;
    },
    call: (i, method, v) => registers[i][method](valueOf(v)),
    store(i, kind, durable, shape, valueShape) { registers[i] = VatData[`makeScalarBig${stores[kind]}Store`](`store ${kind}`, harden({ durable, ...(shape < 0 ? {} : { keyShape: patterns[shape] }), ...(valueShape < 0 ? {} : { valueShape: patterns[valueShape] }) })); },
    entry: (i, method, k, v) => registers[i][method](valueOf(k), valueOf(v)),
    all(i, entries) { registers[i].addAll(valueOf(entries)); },
    walk(i, method, at, ...entry) {
      const seen = [];
      for (const each of registers[i][method]()) {
        if (seen.length === at) told(() => ops.entry(i, ...entry));
        seen.push(each);
        if (seen.length > 12) break;
      }
      return harden(seen);
    },
    same: (i, j) => registers[i] === registers[j],
    style: i => harden([passStyleOf(registers[i]), `${Object.prototype.toString.call(registers[i])}`]),
    define(i, n) {
      if (n > 3) throw Error('no such kind');
      defined[n] ??= VatData.defineKind(`N${n}`, x => ({ x }), { get: ({ state }) => state.x, setX({ state }, v) { state.x = v; } });
      registers[i] = defined[n](n);
    },
    chain(i, j, v) { awaitAnswer(j, E(E(registers[i]).first()).second(valueOf(v)), registers[i]); },
    property(i, j) { awaitAnswer(j, E.get(registers[i]).x, registers[i]); },
    apply(i, j, v) { if (!(registers[i] instanceof Promise)) awaitAnswer(j, E(registers[i])(valueOf(v))); },
    when(i, j) { E.when(registers[i], v => { registers[j] = v; }, r => { registers[j] = r; }); },
    watchBy(i, j, v) { VatData.watchPromise(registers[i], registers[j], valueOf(v)); },
    exit(v, failure) { if (failure) powers.exitVatWithFailure(valueOf(v)); else powers.exitVat(valueOf(v)); },
    memberAdd(i) { weakMembers.add(registers[i]); },
    memberHas: i => weakMembers.has(registers[i]),
    memberDelete: i => weakMembers.delete(registers[i]),
    memberNew() { weakMembers = new WeakSet(); },
    kept: () => harden([...baggage.keys()]),
    list: (i, method, p, q) => harden([...registers[i][method](p < 0 ? undefined : patterns[p], q < 0 ? undefined : patterns[q])]),
    size: (i, p) => registers[i].getSize(p < 0 ? undefined : patterns[p]),
    snapshot: (i, p) => registers[i].snapshot(p < 0 ? undefined : patterns[p]),
    clear: (i, p) => registers[i].clear(p < 0 ? undefined : patterns[p]),
    prune(i, n) { let k = 0; for (const key of registers[i].keys()) { k += 1; if (k % n === 0) registers[i].delete(key); } },
    keep(k, v) { const x = valueOf(v); if (baggage.has(k)) baggage.set(k, x); else baggage.init(k, x); },
    recall(i, k) { registers[i] = baggage.get(k); },
    forget(k) { baggage.delete(k); },
    weakSet(i, v) { weak.set(registers[i], valueOf(v)); },
    weakGet: i => weak.get(registers[i]),
    weakDelete: i => weak.delete(registers[i]),
    weakNew() { weak = new WeakMap(); },
    send(i, j, v) { awaitAnswer(j, E(registers[i]).msg(valueOf(v)), registers[i]); },
    promise(i) { kits[i] = makePromiseKit(); kits[i].promise.catch(() => {}); registers[i] = kits[i].promise; },
    resolve(i, v) {
      const value = valueOf(v);
      if (value instanceof Promise && !forwarded.has(kits[i].promise)) {
        // npm's HandledPromise never returns from a send to promises that are resolved to each other, or to answers that they await.
        for (let p = forwarded.get(value); p; p = forwarded.get(p)) if (p === kits[i].promise) return 'cycle';
        if (value !== kits[i].promise) forwarded.set(kits[i].promise, value);
      }
      kits[i].resolve(value);
    },
    reject(i, v) { kits[i].reject(valueOf(v)); },
    watch(i, v) { VatData.watchPromise(registers[i], watcher, valueOf(v)); },
    durable: i => VatData.canBeDurable(registers[i]),
    noted: () => harden([...log.values()]),
    scrub: () => scrub(),
  };

  // Objects that live for ever: with them every place that touches an object can be made to forget the last one it touched.
  ops.define(0, 3);
  const dummies = [makers[0]('d', 'd'), makers[1]('d', 'd').a, makers[2]('d', 'd'), makers[3]('d', 'd').b, registers[0], Far('dummy', { get: () => 'd' })];
  registers[0] = undefined;
  const spares = stores.map(kind => VatData[`makeScalarBig${kind}Store`](`spare ${kind}`));
  const settled = Promise.resolve('x');
  const scrub = () => {
    const self = { r: 0 };
    for (const dummy of dummies) {
      registers[0] = dummy;
      for (const method of Object.keys(behavior)) told(() => ops.call(0, method, 'scrub'));
      for (const form of [self, [self], { p: self }, { tag: 't', payload: self }, { members: [self] }, { entries: [[self, self]] }]) told(() => ops.put(1, form));
      for (const op of ['weakSet', 'weakGet', 'weakDelete', 'memberAdd', 'memberHas', 'memberDelete', 'durable', 'style']) told(() => ops[op](0, self));
      for (const op of ['same', 'send', 'chain', 'property', 'apply', 'when']) told(() => ops[op](0, 1, self));
      // Of the places in a collection's code, one visit each makes them forget.
      for (const spare of dummy === dummies[0] ? spares : []) {
        registers[2] = spare;
        for (const method of ['init', 'add', 'set', 'get', 'has']) told(() => ops.entry(2, method, self, self));
        told(() => ops.all(2, [self]));
        for (const method of ['keys', 'values', 'entries']) {
          told(() => ops.list(2, method, -1, -1));
          told(() => ops.walk(2, method, 0, 'set', self, self));
        }
        told(() => ops.size(2, -1));
        told(() => ops.snapshot(2, -1));
        told(() => ops.prune(2, 2));
        told(() => ops.entry(2, 'delete', self));
        told(() => ops.clear(2, -1));
        for (const op of ['memberAdd', 'memberHas', 'memberDelete', 'durable', 'style']) told(() => ops[op](2, self));
      }
      registers[2] = settled;
      told(() => ops.watchBy(2, 0, self));
      told(() => ops.promise(2));
      told(() => ops.resolve(2, self));
      told(() => ops.promise(2));
      told(() => ops.reject(2, self));
      kits[2] = undefined;
      told(() => ops.keep('scrub', self));
      told(() => ops.recall(2, 'scrub'));
      told(() => ops.forget('scrub'));
      told(() => ops.take(1, dummy));
      told(() => ops.drop(1));
    }
    registers.fill(undefined, 0, 3);

    // The engine keeps the variables of a function's last call too.
    init();
    finish({ state: {} });
    told(() => ops.instance(0, 9));
    told(() => ops.store(0, 9));
    told(() => ops.define(0, 9));
  };

  return Far('root', {
    run: commands => harden(commands.map(([op, ...args]) => told(() => ops[op](...args)))),
    answer: i => registers[i],
    fail: i => { throw registers[i]; },
    later: async (i, p) => { await p; return harden([registers[i], p]); },
  });
}
