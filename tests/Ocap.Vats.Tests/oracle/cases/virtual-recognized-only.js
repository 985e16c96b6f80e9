const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const make = defineKind('key', () => ({}), { hi: () => 'hi' });
  const w = makeScalarBigWeakMapStore('w'); const strong = makeScalarBigMapStore('s');
  return Far('root', { put() { const k = make(); w.init(k, 'value'); strong.init('k', k); }, see: () => w.get(strong.get('k')), drop() { strong.delete('k'); } });
}
//--- deliveries
["send","o+0","put",[],[],"p-60"]
["bringOutYourDead"]
["send","o+0","see",[],[],"p-61"]
["send","o+0","drop",[],[],"p-62"]
["bringOutYourDead"]
["bringOutYourDead"]
