const { Far } = __endo__;
function buildRootObject() {
  const w = VatData.makeScalarBigWeakMapStore('w');
  const ws = VatData.makeScalarBigWeakSetStore('ws');
  return Far('root', {
    put(k, v) { w.init(k, v); ws.add(k); },
    has: k => harden([w.has(k), ws.has(k)]),
    nothing() {},
  });
}
//--- deliveries
["send","o+0","put",["$0.Alleged: a","$1.Alleged: v"],["o-5","o-6"],"p-60"]
["send","o+0","put",["$0.Alleged: b","plain"],["o-7"],"p-61"]
["send","o+0","nothing",[],[],"p-62"]
["bringOutYourDead"]
["retireImports","o-5"]
["bringOutYourDead"]
["send","o+0","has",["$0"],["o-5"],"p-63"]
["send","o+0","nothing",[],[],"p-64"]
["bringOutYourDead"]
["retireImports","o-5"]
["send","o+0","has",["$0"],["o-7"],"p-65"]
["send","o+0","nothing",[],[],"p-66"]
["bringOutYourDead"]
["retireImports","o-7"]
["bringOutYourDead"]
