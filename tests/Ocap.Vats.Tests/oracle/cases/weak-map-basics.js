const { Far, attempt, attempts } = __endo__;
function buildRootObject() {
  const w = VatData.makeScalarBigWeakMapStore('w');
  const local = Far('local', {});
  return Far('root', {
    put: (k, v) => attempt(() => w.init(k, v)),
    get: k => attempt(() => w.get(k)),
    set: (k, v) => attempt(() => w.set(k, v)),
    has: k => w.has(k),
    del: k => attempt(() => w.delete(k)),
    local: () => attempts([() => w.init(local, 'l'), () => w.get(local), () => w.has(Far('n', {})), () => w.get(Far('n', {})), () => w.delete(local), () => w.has(local)]),
    scalars: () => attempts([() => w.init('s', 1), () => w.get('s'), () => w.init(5n, 2), () => w.init(harden([]), 3)]),
    addAll: () => attempts([() => w.addAll([[local, 1], ['t', 2]]), () => w.get(local), () => w.addAll(5)]),
    methods: () => harden([w.__getMethodNames__(), `${w}`, w.keys]),
  });
}
//--- deliveries
["send","o+0","put",["$0.Alleged: a",1],["o-5"],"p-60"]
["send","o+0","put",["$0.Alleged: a",2],["o-5"],"p-61"]
["send","o+0","put",["$0.Alleged: b","$1.Alleged: v"],["o-6","o-7"],"p-62"]
["send","o+0","get",["$0"],["o-5"],"p-63"]
["send","o+0","get",["$0"],["o-9"],"p-64"]
["send","o+0","set",["$0","changed"],["o-5"],"p-65"]
["send","o+0","set",["$0","$1"],["o-6","o-8"],"p-66"]
["send","o+0","has",["$0"],["o-6"],"p-67"]
["send","o+0","has",["$0"],["o-9"],"p-68"]
["send","o+0","del",["$0"],["o-6"],"p-69"]
["send","o+0","del",["$0"],["o-6"],"p-70"]
["send","o+0","local",[],[],"p-71"]
["send","o+0","scalars",[],[],"p-72"]
["send","o+0","addAll",[],[],"p-73"]
["send","o+0","methods",[],[],"p-74"]
