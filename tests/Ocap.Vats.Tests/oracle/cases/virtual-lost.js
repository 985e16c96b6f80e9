const { Far, attempt } = __endo__;
function buildRootObject(_p, _q, baggage) {
  const make = VatData.defineKind('v', n => ({ n }), { get: ({ state }) => state.n });
  return Far('root', { make: n => make(n), use: o => attempt(() => o.get()), ok: () => 'ok' });
}
//--- deliveries
["send","o+0","make",[1],[],"p-60"]
["send","o+0","make",[2],[],"p-61"]
["restart"]
["send","o+0","ok",[],[],"p-62"]
["send","o+0","make",[3],[],"p-63"]
["send","o+v11/1","get",[],[],"p-64"]
["dropExports","o+v11/1"]
["bringOutYourDead"]
