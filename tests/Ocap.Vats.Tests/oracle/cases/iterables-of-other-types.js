const { Far, attempts } = __endo__;
function buildRootObject() {
  const iterator = next => ({ [Symbol.iterator]: () => ({ next }) });
  const closing = close => ({ [Symbol.iterator]: () => ({ next: () => ({ value: { no: 'pair' }, done: false }), return: close }) });
  const sources = () => [undefined, null, 5, 'ab', true, {}, { [Symbol.iterator]: 5 }, { [Symbol.iterator]: () => 5 }, { [Symbol.iterator]: () => ({}) }, iterator(5), iterator(undefined), iterator(() => 5), iterator(() => undefined),
    iterator(() => ({ done: true })), closing(5), closing(() => 5), closing(undefined), [undefined], [null], [5], [[]], [['k']], [iterator(5)], [{ [Symbol.iterator]: 5 }]];
  const makers = ['makeScalarBigMapStore', 'makeScalarBigSetStore', 'makeScalarBigWeakMapStore', 'makeScalarBigWeakSetStore'];
  const all = Object.fromEntries(makers.map(name => [name, () => attempts(sources().map(source => () => VatData[name]('s').addAll(source)))]));
  return Far('root', {
    ...all,
    none: () => attempts(makers.map(name => () => VatData[name]('s').addAll())),
  });
}
//--- deliveries
["send","o+0","makeScalarBigMapStore",[],[],"p-60"]
["send","o+0","makeScalarBigSetStore",[],[],"p-61"]
["send","o+0","makeScalarBigWeakMapStore",[],[],"p-62"]
["send","o+0","makeScalarBigWeakSetStore",[],[],"p-63"]
["send","o+0","none",[],[],"p-64"]
