const { Far } = __endo__;
function buildRootObject() {
  let w1 = new WeakMap();
  let w2 = new WeakSet();
  const store = VatData.makeScalarBigWeakMapStore('st');
  return Far('root', { put(k) { w1.set(k, 1); w2.add(k); store.init(k, 2); }, d1() { w1 = undefined; }, d2() { w2 = undefined; }, d3(k) { store.delete(k); }, nothing() {}, has: k => harden([w1 && w1.has(k), w2 && w2.has(k), store.has(k)]) });
}
//--- deliveries
["send","o+0","put",["$0.Alleged: a"],["o-5"],"p-60"]
["send","o+0","nothing",[],[],"p-61"]
["bringOutYourDead"]
["send","o+0","d1",[],[],"p-62"]
["send","o+0","nothing",[],[],"p-63"]
["bringOutYourDead"]
["send","o+0","d2",[],[],"p-64"]
["send","o+0","nothing",[],[],"p-65"]
["bringOutYourDead"]
["send","o+0","has",["$0"],["o-5"],"p-66"]
["send","o+0","d3",["$0"],["o-5"],"p-67"]
["send","o+0","nothing",[],[],"p-68"]
["bringOutYourDead"]
