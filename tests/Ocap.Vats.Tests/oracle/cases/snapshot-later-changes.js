const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const m = makeScalarBigMapStore('m'); const s = makeScalarBigSetStore('s'); let kept;
  return Far('root', { fill() { m.init('b', 1); m.init('a', harden(['x'])); s.add('q'); }, snap() { kept = m.snapshot(); m.set('b', 2); m.init('c', 3); return harden([kept, s.snapshot()]); }, again: () => harden([kept, m.snapshot(M.lte('b'))]) });
}
//--- deliveries
["send","o+0","fill",[],[],"p-60"]
["send","o+0","snap",[],[],"p-61"]
["send","o+0","again",[],[],"p-62"]
