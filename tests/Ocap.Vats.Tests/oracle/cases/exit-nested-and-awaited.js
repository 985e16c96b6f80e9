const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const helper = Far('helper', { quit: v => { vatPowers.exitVat(v); return 'quit'; } });
  return Far('root', { nested: () => helper.quit(1), eventual: () => E(helper).quit(2), reject: () => { vatPowers.exitVatWithFailure(harden({ why: 'this' })); throw Error('then'); }, afterAwait: async () => { await null; await null; vatPowers.exitVat('late'); await null; return 'never'; } });
}
//--- deliveries
["send","o+0","nested",[],[],"p-60"]
["send","o+0","eventual",[],[],"p-61"]
["send","o+0","reject",[],[],"p-63"]
["send","o+0","afterAwait",[],[],"p-64"]
