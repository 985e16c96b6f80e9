const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const make = defineKind('virtual', () => ({}), {}); const far = Far('eph', {}); const { promise } = makePromiseKit();
  return Far('root', { tries: (o, p) => attempts([() => baggage.init('a', far), () => baggage.init('b', make()), () => baggage.init('c', promise), () => baggage.init('d', p), () => baggage.init('e', makeScalarBigMapStore('m')), () => baggage.init('f', makeScalarBigMapStore('m', { durable: true })), () => baggage.init('g', o), () => baggage.init('h', harden([[{ a: far }]]))]), can: (o, p) => harden([far, o, p, 1, 'a', make()].map(x => canBeDurable(harden(x)))) });
}
//--- deliveries
["send","o+0","tries",["$0.Alleged: o","&1"],["o-5","p-5"],"p-60"]
["send","o+0","can",["$0","&1"],["o-5","p-5"],"p-61"]
