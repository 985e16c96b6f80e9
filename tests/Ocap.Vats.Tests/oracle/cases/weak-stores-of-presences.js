const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject(_p, _q, baggage) {
  if (!baggage.has('w')) { baggage.init('w', VatData.makeScalarBigWeakMapStore('w', { durable: true })); baggage.init('h', VatData.makeKindHandle('K')); }
  const w = baggage.get('w');
  const make = VatData.defineDurableKind(baggage.get('h'), n => ({ n }), { n: ({ state }) => state.n });
  return Far('root', { init: (p, v) => attempt(() => { w.init(p, v); return 'ok'; }), get: p => attempt(() => w.get(p)), has: p => w.has(p), set: (p, v) => attempt(() => w.set(p, v)), del: p => attempt(() => w.delete(p)), make: n => { const o = make(n); baggage.init(`k${n}`, o); w.init(o, n); return o; }, far: () => attempt(() => w.init(Far('f', {}), 1)), chain: p => attempt(() => { w.init(p, make(99)); return w.get(p).n(); }) });
}
//--- deliveries
["send","o+0","init",["$0.Alleged: p","v"],["o-5"],"p-60"]
["send","o+0","get",["$0"],["o-5"],"p-61"]
["send","o+0","has",["$0"],["o-5"],"p-62"]
["send","o+0","set",["$0","w"],["o-5"],"p-63"]
["send","o+0","make",[1],[],"p-64"]
["send","o+0","get",["$0"],["o+d10/1"],"p-65"]
["send","o+0","far",[],[],"p-66"]
["send","o+0","chain",["$0.Alleged: q"],["o-6"],"p-67"]
["send","o+0","init",["$0","again"],["o-6"],"p-68"]
["restart"]
["send","o+0","get",["$0"],["o-5"],"p-69"]
["send","o+0","get",["$0"],["o+d10/1"],"p-70"]
["send","o+0","del",["$0"],["o-5"],"p-71"]
["send","o+0","del",["$0"],["o-5"],"p-72"]
["send","o+0","has",["$0"],["o-5"],"p-73"]
