const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const m = makeScalarBigMapStore('label of it', { valueShape: M.number() });
  return Far('root', { tries: () => attempts([() => m.get('a'), () => m.set('a', 1), () => m.delete('a'), () => m.init('a', 'no'), () => m.init('a', 1), () => m.init('a', 2), () => m.set('a', 'x'), () => m.set('a', 3), () => m.get('a'), () => m.delete('a')]) });
}
//--- deliveries
["send","o+0","tries",[],[],"p-60"]
