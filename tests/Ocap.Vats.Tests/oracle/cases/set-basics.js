const { Far, M, makeCopyMap, makeCopySet, attempts } = __endo__;
function buildRootObject() {
  let s;
  const far = Far('f', {});
  return Far('root', {
    make() { s = VatData.makeScalarBigSetStore('set'); return s.getSize(); },
    all: () => attempts([() => s.has(1), () => s.add(1), () => s.add(1), () => s.has(1), () => s.delete(2), () => s.delete(1), () => s.add('a'), () => s.add(far), () => s.add(null), () => s.add(undefined), () => s.getSize(), () => harden([...s.keys()]), () => harden([...s.values()]), () => s.getSize(M.string()), () => harden([...s.keys(M.string())])]),
    methods: () => harden([s.__getMethodNames__(), `${s}`]),
    snapshot: () => harden([s.snapshot(), s.snapshot(M.string())]),
    addAll: () => attempts([() => s.addAll(['x', 'y', 'x']), () => s.addAll(makeCopySet(['z', 1])), () => s.addAll('pq'), () => s.addAll(makeCopyMap([])), () => s.addAll(5), () => s.addAll(new Set([7])), () => harden([...s.keys()])]),
    mutate: () => attempts([() => { for (const k of s.keys()) s.add('new'); }, () => { for (const k of s.keys()) s.delete(k); return s.getSize(); }]),
    clear() { s.addAll(['x', 'y', 1]); s.clear(M.string()); const n = s.getSize(); s.clear(); return harden([n, s.getSize()]); },
    refusals: () => attempts([harden([]), Promise.resolve(), {}].map(k => () => s.add(k))),
    shapes() { const t = VatData.makeScalarBigSetStore('shaped', { keyShape: M.string(), valueShape: M.number() }); return attempts([() => t.add('x'), () => t.add(1)]); },
    export: () => s,
  });
}
//--- deliveries
["send","o+0","make",[],[],"p-60"]
["send","o+0","all",[],[],"p-61"]
["send","o+0","methods",[],[],"p-62"]
["send","o+0","snapshot",[],[],"p-63"]
["send","o+0","addAll",[],[],"p-64"]
["send","o+0","mutate",[],[],"p-65"]
["send","o+0","clear",[],[],"p-66"]
["send","o+0","refusals",[],[],"p-67"]
["send","o+0","shapes",[],[],"p-68"]
["send","o+0","export",[],[],"p-69"]
["send","o+v4/4","add",["remote"],[],"p-70"]
["send","o+v4/4","has",["remote"],[],"p-71"]
