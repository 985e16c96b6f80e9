const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const w = makeScalarBigWeakMapStore('w');
  return Far('root', { put(k, v) { w.init(k, v); } });
}
//--- deliveries
["send","o+0","put",["$0.Alleged: k","$1.Alleged: v"],["o-5","o-6"],"p-60"]
["bringOutYourDead"]
["retireImports","o-5"]
["bringOutYourDead"]
