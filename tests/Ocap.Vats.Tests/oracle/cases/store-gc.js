const { Far, M } = __endo__;
function buildRootObject() {
  let m = VatData.makeScalarBigMapStore('m', { valueShape: M.any() });
  let s = VatData.makeScalarBigSetStore('s');
  let w = VatData.makeScalarBigWeakMapStore('w');
  let ws = VatData.makeScalarBigWeakSetStore('ws');
  return Far('root', {
    fill(a, b, c) { m.init(a, b); m.init('k', harden([a, c])); s.add(b); s.add(c); w.init(a, c); w.init(b, 'plain'); ws.add(a); ws.add(c); },
    dropMap() { m = undefined; },
    dropSet() { s = undefined; },
    dropWeak() { w = undefined; },
    dropWeakSet() { ws = undefined; },
    nothing() {},
  });
}
//--- deliveries
["send","o+0","fill",["$0.Alleged: a","$1.Alleged: b","$2.Alleged: c"],["o-5","o-6","o-7"],"p-60"]
["bringOutYourDead"]
["send","o+0","dropMap",[],[],"p-61"]
["send","o+0","nothing",[],[],"p-62"]
["bringOutYourDead"]
["send","o+0","dropSet",[],[],"p-63"]
["send","o+0","nothing",[],[],"p-64"]
["bringOutYourDead"]
["send","o+0","dropWeak",[],[],"p-65"]
["send","o+0","nothing",[],[],"p-66"]
["bringOutYourDead"]
["send","o+0","dropWeakSet",[],[],"p-67"]
["send","o+0","nothing",[],[],"p-68"]
["bringOutYourDead"]
