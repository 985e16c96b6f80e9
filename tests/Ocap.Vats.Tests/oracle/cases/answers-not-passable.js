const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  return Far('root', { date: () => new Date(0), local: () => Symbol('x'), hole: () => [1, , 2], getter: () => ({ get a() { return 1; } }), method: () => ({ f() {} }), proto: () => Object.create({ a: 1 }), typed: () => new Uint8Array(1), cls: () => class A {}, deep: () => ({ a: [{ b: new Map() }] }) });
}
//--- deliveries
["send","o+0","date",[],[],"p-60"]
["send","o+0","local",[],[],"p-61"]
["send","o+0","hole",[],[],"p-62"]
["send","o+0","getter",[],[],"p-63"]
["send","o+0","method",[],[],"p-64"]
["send","o+0","proto",[],[],"p-65"]
["send","o+0","typed",[],[],"p-66"]
["send","o+0","cls",[],[],"p-67"]
["send","o+0","deep",[],[],"p-68"]
