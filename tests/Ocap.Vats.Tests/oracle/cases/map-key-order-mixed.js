const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const m = makeScalarBigMapStore('x');
  return Far('root', { fill(list) { list.forEach((k, i) => attempt(() => m.init(k, i))); return harden([...m.keys()]); }, size: () => m.getSize(), sizes: () => harden([m.getSize(M.string()), m.getSize(M.bigint()), m.getSize(M.remotable())]) });
}
//--- deliveries
["send","o+0","fill",[["b","+5",5,"$0.Alleged: k",true,false,null,"#undefined","%foo","%@@asyncIterator","$1","a","-5",-5]],["o-5","o-6"],"p-60"]
["send","o+0","size",[],[],"p-61"]
["send","o+0","sizes",[],[],"p-62"]
