const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const m = makeScalarBigMapStore('t');
  return Far('root', { fill(list) { list.forEach((k, i) => m.init(k, i)); return harden([...m.keys()]); } });
}
//--- deliveries
["send","o+0","fill",[["","a","A","b|c","|","vc.1.sx"," ","é","￿","a\u0000b","zz","!!x"]],[],"p-60"]
