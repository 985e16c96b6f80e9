const { Far, attempt } = __endo__;
function buildRootObject(_p, _q, baggage) {
  const v = VatData.makeScalarBigMapStore('v');
  v.init('a', 1);
  return Far('root', { give: () => v, starts() { const n = baggage.has('n') ? baggage.get('n') + 1 : 0; baggage.has('n') ? baggage.set('n', n) : baggage.init('n', n); return n; }, use: o => attempt(() => o.get('a')) });
}
//--- deliveries
["send","o+0","give",[],[],"p-60"]
["send","o+v2/4","get",["a"],[],"p-61"]
["restart"]
["send","o+0","starts",[],[],"p-62"]
["send","o+0","give",[],[],"p-63"]
["dropExports","o+v2/5"]
["bringOutYourDead"]
["retireExports","o+v2/5"]
["bringOutYourDead"]
