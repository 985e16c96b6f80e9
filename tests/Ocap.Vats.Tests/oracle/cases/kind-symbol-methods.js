const { Far, attempt } = __endo__;
function buildRootObject() {
  class Base { inherited({ state }) { return `inherited ${state.n}`; } }
  class Sub extends Base { own({ state }) { return `own ${state.n}`; } get(_c, x) { return x; } }
  const make = VatData.defineKind('sym', n => ({ n }), { [Symbol.asyncIterator]: ({ state }) => `iter ${state.n}`, [Symbol.for('foo')]: () => 'foo', a: () => 'a' });
  const fromClass = VatData.defineKind('cls', n => ({ n }), Sub.prototype);
  return Far('root', { make: n => make(n), cls: n => attempt(() => fromClass(n)), names: () => harden([make(1).__getMethodNames__().map(String)]) });
}
//--- deliveries
["send","o+0","make",[4],[],"p-60"]
["send","o+v10/1","%@@asyncIterator",[],[],"p-61"]
["send","o+v10/1","%foo",[],[],"p-62"]
["send","o+0","names",[],[],"p-63"]
["send","o+0","cls",[1],[],"p-64"]
