const { Far, M, makeTagged, attempts } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('typed', { valueShape: M.splitRecord({ name: M.string() }, { age: M.nat() }) });
  const values = [harden({ name: 'a' }), harden({ name: 'a', age: 5n }), harden({ name: 'a', age: 5 }), harden({ name: 1 }), harden({ age: 1n }), harden({ name: 'x', more: [1] }), 'text', undefined, harden([])];
  return Far('root', {
    init: () => attempts(values.map((value, i) => () => m.init(`k${i}`, value))),
    set: () => attempts(values.map(value => () => m.set('k0', value))),
    all: () => harden([...m.entries()]),
    unhardened: () => attempts([() => m.init('u', { name: 'a' }), () => m.set('k0', { name: 'soft', age: 3n }), () => m.get('k0')]),
    bad: () => attempts([Promise.resolve(), makeTagged('t', 5), 0, null, '', undefined].map(valueShape => () => `${VatData.makeScalarBigMapStore('bad', { valueShape })}`)),
  });
}
//--- deliveries
["send","o+0","init",[],[],"p-60"]
["send","o+0","set",[],[],"p-61"]
["send","o+0","all",[],[],"p-62"]
["send","o+0","unhardened",[],[],"p-63"]
["send","o+0","bad",[],[],"p-64"]
