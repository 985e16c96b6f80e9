const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const make = defineKind('cell', v => ({ v }), { get: ({ state }) => state.v, set({ state }, v) { state.v = v; } });
  const top = makeScalarBigMapStore('top');
  return Far('root', { chain(n) { let c = make('end'); for (let i = 0; i < n; i += 1) c = make(c); top.init('c', c); }, cut() { top.get('c').set('cut'); }, drop() { top.delete('c'); } });
}
//--- deliveries
["send","o+0","chain",[4],[],"p-60"]
["bringOutYourDead"]
["send","o+0","cut",[],[],"p-61"]
["bringOutYourDead"]
["send","o+0","drop",[],[],"p-62"]
["bringOutYourDead"]
