const { Far, M, makeCopyMap, makeCopySet, attempts } = __endo__;
function buildRootObject() {
  const thing = Far('thing', {});
  const sym = Symbol.for('s');
  const patterns = [M.or('a', 1, 5n, null, undefined, true, NaN, -0, Infinity, sym, Symbol.asyncIterator), M.or(thing, Far('other', {}), harden([thing, thing])), M.not(harden({ b: [1, { c: [] }], a: {}, 10: 'x', 'odd key': 1, __proto__: null })), harden([M.any(), harden({ a: M.string() })]), M.or(M.splitRecord({ a: M.string() }, { b: M.number() }, harden({})), M.arrayOf(M.or('x', 'y'))), M.or(makeCopySet(['b', 'a']), makeCopyMap([['k', 1]]), 'quo"te'), M.not(M.and(M.gte(-100), M.lte(100)))];
  return Far('root', { all: () => attempts(patterns.flatMap(valueShape => [5, harden([1]), harden([1, 2])].map(v => () => { VatData.makeScalarBigMapStore('m', { valueShape }).init('k', v); return true; }))) });
}
//--- deliveries
["send","o+0","all",[],[],"p-60"]
