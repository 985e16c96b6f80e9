const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  return Far('root', { tries: o => attempts([() => harden({ get a() { return 1; } }), () => passStyleOf(harden({ get a() { return 1; } })), () => passStyleOf(harden([1, , 3])), () => passStyleOf(Symbol('local')), () => passStyleOf(new Date(0)), () => passStyleOf(/x/), () => passStyleOf(harden(Object.create({ inherited: 1 }))), () => passStyleOf(harden({ f() {} })), () => passStyleOf([]), () => passStyleOf(harden(class A {})), () => passStyleOf(harden(new Uint8Array(2))), () => passStyleOf(harden(Object.assign([1], { extra: 1 })))]).map(x => `${typeof x}`.length ? x : x) });
}
//--- deliveries
["send","o+0","tries",["$0.Alleged: o"],["o-5"],"p-60"]
