const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const m = makeScalarBigMapStore('b');
  return Far('root', { fill(list) { list.forEach((k, i) => m.init(k, i)); return harden([...m.keys()]); }, has: list => harden(list.map(k => m.has(k))) });
}
//--- deliveries
["send","o+0","fill",[["+0","+1","-1","+9","+10","-9","-10","+99999999999","-99999999999","+777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777","-777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777"]],[],"p-60"]
["send","o+0","has",[["+1","+2",1,"-10"]],[],"p-61"]
