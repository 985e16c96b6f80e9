const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const keys = [0, -0, 1, -1, 0.5, -0.5, 1e21, -1e21, 5e-324, -5e-324, NaN, Infinity, -Infinity, 2 ** 53, 0n, 1n, -1n, 9n, 10n, -9n, -10n, 99n, 100n, 10n ** 20n, -(10n ** 20n), 10n ** 100n, '', ' ', 'a', 'aa', 'b', 'A', 'é', 'e\u0301', '\u{1F600}', 'a\u0001b', '|', '#', true, false, null, undefined, Symbol.for('a'), Symbol.for(''), Symbol.iterator];
  const show = v => (Object.is(v, -0) ? '-0' : typeof v === 'bigint' ? `${v}n` : typeof v === 'symbol' ? String(v) : v);
  const m = VatData.makeScalarBigMapStore('m'), s = VatData.makeScalarBigSetStore('s');
  return Far('root', {
    fill: () => attempts(keys.map((k, i) => () => { m.init(k, i); s.add(k); return i; })),
    order: () => harden([...m.keys()].map(show)), sets: () => harden([...s.values()].map(show)), values: () => harden([...m.values()]), sizes: () => harden([m.getSize(), s.getSize(), m.has(-0), m.has(NaN), m.get(-0), s.has(0)]),
    ranges: () => harden([M.gte(0), M.lt(0), M.gte(NaN), M.lte('a'), M.gt('a'), M.gte(1n), M.lt(0n), M.gte(-(10n ** 20n)), M.lt(Symbol.for('b')), M.gte(false), M.eq(-0), M.neq(0), M.or(1, 1n, 'a', true), M.number(), M.bigint(), M.string(), M.symbol(), M.scalar(), M.undefined(), M.not(M.or(M.number(), M.bigint(), M.string())), M.and(M.string(), M.gt('a'), M.lt('c'))].map(p => attempt(() => harden([m.getSize(p), [...m.keys(p)].map(show)])))),
    clear() { m.clear(M.gte(0)); m.clear(M.lt('b')); s.clear(M.bigint()); s.clear(undefined); return harden([[...m.keys()].map(show), s.getSize()]); },
  });
}
//--- deliveries
["send","o+0","fill",[],[],"p-60"]
["send","o+0","order",[],[],"p-61"]
["send","o+0","sets",[],[],"p-62"]
["send","o+0","values",[],[],"p-63"]
["send","o+0","sizes",[],[],"p-64"]
["send","o+0","ranges",[],[],"p-65"]
["send","o+0","clear",[],[],"p-66"]
["send","o+0","order",[],[],"p-67"]
