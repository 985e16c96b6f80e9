// The vat of random sequences: what it can be told to do is a table, what its kinds are like comes with CONFIG.
const { E, Far, M, makePromiseKit } = __endo__;
const registers = Array.from({ length: 8 }, () => undefined);
const kits = registers.map(() => undefined);
let weak = new WeakMap();

const valueOf = x => {
  if (Array.isArray(x)) return harden(x.map(valueOf));
  if (x === null || typeof x !== 'object' || Object.getPrototypeOf(x) !== Object.prototype) return x;
  if ('r' in x) return registers[x.r];
  return harden(Object.fromEntries(Object.entries(x).map(([k, v]) => [k, valueOf(v)])));
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
};
const guard = M.interface('Guarded', { get: M.call().returns(M.any()), x: M.call().returns(M.any()), setX: M.call(M.any()).returns(), setY: M.call(M.or(M.string(), M.remotable(), M.arrayOf(M.any()))).returns(), both: M.call(M.any()).returns(M.any()), self: M.call().returns(M.remotable()) });
const init = (x, y) => ({ x, y });
const options = multi => ({
  ...(CONFIG.shaped ? { stateShape: { x: CONFIG.strictX ? M.not(M.number()) : M.any(), y: M.any() } } : {}),
  ...(CONFIG.guarded ? (multi ? { interfaceGuardKit: { a: guard, b: guard } } : { interfaceGuard: guard }) : {}),
});

function buildRootObject(_powers, _parameters, baggage) {
  const provide = (k, make) => { if (!baggage.has(k)) baggage.init(k, make()); return baggage.get(k); };
  const makers = [
    VatData.defineKind('V', init, behavior, options(false)),
    VatData.defineKindMulti('VM', init, { a: behavior, b: behavior }, options(true)),
    VatData.defineDurableKind(provide('D', () => VatData.makeKindHandle('D')), init, behavior, options(false)),
    VatData.defineDurableKindMulti(provide('DM', () => VatData.makeKindHandle('DM')), init, { a: behavior, b: behavior }, options(true)),
  ];
  const log = provide('log', () => VatData.makeScalarBigMapStore('log', { durable: true }));
  const note = (...what) => { log.init(log.getSize(), harden(what)); };
  const watcher = VatData.providePromiseWatcher(provide('W', () => VatData.makeKindHandle('W')), (v, ...args) => note('kept', v, ...args), (r, ...args) => note('broken', r, ...args));
  const stores = ['Map', 'WeakMap', 'Set', 'WeakSet'];

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
    send(i, j, v) { const p = E(registers[i]).msg(valueOf(v)); p.catch(() => {}); registers[j] = p; },
    promise(i) { kits[i] = makePromiseKit(); kits[i].promise.catch(() => {}); registers[i] = kits[i].promise; },
    resolve(i, v) { kits[i].resolve(valueOf(v)); },
    reject(i, v) { kits[i].reject(valueOf(v)); },
    watch(i, v) { VatData.watchPromise(registers[i], watcher, valueOf(v)); },
    durable: i => VatData.canBeDurable(registers[i]),
    noted: () => harden([...log.values()]),
    scrub: () => scrub(),
  };

  // Objects that live for ever: with them every place that touches an object can be made to forget the last one it touched.
  const dummies = [makers[0]('d', 'd'), makers[1]('d', 'd').a, makers[2]('d', 'd'), makers[3]('d', 'd').b];
  const spare = VatData.makeScalarBigMapStore('spare');
  const scrub = () => {
    for (const dummy of dummies) {
      registers[0] = dummy;
      for (const method of Object.keys(behavior)) told(() => ops.call(0, method, 'scrub'));
      told(() => ops.put(1, { r: 0 }));
      told(() => ops.weakSet(0, 'x'));
      told(() => ops.weakGet(0));
      told(() => ops.weakDelete(0));
      told(() => ops.durable(0));
      told(() => ops.send(0, 1, 'x'));
    }
    registers[0] = spare;
    for (const args of [['init', 'k', 1], ['set', 'k', 2], ['get', 'k'], ['has', 'k'], ['delete', 'k']]) told(() => ops.entry(0, ...args));
    for (const method of ['keys', 'values', 'entries']) told(() => ops.list(0, method, -1, -1));
    told(() => ops.size(0, -1));
    told(() => ops.clear(0, -1));
    told(() => ops.prune(0, 2));
    told(() => ops.promise(0));
    told(() => ops.resolve(0, 1));
    told(() => ops.take(1, 'x'));
    registers[0] = undefined;
    registers[1] = undefined;
  };

  return Far('root', {
    run: commands => harden(commands.map(([op, ...args]) => told(() => ops[op](...args)))),
    answer: i => registers[i],
    fail: i => { throw registers[i]; },
    later: async (i, p) => { await p; return harden([registers[i], p]); },
  });
}
