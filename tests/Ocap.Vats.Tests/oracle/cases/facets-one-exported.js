const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const make = defineKindMulti('pair', () => ({ n: 0 }), { up: { inc({ state }) { state.n += 1; return state.n; } }, down: { dec({ state }) { state.n -= 1; return state.n; }, other: ({ facets }) => facets.up } });
  return Far('root', { up: () => make().up, down: () => make().down, both: () => { const { up, down } = make(); return harden([up, down]); } });
}
//--- deliveries
["send","o+0","up",[],[],"p-60"]
["send","o+0","down",[],[],"p-61"]
["send","o+0","both",[],[],"p-62"]
["bringOutYourDead"]
["send","o+v10/2:0","dec",[],[],"p-63"]
["send","o+v10/2:0","other",[],[],"p-64"]
