const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const seen = [];
  return Far('root', { watch(p) { p.then(v => seen.push(v), e => seen.push(harden([typeof e, e instanceof Error, passStyleOf(e)]))); }, seen: () => harden([...seen]) });
}
//--- deliveries
["send","o+0","watch",["&0"],["p-5"],"p-60"]
["send","o+0","watch",["&0"],["p-6"],"p-61"]
["send","o+0","watch",["&0"],["p-7"],"p-62"]
["raw",["notify",[["p-5",true,{"body":"#{\"#error\":\"no\",\"name\":\"RangeError\"}","slots":[]}]]]]
["raw",["notify",[["p-6",true,{"body":"#\"text\"","slots":[]}],["p-7",true,{"body":"#[\"$0.Alleged: z\"]","slots":["o-9"]}]]]]
["send","o+0","seen",[],[],"p-63"]
