const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('m'), s = VatData.makeScalarBigSetStore('s');
  for (const [k, v] of [['a', 1], ['b', harden([1])], ['c', harden({ x: 1 })], [1, 'one'], [2n, null]]) { m.init(k, v); s.add(k); }
  const calls = { keys: [() => [...m.keys(undefined, undefined)], () => [...m.keys('a')], () => [...m.keys(M.string(), M.number())], () => [...m.keys(M.string(), M.array())], () => [...m.keys(M.any(), harden({ x: M.any() }))], () => [...m.keys(undefined, M.or(1, null))]],
    sizes: [() => m.getSize('a'), () => m.getSize('zz'), () => m.getSize(M.string(), M.record()), () => m.getSize(M.or()), () => m.getSize(M.and()), () => m.getSize(M.not(M.any())), () => s.getSize(M.string()), () => s.getSize('a'), () => s.getSize(undefined)],
    entries: [() => [...m.entries(M.string())], () => [...m.entries(undefined, M.string())], () => [...m.values(M.bigint())], () => [...m.values(undefined, M.null())], () => [...s.keys(M.number())], () => [...s.values(M.number())], () => [...s.entries(M.bigint())]],
    bad: [() => [...m.keys(() => {})], () => [...m.keys([])], () => [...m.keys({})], () => [...m.keys(Symbol('x'))], () => [...m.values(Promise.resolve())], () => m.getSize(harden(Error('e'))), () => m.clear(() => {}), () => s.clear(Promise.resolve()), () => m.snapshot(() => {}), () => s.snapshot(Symbol('x'))],
    shape: [() => typeof m.forEach, () => typeof m.size, () => typeof m[Symbol.iterator], () => typeof m.keys()[Symbol.iterator], () => Object.isFrozen(m.keys()), () => Object.keys(m.keys()), () => m.addAll(5), () => s.addAll('ab'), () => m.addAll([['q', 1], ['q', 2]]), () => m.addAll(makeCopyMap([['r', 1]])), () => s.addAll(makeCopySet(['t'])), () => [...m.keys()], () => [...s.keys()]],
    snapshots: [() => m.snapshot(), () => m.snapshot(M.string()), () => m.snapshot(undefined, M.number()), () => s.snapshot(), () => s.snapshot(M.string())] };
  return Far('root', { run: n => attempts(calls[n].map(f => () => harden(f() ?? null))), iter: () => { const it = m.keys(); const first = it.next(); return attempts([() => first, () => it.next(), () => (m.init('bb', 0), it.next()), () => typeof it.return, () => it.next(), () => typeof it.throw]); } });
}
//--- deliveries
["send","o+0","run",["keys"],[],"p-60"]
["send","o+0","run",["sizes"],[],"p-61"]
["send","o+0","run",["entries"],[],"p-62"]
["send","o+0","run",["bad"],[],"p-63"]
["send","o+0","run",["shape"],[],"p-64"]
["send","o+0","run",["snapshots"],[],"p-65"]
["send","o+0","iter",[],[],"p-66"]
