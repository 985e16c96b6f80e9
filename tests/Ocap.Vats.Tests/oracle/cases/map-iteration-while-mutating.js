const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const m = makeScalarBigMapStore('m');
  return Far('root', {
    fill(n) { for (let i = 0; i < n; i += 1) m.init(i, i); },
    add() { const seen = []; for (const k of m.keys()) { seen.push(k); if (k === 2) m.init(2.5, 'new'); if (k === 3) m.init(1.5, 'behind'); } return harden(seen); },
    del() { const seen = []; for (const [k] of m.entries()) { seen.push(k); if (m.has(k + 1)) m.delete(k + 1); } return harden(seen); },
    clear() { const seen = []; for (const k of m.keys()) { seen.push(k); m.clear(); } return harden(seen); },
  });
}
//--- deliveries
["send","o+0","fill",[6],[],"p-60"]
["send","o+0","add",[],[],"p-61"]
["send","o+0","del",[],[],"p-62"]
["send","o+0","clear",[],[],"p-63"]
