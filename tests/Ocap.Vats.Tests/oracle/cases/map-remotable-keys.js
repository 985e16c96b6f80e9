const { Far, attempt, attempts } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('refs');
  const local = Far('local', {});
  const other = Far('other', {});
  return Far('root', {
    put: (k, v) => m.init(k, v),
    putLocal() { m.init(local, 'local'); m.init(other, 'other'); return harden([...m.keys()]); },
    has: k => harden([m.has(k), m.has(local), m.has(other), m.has(Far('unknown', {}))]),
    get: k => attempt(() => m.get(k)),
    getUnknown: () => attempts([() => m.get(Far('unknown', {})), () => m.set(Far('unknown', {}), 1), () => m.delete(Far('unknown', {}))]),
    drop: k => m.delete(k),
    dropLocal: () => m.delete(local),
    keys: () => harden([...m.keys()]),
    order() { for (const k of ['s', 1, null, 2n]) m.init(k, typeof k); return harden([...m.entries()]); },
  });
}
//--- deliveries
["send","o+0","put",["$0.Alleged: a",1],["o-5"],"p-60"]
["send","o+0","put",["$0.Alleged: b","$1.Alleged: c"],["o-6","o-7"],"p-61"]
["send","o+0","put",["$0.Alleged: a",2],["o-5"],"p-62"]
["send","o+0","putLocal",[],[],"p-63"]
["send","o+0","has",["$0"],["o-5"],"p-64"]
["send","o+0","get",["$0"],["o-5"],"p-65"]
["send","o+0","get",["$0"],["o-9"],"p-66"]
["send","o+0","get",["$0"],["o-5"],"p-67"]
["send","o+0","getUnknown",[],[],"p-68"]
["send","o+0","drop",["$0"],["o-5"],"p-69"]
["send","o+0","put",["$0.Alleged: a",3],["o-5"],"p-70"]
["send","o+0","keys",[],[],"p-71"]
["send","o+0","dropLocal",[],[],"p-72"]
["send","o+0","order",[],[],"p-73"]
["bringOutYourDead"]
