const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject(_p, _q, baggage) {
  if (!baggage.has('h')) baggage.init('h', VatData.makeKindHandle('Cohort'));
  const make = VatData.defineDurableKindMulti(baggage.get('h'), n => ({ n }), { a: { n: ({ state }) => state.n, peer: ({ facets }) => facets.b }, b: { n: ({ state }) => state.n * 2 }, c: { all: ({ facets }) => harden({ ...facets }) } });
  return Far('root', { keepB: n => { baggage.init(`b${n}`, make(n).b); }, getB: n => baggage.get(`b${n}`), all: n => baggage.get(`c${n}`).all(), keepC: n => { baggage.init(`c${n}`, make(n).c); }, dropB: n => baggage.delete(`b${n}`), sameKey: n => { const s = VatData.makeScalarBigSetStore('s'); const { a, b } = make(n); s.add(a); s.add(b); return harden([s.has(a), s.getSize(), [...s.keys()].map(k => k.n())]); } });
}
//--- deliveries
["send","o+0","keepB",[2],[],"p-60"]
["send","o+0","getB",[2],[],"p-61"]
["send","o+d10/1:1","n",[],[],"p-62"]
["send","o+0","keepC",[3],[],"p-63"]
["send","o+0","all",[3],[],"p-64"]
["send","o+d10/2:0","peer",[],[],"p-65"]
["send","o+0","sameKey",[4],[],"p-66"]
["restart"]
["send","o+0","all",[3],[],"p-67"]
["send","o+d10/2:0","n",[],[],"p-68"]
["send","o+d10/1:1","n",[],[],"p-69"]
["send","o+0","dropB",[2],[],"p-70"]
