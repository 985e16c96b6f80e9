const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  let kept;
  return Far('root', { keep(p) { kept = p; return E(p).method(1); }, again: () => E(kept).method(2) });
}
//--- deliveries
["send","o+0","keep",["&0"],["p-5"],"p-60"]
["raw",["notify",[["p-5",false,{"body":"#{\"a\":1}","slots":[]}]]]]
["send","o+0","again",[],[],"p-61"]
["send","o+0","keep",["&0"],["p-6"],"p-62"]
["raw",["notify",[["p-6",true,{"body":"#{\"#error\":\"gone\",\"name\":\"Error\"}","slots":[]}]]]]
["send","o+0","again",[],[],"p-63"]
