const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const w = makeScalarBigWeakMapStore('w');
  return Far('root', { put(k, v) { w.init(k, v); }, get: k => w.get(k), set(k, v) { w.set(k, v); }, del(k) { w.delete(k); } });
}
//--- deliveries
["send","o+0","put",["$0.Alleged: k","$1.Alleged: v"],["o-5","o-6"],"p-60"]
["send","o+0","get",["$0"],["o-5"],"p-61"]
["send","o+0","set",["$0","$1.Alleged: v2"],["o-5","o-7"],"p-62"]
["send","o+0","del",["$0"],["o-5"],"p-63"]
