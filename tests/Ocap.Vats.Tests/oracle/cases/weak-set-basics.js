const { Far, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const w = VatData.makeScalarBigWeakSetStore('w');
  const local = Far('local', {});
  return Far('root', {
    add: k => attempt(() => w.add(k)),
    has: k => w.has(k),
    del: k => attempt(() => w.delete(k)),
    local: () => attempts([() => w.add(local), () => w.has(local), () => w.add(local), () => w.delete(local), () => w.has(local)]),
    scalars: () => attempts([() => w.add('s'), () => w.has('s'), () => w.add(harden({}))]),
    addAll: () => attempts([() => w.addAll([local, 't']), () => w.has(local), () => w.addAll(makeCopySet(['u'])), () => w.has('u')]),
    methods: () => harden([w.__getMethodNames__(), `${w}`]),
  });
}
//--- deliveries
["send","o+0","add",["$0.Alleged: a"],["o-5"],"p-60"]
["send","o+0","add",["$0.Alleged: a"],["o-5"],"p-61"]
["send","o+0","has",["$0"],["o-5"],"p-62"]
["send","o+0","has",["$0"],["o-6"],"p-63"]
["send","o+0","del",["$0"],["o-5"],"p-64"]
["send","o+0","del",["$0"],["o-5"],"p-65"]
["send","o+0","local",[],[],"p-66"]
["send","o+0","scalars",[],[],"p-67"]
["send","o+0","addAll",[],[],"p-68"]
["send","o+0","methods",[],[],"p-69"]
