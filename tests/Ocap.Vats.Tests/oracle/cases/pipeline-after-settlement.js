const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  let kept;
  return Far('root', { keep(p) { kept = p; E(kept).early(1); }, late: () => E(kept).late(2), get: () => E.get(kept).prop });
}
//--- deliveries
["send","o+0","keep",["&0"],["p-5"],"p-60"]
["raw",["notify",[["p-5",false,{"body":"#\"$0.Alleged: o\"","slots":["o-9"]}]]]]
["send","o+0","late",[],[],"p-61"]
["send","o+0","get",[],[],"p-62"]
