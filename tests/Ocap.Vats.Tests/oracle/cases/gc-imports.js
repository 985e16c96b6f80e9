const { Far } = __endo__;
function buildRootObject(_p, _q, baggage) {
  let held;
  const w = VatData.makeScalarBigWeakSetStore('w');
  const s = VatData.makeScalarBigSetStore('s');
  return Far('root', {
    use: x => typeof x, hold(x) { held = x; }, letGo() { held = undefined; }, weak(x) { w.add(x); }, strong(x) { s.add(x); }, release(x) { s.delete(x); }, unweak(x) { w.delete(x); }, store(x) { baggage.init('x', x); }, unstore() { baggage.delete('x'); }, nothing: x => x === held,
  });
}
//--- deliveries
["send","o+0","use",["$0.Alleged: a"],["o-5"],"p-60"]
["send","o+0","hold",["$0.Alleged: b"],["o-6"],"p-61"]
["send","o+0","weak",["$0.Alleged: c"],["o-7"],"p-62"]
["send","o+0","strong",["$0.Alleged: d"],["o-8"],"p-63"]
["send","o+0","store",["$0.Alleged: e"],["o-9"],"p-64"]
["send","o+0","nothing",[1],[],"p-65"]
["bringOutYourDead"]
["send","o+0","use",["$0.Alleged: a"],["o-5"],"p-66"]
["send","o+0","use",["$0.Alleged: c"],["o-7"],"p-67"]
["send","o+0","nothing",[1],[],"p-68"]
["bringOutYourDead"]
["send","o+0","letGo",[],[],"p-69"]
["send","o+0","release",["$0"],["o-8"],"p-70"]
["send","o+0","unstore",[],[],"p-71"]
["send","o+0","unweak",["$0"],["o-7"],"p-72"]
["send","o+0","nothing",[1],[],"p-73"]
["send","o+0","use",[1],[],"p-74"]
["bringOutYourDead"]
["bringOutYourDead"]
