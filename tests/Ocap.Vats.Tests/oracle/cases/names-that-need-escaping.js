const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  return Far('root', { echo: (...a) => harden(a), make: () => harden({ '': 1, '#x': 2, '!y': 3, '$0': 4, '&0': 5, '%s': 6, '+1': 7, '-1': 8, constructor: 9, __proto__x: 10, 'then': 'x' }), texts: () => harden(['', '#', '!', '$', '&', '%', '+', '-', '!!', "'", '(', ',']) });
}
//--- deliveries
["send","o+0","make",[],[],"p-60"]
["send","o+0","texts",[],[],"p-61"]
["send","o+0","echo",[{"!#x":1,"!!y":2,"plain":"!#z"}],[],"p-62"]
