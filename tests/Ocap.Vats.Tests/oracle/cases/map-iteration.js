const { Far, attempts } = __endo__;
function buildRootObject() {
  const fill = () => { const m = VatData.makeScalarBigMapStore('it'); for (let i = 0; i < 5; i += 1) m.init(i, i * 10); return m; };
  return Far('root', {
    deleting() { const m = fill(); const seen = []; for (const k of m.keys()) { seen.push(k); m.delete(k); } return harden([seen, m.getSize()]); },
    deletingNext() { const m = fill(); const seen = []; for (const k of m.keys()) { seen.push(k); if (m.has(k + 1)) m.delete(k + 1); } return harden([seen, m.getSize()]); },
    setting() { const m = fill(); const seen = []; for (const [k, v] of m.entries()) { seen.push([k, v]); m.set(k, v + 1); if (m.has(k + 1)) m.set(k + 1, -1); } return harden(seen); },
    adding: () => attempts([() => { const m = fill(); for (const k of m.keys()) m.init(`x${k}`, 1); }]),
    addingFirst: () => { const m = fill(); const it = m.keys(); m.init('x', 1); return harden([...it]); },
    addingAfterFirst: () => attempts([() => { const m = fill(); const it = m.keys(); it.next(); m.init('x', 1); return it.next(); }]),
    failedAdding: () => attempts([() => { const m = fill(); const it = m.keys(); it.next(); try { m.init(3, 1); } catch { m.has(3); } return harden(it.next()); }]),
    breaking() { const m = fill(); for (const k of m.keys()) { if (k === 2) break; } const it = m.values(); it.next(); const r = it.return('r'); return harden([r, it.next()]); },
    nested() { const m = fill(); const seen = []; for (const a of m.keys()) for (const b of m.values()) seen.push(a + b); return harden(seen); },
    deleteAndAdd: () => attempts([() => { const m = fill(); const seen = []; for (const k of m.keys()) { seen.push(k); if (k === 1) { m.delete(2); m.init(2, 'new'); } } return harden(seen); }]),
    shape() { const it = fill().keys(); return harden([typeof it[Symbol.iterator], it[Symbol.iterator]() === it, it.next(), typeof it.return]); },
    clearing() { const m = fill(); const seen = []; for (const k of m.keys()) { seen.push(k); m.clear(); } return harden(seen); },
  });
}
//--- deliveries
["send","o+0","deleting",[],[],"p-60"]
["send","o+0","deletingNext",[],[],"p-61"]
["send","o+0","setting",[],[],"p-62"]
["send","o+0","adding",[],[],"p-63"]
["send","o+0","addingFirst",[],[],"p-64"]
["send","o+0","addingAfterFirst",[],[],"p-65"]
["send","o+0","failedAdding",[],[],"p-66"]
["send","o+0","breaking",[],[],"p-67"]
["send","o+0","nested",[],[],"p-68"]
["send","o+0","deleteAndAdd",[],[],"p-69"]
["send","o+0","shape",[],[],"p-70"]
["send","o+0","clearing",[],[],"p-71"]
