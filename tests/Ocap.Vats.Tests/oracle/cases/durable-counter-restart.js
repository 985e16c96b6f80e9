const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const handle = baggage.has('h') ? baggage.get('h') : makeKindHandle('counter'); if (!baggage.has('h')) baggage.init('h', handle);
  const make = defineDurableKind(handle, n => ({ n }), { inc({ state }, by) { state.n += by; return state.n; } });
  return Far('root', { make: n => { const c = make(n); if (!baggage.has('c')) baggage.init('c', c); return c; }, inc: by => baggage.get('c').inc(by) });
}
//--- deliveries
["send","o+0","make",[5],[],"p-60"]
["send","o+0","inc",[2],[],"p-61"]
["restart"]
["send","o+0","inc",["#NaN"],[],"p-62"]
["send","o+0","inc",[3],[],"p-63"]
["bringOutYourDead"]
["restart"]
["send","o+0","inc",[1],[],"p-64"]
