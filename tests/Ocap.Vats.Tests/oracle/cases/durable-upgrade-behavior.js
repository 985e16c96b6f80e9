const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject(_p, version, baggage) {
  if (!baggage.has('h')) { baggage.init('h', VatData.makeKindHandle('Up')); baggage.init('k', VatData.makeKindHandle('UpKit')); }
  const behaviors = { 1: { get: ({ state }) => state.n, old: () => 'old' }, 2: { get: ({ state }) => `v2:${state.n}`, fresh: ({ state }) => { state.n += 100; return state.n; } }, 3: {} };
  const make = VatData.defineDurableKind(baggage.get('h'), n => ({ n, ...(version > 1 ? { added: 'x' } : {}) }), behaviors[version], version === 2 ? { interfaceGuard: M.interface('Up', { get: M.call().returns(M.string()), fresh: M.call().returns(M.number()) }) } : {});
  const makeKit = VatData.defineDurableKindMulti(baggage.get('k'), n => ({ n }), version === 1 ? { a: { m: () => 'a1' }, b: { m: ({ facets }) => facets.a.m() } } : { a: { m: () => 'a2' }, b: { m: ({ facets }) => facets.a.m() }, c: { m: ({ state, facets }) => harden([state.n, Object.keys(facets)]) } });
  return Far('root', { make: n => { const o = make(n); baggage.init(`o${n}`, o); return o; }, kit: n => { const k = makeKit(n); baggage.init(`kit${n}`, k.b); return harden({ ...k }); }, stored: () => attempts([() => baggage.get('o1').get(), () => baggage.get('o1').fresh(), () => baggage.get('o1').old(), () => baggage.get('kit5').m(), () => baggage.get('o1').__getMethodNames__()]), newer: () => makeKit(9).c.m() });
}
//--- deliveries
["start",1]
["send","o+0","make",[1],[],"p-60"]
["send","o+0","kit",[5],[],"p-61"]
["send","o+0","stored",[],[],"p-62"]
["restart",2]
["send","o+0","stored",[],[],"p-63"]
["send","o+d10/1","get",[],[],"p-64"]
["send","o+d10/1","old",[],[],"p-65"]
["send","o+d11/1:1","m",[],[],"p-66"]
["send","o+0","newer",[],[],"p-67"]
["send","o+0","make",[2],[],"p-68"]
["send","o+d11/1:2","m",[],[],"p-69"]
["restart",3]
["send","o+0","stored",[],[],"p-70"]
["send","o+d10/1","get",[],[],"p-71"]
["restart",1]
