const { Far } = __endo__;
function buildRootObject() {
  const make = VatData.defineKindMulti('f', x => ({ x }), { a: { get: ({ state }) => state.x }, b: { peer: ({ facets }) => facets.a }, c: { m() {} } });
  let w = new WeakMap();
  const store = VatData.makeScalarBigWeakMapStore('w');
  return Far('root', { a: x => make(x).a, b: x => make(x).b, all: x => harden({ ...make(x) }), weak(o, v) { w.set(o, v); store.init(o, v); }, has: o => harden([w.has(o), w.get(o), store.has(o)]), nothing() {} });
}
//--- deliveries
["send","o+0","a",["$0.Alleged: x"],["o-5"],"p-60"]
["send","o+0","b",["y"],[],"p-61"]
["send","o+0","all",["z"],[],"p-62"]
["send","o+0","weak",["$0","$1.Alleged: v"],["o+v10/1:0","o-6"],"p-63"]
["send","o+0","weak",["$0","plain"],["o+v10/3:2"],"p-64"]
["send","o+0","has",["$0"],["o+v10/1:0"],"p-65"]
["send","o+0","nothing",[],[],"p-66"]
["dropExports","o+v10/1:0"]
["send","o+0","nothing",[],[],"p-67"]
["bringOutYourDead"]
["dropExports","o+v10/3:1","o+v10/3:2"]
["send","o+0","nothing",[],[],"p-68"]
["bringOutYourDead"]
["send","o+v10/3:0","get",[],[],"p-69"]
["dropExports","o+v10/3:0"]
["retireExports","o+v10/3:0"]
["send","o+0","nothing",[],[],"p-70"]
["bringOutYourDead"]
["send","o+v10/2:1","peer",[],[],"p-71"]
["dropExports","o+v10/2:1"]
["send","o+0","nothing",[],[],"p-72"]
["bringOutYourDead"]
["dropExports","o+v10/2:0"]
["retireExports","o+v10/2:1"]
["send","o+0","nothing",[],[],"p-73"]
["bringOutYourDead"]
