const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  return Far('root', { see: o => getInterfaceOf(o), call: o => E(o).ping() });
}
//--- deliveries
["send","o+0","see",["$0.Alleged: a"],["o-5"],"p-60"]
["send","o+0","see",["$0.Alleged: b"],["o-5"],"p-61"]
["send","o+0","call",["$0"],["o-5"],"p-62"]
