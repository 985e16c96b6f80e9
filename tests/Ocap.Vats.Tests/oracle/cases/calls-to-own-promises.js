const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const kit = makePromiseKit();
  return Far('root', { p: () => kit.promise, use: () => E(kit.promise).hello(1), fill(o) { kit.resolve(o); }, self: () => { kit.resolve(Far('mine', { hello: n => n + 1 })); } });
}
//--- deliveries
["send","o+0","p",[],[],"p-60"]
["send","o+0","use",[],[],"p-61"]
["send","o+0","self",[],[],"p-62"]
["send","o+0","use",[],[],"p-63"]
