const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const handle = baggage.has('h') ? baggage.get('h') : makeKindHandle('watcher'); if (!baggage.has('h')) baggage.init('h', handle);
  const make = defineDurableKind(handle, () => ({ seen: [] }), { onFulfilled({ state }, v, ...a) { state.seen = harden([...state.seen, ['f', v, ...a]]); }, onRejected({ state }, r, ...a) { state.seen = harden([...state.seen, ['r', `${r}`, ...a]]); }, seen: ({ state }) => state.seen });
  return Far('root', { start() { baggage.init('w', make()); }, watch(p, ...a) { watchPromise(p, baggage.get('w'), ...a); }, seen: () => baggage.get('w').seen() });
}
//--- deliveries
["send","o+0","start",[],[],"p-60"]
["send","o+0","watch",["&0","one"],["p-5"],"p-61"]
["send","o+0","watch",["&0","two"],["p-5"],"p-62"]
["send","o+0","watch",["&0"],["p-6"],"p-63"]
["raw",["notify",[["p-5",false,{"body":"#7","slots":[]}]]]]
["restart"]
["raw",["notify",[["p-6",true,{"body":"#{\"#error\":\"x\",\"name\":\"Error\"}","slots":[]}]]]]
["send","o+0","seen",[],[],"p-64"]
