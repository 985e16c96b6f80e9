const { Far, M, makeTagged, makeCopyMap, makeCopySet, attempts } = __endo__;
function buildRootObject() {
  const thing = Far('thing', {});
  const patterns = [M.set(), M.setOf(M.string()), M.set({ numSetElementsLimit: 1 }), M.bag(), M.bagOf(M.string(), M.lt(3n)), M.bag({ numUniqueBagElementsLimit: 1 }), M.map(), M.mapOf(M.string(), M.number()), M.map({ numMapEntriesLimit: 1 }), makeCopySet(['a', 'b']), makeCopyMap([['a', M.number()]]), makeCopyMap([['a', 1]]), M.tagged(), M.tagged('t'), M.tagged(M.string(), M.number()), M.containerHas('a'), M.containerHas('a', 2n), makeTagged('copyBag', harden([['b', 1n], ['a', 2n]]))];
  const specimens = [undefined, null, true, 0, 2, 3.5, NaN, -1n, 5n, 123n, '', 'a', 'abc', Symbol.for('s'), Symbol.for('long name'), harden([]), harden([1]), harden([1, 'b']), harden(['x', 'y']), harden({}), harden({ a: 1 }), harden({ a: 'x', b: 2 }), harden({ abc: 1, a: 1 }), makeCopySet([]), makeCopySet(['a', 'b']), makeTagged('copyBag', harden([['b', 1n], ['a', 5n]])), makeCopyMap([['a', 1]]), makeCopyMap([['b', 'x'], ['a', 2]]), makeTagged('t', 1), makeTagged('copySet', harden([1, 2])), makeTagged('copySet', harden([2, 2])), M.any(), thing, harden(Error('e')), M.string()];
  return Far('root', {
    match: i => attempts(specimens.map(s => () => { const m = VatData.makeScalarBigMapStore('m', { valueShape: patterns[i] }); m.init('k', s); return true; })),
    promises: () => attempts(patterns.map(p => () => { VatData.makeScalarBigMapStore('m', { valueShape: p }).init('k', Promise.resolve()); return true; })),
  });
}
//--- deliveries
["send","o+0","match",[0],[],"p-60"]
["send","o+0","match",[1],[],"p-61"]
["send","o+0","match",[2],[],"p-62"]
["send","o+0","match",[3],[],"p-63"]
["send","o+0","match",[4],[],"p-64"]
["send","o+0","match",[5],[],"p-65"]
["send","o+0","match",[6],[],"p-66"]
["send","o+0","match",[7],[],"p-67"]
["send","o+0","match",[8],[],"p-68"]
["send","o+0","match",[9],[],"p-69"]
["send","o+0","match",[10],[],"p-70"]
["send","o+0","match",[11],[],"p-71"]
["send","o+0","match",[12],[],"p-72"]
["send","o+0","match",[13],[],"p-73"]
["send","o+0","match",[14],[],"p-74"]
["send","o+0","match",[15],[],"p-75"]
["send","o+0","match",[16],[],"p-76"]
["send","o+0","match",[17],[],"p-77"]
["send","o+0","promises",[],[],"p-78"]
