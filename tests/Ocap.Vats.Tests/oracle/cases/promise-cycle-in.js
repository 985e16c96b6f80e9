const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const seen = [];
  return Far('root', { watch(p) { p.then(v => seen.push(v.length), e => seen.push(`${e}`)); }, seen: () => harden([...seen]) });
}
//--- deliveries
["send","o+0","watch",["&0"],["p-5"],"p-60"]
["raw",["notify",[["p-5",false,{"body":"#[\"&0\",\"&1\"]","slots":["p-6","p-5"]}],["p-6",false,{"body":"#[\"&0\"]","slots":["p-5"]}]]]]
["send","o+0","seen",[],[],"p-61"]
