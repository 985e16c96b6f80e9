const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const s = makeScalarBigWeakSetStore('ws');
  return Far('root', { tries: (o, p) => attempts([() => s.add('a'), () => s.add(1), () => s.add(p), () => s.add(o), () => s.has(o), () => s.has('a'), () => s.delete(o), () => s.delete(o), () => s.has(o)]) });
}
//--- deliveries
["send","o+0","tries",["$0.Alleged: o","&1"],["o-5","p-5"],"p-60"]
