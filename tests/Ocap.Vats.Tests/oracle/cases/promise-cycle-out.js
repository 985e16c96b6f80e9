const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  return Far('root', { cycle() { const a = makePromiseKit(), b = makePromiseKit(); a.resolve(harden([b.promise])); b.resolve(harden({ a: a.promise })); return harden([a.promise, b.promise]); }, self() { const a = makePromiseKit(); a.resolve(harden([a.promise])); return a.promise; } });
}
//--- deliveries
["send","o+0","cycle",[],[],"p-60"]
["send","o+0","self",[],[],"p-61"]
