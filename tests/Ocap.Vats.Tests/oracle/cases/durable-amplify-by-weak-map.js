const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject(_p, _q, baggage) {
  if (!baggage.has('h')) { baggage.init('h', VatData.makeKindHandle('Purse')); baggage.init('sealed', VatData.makeScalarBigWeakMapStore('sealed', { durable: true })); }
  const sealed = baggage.get('sealed');
  const make = VatData.defineDurableKindMulti(baggage.get('h'), () => ({ n: 0 }), { purse: { deposit: ({ state }, other, n) => attempt(() => { const inner = sealed.get(other); inner.take(n); state.n += n; return state.n; }), read: ({ state }) => state.n }, inner: { take: ({ state }, n) => { if (n > state.n) throw Error('overdrawn'); state.n -= n; }, mint: ({ state }, n) => { state.n += n; } } }, { finish: ({ facets }) => sealed.init(facets.purse, facets.inner) });
  return Far('root', { make: n => { const { purse, inner } = make(); inner.mint(n); return purse; }, forge: p => attempt(() => p.deposit(Far('purse', {}), 1)) });
}
//--- deliveries
["send","o+0","make",[10],[],"p-60"]
["send","o+0","make",[5],[],"p-61"]
["send","o+d10/1:1","deposit",["$0",3],["o+d10/2:1"],"p-62"]
["send","o+d10/1:1","deposit",["$0",99],["o+d10/2:1"],"p-63"]
["send","o+d10/1:1","deposit",["$0",1],["o-5"],"p-64"]
["send","o+0","forge",["$0"],["o+d10/1:1"],"p-65"]
["restart"]
["send","o+d10/1:1","deposit",["$0",2],["o+d10/2:1"],"p-66"]
["send","o+d10/1:1","read",[],[],"p-67"]
["send","o+d10/2:1","read",[],[],"p-68"]
