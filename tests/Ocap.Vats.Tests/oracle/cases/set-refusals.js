const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const s = makeScalarBigSetStore('set', { keyShape: M.string() });
  return Far('root', { tries: p => attempts([() => s.add(1), () => s.add(p), () => s.add('a'), () => s.has(1), () => s.delete('b'), () => s.add([]), () => s.add(harden([])), () => s.addAll(['b', 2]), () => s.getSize()]) });
}
//--- deliveries
["send","o+0","tries",["&0"],["p-5"],"p-60"]
