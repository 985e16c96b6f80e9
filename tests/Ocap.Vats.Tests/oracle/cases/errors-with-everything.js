const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  return Far('root', { all: () => harden([Error('e'), TypeError('t'), RangeError(''), SyntaxError('s'), ReferenceError('r'), URIError('u'), EvalError('v'), AggregateError([Error('in')], 'agg'), Error('cause', { cause: Error('inner') })]), odd() { const e = Error('odd'); e.name = 'Strange'; return harden(e); }, thrown() { throw harden(Object.assign(Error('extra'), {})); } });
}
//--- deliveries
["send","o+0","all",[],[],"p-60"]
["send","o+0","odd",[],[],"p-61"]
["send","o+0","thrown",[],[],"p-62"]
