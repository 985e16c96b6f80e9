const { Far, M, attempt } = __endo__;
function buildRootObject() {
  const make = (name, ...args) => attempt(() => `${VatData[name](...args)}`);
  return Far('root', {
    defaults: () => harden(['makeScalarBigMapStore', 'makeScalarBigWeakMapStore', 'makeScalarBigSetStore', 'makeScalarBigWeakSetStore'].map(n => make(n))),
    durable: () => harden(['makeScalarBigMapStore', 'makeScalarBigWeakMapStore', 'makeScalarBigSetStore', 'makeScalarBigWeakSetStore'].map(n => make(n, 'd', { durable: true }))),
    labels: () => harden([5, null, {}, '', true, undefined].map(l => make('makeScalarBigMapStore', l))),
    options: () => harden([undefined, {}, { durable: 1 }, { durable: '' }, { other: 1 }, 5, 'x'].map(o => make('makeScalarBigMapStore', 'l', o))),
    frozen() { const o = { valueShape: [M.any()] }; VatData.makeScalarBigMapStore('f', o); return harden([Object.isFrozen(o), Object.isFrozen(o.valueShape)]); },
  });
}
//--- deliveries
["send","o+0","defaults",[],[],"p-60"]
["send","o+0","durable",[],[],"p-61"]
["send","o+0","labels",[],[],"p-62"]
["send","o+0","options",[],[],"p-63"]
["send","o+0","frozen",[],[],"p-64"]
