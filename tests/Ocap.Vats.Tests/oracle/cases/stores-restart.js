const { Far, M, attempts } = __endo__;
const kinds = ['Map', 'WeakMap', 'Set', 'WeakSet'];
function buildRootObject(_p, _q, baggage) {
  for (const k of kinds) if (!baggage.has(k)) baggage.init(k, VatData[`makeScalarBig${k}Store`](`my ${k}`, { durable: true, keyShape: M.or(M.string(), M.remotable()) }));
  const m = baggage.get('Map'); const s = baggage.get('Set'); const w = baggage.get('WeakMap'); const ws = baggage.get('WeakSet');
  return Far('root', {
    fill(a, b) { m.init('x', a); m.init(b, 'by b'); s.add('e'); s.add(a); w.init(a, harden([b])); ws.add(b); ws.add('str'); },
    read: (a, b) => harden([[...m.entries()], [...s.keys()], w.get(a), ws.has(b), ws.has(a), ws.has('str'), m.getSize(), s.getSize()]),
    refuse: () => attempts([() => m.init(5, 1), () => s.add(null), () => w.init(5, 1)]),
    change(a) { m.set('x', 'changed'); s.delete(a); w.delete(a); },
    virtual() { baggage.get('Map').init('virt', VatData.makeScalarBigMapStore('virtual')); },
  });
}
//--- deliveries
["send","o+0","fill",["$0.Alleged: a","$1.Alleged: b"],["o-5","o-6"],"p-60"]
["restart"]
["send","o+0","read",["$0","$1"],["o-5","o-6"],"p-61"]
["send","o+0","refuse",[],[],"p-62"]
["send","o+0","change",["$0"],["o-5"],"p-63"]
["restart"]
["bringOutYourDead"]
["send","o+0","read",["$0","$1"],["o-5","o-6"],"p-64"]
["send","o+0","virtual",[],[],"p-65"]
["send","o+d6/4","getSize",[],[],"p-66"]
