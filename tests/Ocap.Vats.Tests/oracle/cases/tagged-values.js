const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  return Far('root', { echo: (...a) => harden(a), make: t => makeTagged(t, harden({ a: [1n, undefined] })), kinds: (...a) => harden(a.map(x => passStyleOf(x))), set: () => makeCopySet(['b', 'a']), map: () => makeCopyMap([['k', 1], ['j', 2]]) });
}
//--- deliveries
["send","o+0","make",["x"],[],"p-60"]
["send","o+0","echo",[{"#tag":"t","payload":{"b":1,"a":"$0.Alleged: z"}}],["o-5"],"p-61"]
["send","o+0","kinds",[{"#tag":"copySet","payload":["b","a"]},{"#tag":"copySet","payload":["a","b"]},{"#tag":"any","payload":null}],[],"p-62"]
["send","o+0","set",[],[],"p-63"]
["send","o+0","map",[],[],"p-64"]
