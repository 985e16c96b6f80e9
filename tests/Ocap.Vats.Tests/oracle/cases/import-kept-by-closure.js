const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  let held; const set = new Set();
  return Far('root', { hold(o) { held = o; }, release() { held = undefined; }, add(o) { set.add(o); }, clear() { set.clear(); } });
}
//--- deliveries
["send","o+0","hold",["$0.Alleged: a"],["o-5"],"p-60"]
["send","o+0","add",["$0.Alleged: b"],["o-6"],"p-61"]
["send","o+0","release",[],[],"p-62"]
["send","o+0","clear",[],[],"p-63"]
