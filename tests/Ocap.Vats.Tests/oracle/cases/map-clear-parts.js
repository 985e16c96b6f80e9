const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const m = makeScalarBigMapStore('m');
  return Far('root', { fill(n) { for (let i = 0; i < n; i += 1) m.init(i, `v${i}`); return m.getSize(); }, clear: p => { m.clear(p === undefined ? undefined : M.gte(p)); return harden([...m.entries()]); }, values: (k, v) => harden([...m.values(k === undefined ? undefined : M.lt(k), v)]) });
}
//--- deliveries
["send","o+0","fill",[8],[],"p-60"]
["send","o+0","values",[3],[],"p-61"]
["send","o+0","values",["#undefined","v5"],[],"p-62"]
["send","o+0","clear",[5],[],"p-63"]
["send","o+0","clear",[],[],"p-64"]
["send","o+0","fill",[2],[],"p-65"]
