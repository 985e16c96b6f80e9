const { Far, M, makeTagged, attempt, attempts } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('p');
  for (const [k, v] of [[1, 'one'], [2, 'two'], [10, 'ten'], ['a', 1], ['b', 2], ['ba', 3], [1n, null], [-5n, undefined], [true, 't'], [null, 'n'], [undefined, 'u'], [Symbol.for('s'), 'sym']]) m.init(k, v);
  const patterns = { any: M.any(), undef: undefined, string: M.string(), number: M.number(), gte2: M.gte(2), lt10: M.lt(10), gtA: M.gt('a'), lteB: M.lte('b'), literal: 'b', literal2: 2, big: M.bigint(), nat: M.nat(), or: M.or('a', 1), orK: M.or(M.string(), M.null()), and: M.and(M.gte('b'), M.string()), not: M.not(M.string()), kind: M.kind('symbol'), bool: M.boolean(), scalar: M.scalar(), key: M.key(), array: M.array(), record: M.record(), lit: harden([1]), map: M.kind('copyMap'), undefinedP: M.undefined(), nul: M.null(), rem: M.remotable(), tagged: M.tagged(), pattern: M.pattern(), split: M.splitRecord({}), arr: M.arrayOf(M.any()) };
  return Far('root', {
    keys: () => harden(Object.entries(patterns).map(([n, p]) => [n, attempt(() => harden([...m.keys(p)]))])),
    values: () => harden(Object.entries(patterns).map(([n, p]) => [n, attempt(() => harden([...m.values(undefined, p)]))])),
    both: () => harden(['string', 'number', 'gte2', 'or'].map(n => [...m.entries(patterns[n], M.or(M.string(), M.gte(2)))])),
    sizes: () => harden(Object.entries(patterns).map(([n, p]) => [n, m.getSize(p), m.getSize(undefined, p)])),
    snapshots: () => harden([m.snapshot(M.string()), m.snapshot(M.number(), M.gte('tp'))]),
    bad: () => attempts([() => m.keys(Promise.resolve()).next(), () => m.keys(makeTagged('x', 1)).next(), () => m.getSize(makeTagged('match:gte', Promise.resolve())), () => m.keys({}).next(), () => m.clear(harden(Error('x'))), () => m.keys(Far('x', {})).next(), () => m.keys(M.gte(Far('y', {}))).next(), () => m.keys(M.kind('copyBag')).next()]),
    clearSome() { m.clear(M.number()); m.clear(undefined, M.gte(2)); return harden([m.getSize(), ...m.keys()]); },
    clearAny() { m.clear(M.any(), M.any()); return m.getSize(); },
  });
}
//--- deliveries
["send","o+0","keys",[],[],"p-60"]
["send","o+0","values",[],[],"p-61"]
["send","o+0","both",[],[],"p-62"]
["send","o+0","sizes",[],[],"p-63"]
["send","o+0","snapshots",[],[],"p-64"]
["send","o+0","bad",[],[],"p-65"]
["send","o+0","clearSome",[],[],"p-66"]
["send","o+0","clearAny",[],[],"p-67"]
