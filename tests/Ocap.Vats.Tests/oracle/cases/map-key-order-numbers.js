const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const m = makeScalarBigMapStore('n');
  return Far('root', { fill(list) { list.forEach((k, i) => m.init(k, i)); return harden([...m.keys()]); }, from: k => harden([...m.keys(M.gte(k))].length), del(k) { m.delete(k); return harden([...m.entries()]); } });
}
//--- deliveries
["send","o+0","fill",[[3,-1,0,1.5,-1.5,1e+300,-1e+300,5e-324,"#Infinity","#-Infinity","#NaN",9007199254740992]],[],"p-60"]
["send","o+0","del",["#NaN"],[],"p-61"]
["send","o+0","from",[0],[],"p-62"]
["send","o+0","fill",[["#-0"]],[],"p-63"]
