const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const s = makeScalarBigSetStore('s');
  return Far('root', {
    fill(list) { s.addAll(list); return s.getSize(); },
    walk() { const seen = []; for (const k of s.keys()) { seen.push(k); attempt(() => s.delete(k)); } return harden([seen, [...s.values()]]); },
    twice(k) { s.add(k); s.add(k); return s.getSize(); },
  });
}
//--- deliveries
["send","o+0","fill",[["c","a","b"]],[],"p-60"]
["send","o+0","walk",[],[],"p-61"]
["send","o+0","twice",["q"],[],"p-62"]
