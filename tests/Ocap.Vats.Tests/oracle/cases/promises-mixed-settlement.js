const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const kept = {};
  return Far('root', {
    make: n => new Promise((resolve, reject) => { kept[n] = { resolve, reject }; }), resolve: (n, v) => kept[n].resolve(v), reject: (n, v) => kept[n].reject(v),
    all: ps => Promise.all(ps), any: ps => Promise.any(ps), race: ps => Promise.race(ps), settled: async ps => harden((await Promise.allSettled(ps)).map(({ status, value, reason }) => ({ status, value, reason: reason?.message }))),
  });
}
//--- deliveries
["send","o+0","make",["a"],[],"p-60"]
["send","o+0","make",["b"],[],"p-61"]
["send","o+0","resolve",["a","&0"],["p-9"],"p-62"]
["send","o+0","reject",["b",{"#error":"no","name":"Error"}],[],"p-63"]
["notify",["p-9",false,7]]
["send","o+0","all",[["&0",1]],["p-10"],"p-64"]
["send","o+0","any",[["&0","&1"]],["p-11","p-12"],"p-65"]
["send","o+0","race",[["&0"]],["p-13"],"p-66"]
["send","o+0","settled",[["&0","&1",5]],["p-14","p-15"],"p-67"]
["notify",["p-10",false,"x"],["p-12",false,"second"],["p-11",true,{"#error":"e1","name":"Error"}]]
["notify",["p-13",true,"r"],["p-14",false,1],["p-15",true,{"#error":"e3","name":"Error"}]]
