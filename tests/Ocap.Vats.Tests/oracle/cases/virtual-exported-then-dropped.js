const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const make = defineKind('thing', n => ({ n }), { get: ({ state }) => state.n });
  const kept = makeScalarBigMapStore('kept');
  return Far('root', { make: n => make(n), keep(n) { kept.init(n, make(n)); return kept.get(n); }, unkeep(n) { kept.delete(n); } });
}
//--- deliveries
["send","o+0","make",[1],[],"p-60"]
["send","o+0","keep",[2],[],"p-61"]
["bringOutYourDead"]
["dropExports","o+v10/1"]
["bringOutYourDead"]
["retireExports","o+v10/1"]
["dropExports","o+v10/2"]
["bringOutYourDead"]
["send","o+0","unkeep",[2],[],"p-62"]
["bringOutYourDead"]
["retireExports","o+v10/2"]
["bringOutYourDead"]
