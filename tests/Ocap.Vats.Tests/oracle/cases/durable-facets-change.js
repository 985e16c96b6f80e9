const { Far } = __endo__;
function buildRootObject(_p, facets, baggage) {
  if (!baggage.has('h')) baggage.init('h', VatData.makeKindHandle('Kit'));
  const h = baggage.get('h');
  const f = name => ({ name: () => name, other: ({ facets: all }) => harden(Object.keys(all)) });
  const make = facets === 'one' ? VatData.defineDurableKind(h, () => ({}), { m() {} }) : VatData.defineDurableKindMulti(h, () => ({}), Object.fromEntries(facets.map(n => [n, f(n)])));
  return Far('root', { make: () => harden({ ...make() }), use: o => harden([o.name(), o.other()]) });
}
//--- deliveries
["start",["b","d"]]
["send","o+0","make",[],[],"p-60"]
["restart",["b"]]
["restart",["b","c"]]
["restart","one"]
["restart",["d","a","b","c"]]
["send","o+0","use",["$0"],["o+d10/1:0"],"p-61"]
["send","o+0","use",["$0"],["o+d10/1:1"],"p-62"]
["send","o+0","use",["$0"],["o+d10/1:2"],"p-63"]
["send","o+0","make",[],[],"p-64"]
["restart",["a","b","c","d"]]
["send","o+0","use",["$0"],["o+d10/2:3"],"p-65"]
