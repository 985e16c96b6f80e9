const { Far, M, makeTagged, attempts } = __endo__;
function buildRootObject() {
  const shapes = () => ({ string: M.string(), number: M.number(), nat: M.nat(), or: M.or(M.string(), M.bigint()), gte: M.gte(5), any: M.any(), remotable: M.remotable(), named: M.remotable('Thing'), scalar: M.scalar(), literal: 'only', kind: M.kind('symbol'), not: M.not(M.string()), limited: M.string({ stringLengthLimit: 3 }) });
  const keys = ['a', 'only', 'longer', 1, 5, -1n, 7n, null, undefined, true, Symbol.for('s')];
  return Far('root', {
    make: (which, thing) => {
      const m = VatData.makeScalarBigMapStore(which, { keyShape: shapes()[which] });
      return attempts([...keys, thing, Far('x', {})].flatMap(key => [() => m.has(key), () => m.init(key, 1)]));
    },
    bad: () => attempts([Promise.resolve(), harden(Error('x')), makeTagged('match:string', 5), makeTagged('t', 5), harden([Promise.resolve()]), {}, () => {}, 'fine', harden({ a: M.any() })].map(keyShape => () => `${VatData.makeScalarBigMapStore('bad', { keyShape })}`)),
  });
}
//--- deliveries
["send","o+0","make",["string","$0.Alleged: t"],["o-5"],"p-60"]
["send","o+0","make",["number","$0.Alleged: t"],["o-5"],"p-61"]
["send","o+0","make",["nat","$0.Alleged: t"],["o-5"],"p-62"]
["send","o+0","make",["or","$0.Alleged: t"],["o-5"],"p-63"]
["send","o+0","make",["gte","$0.Alleged: t"],["o-5"],"p-64"]
["send","o+0","make",["any","$0.Alleged: t"],["o-5"],"p-65"]
["send","o+0","make",["remotable","$0.Alleged: t"],["o-5"],"p-66"]
["send","o+0","make",["named","$0.Alleged: t"],["o-5"],"p-67"]
["send","o+0","make",["scalar","$0.Alleged: t"],["o-5"],"p-68"]
["send","o+0","make",["literal","$0.Alleged: t"],["o-5"],"p-69"]
["send","o+0","make",["kind","$0.Alleged: t"],["o-5"],"p-70"]
["send","o+0","make",["not","$0.Alleged: t"],["o-5"],"p-71"]
["send","o+0","make",["limited","$0.Alleged: t"],["o-5"],"p-72"]
["send","o+0","bad",[],[],"p-73"]
