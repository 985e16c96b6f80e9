const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  return Far('root', { put(k, v) { baggage.init(k, v); }, call: (k, ...a) => E(baggage.get(k)).hello(...a), drop(k) { baggage.delete(k); } });
}
//--- deliveries
["send","o+0","put",["x","$0.Alleged: far"],["o-5"],"p-60"]
["restart"]
["send","o+0","call",["x",1],[],"p-61"]
["send","o+0","drop",["x"],[],"p-62"]
["restart"]
