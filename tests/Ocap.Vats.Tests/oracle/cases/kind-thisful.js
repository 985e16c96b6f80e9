const { Far, attempt } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('t', n => ({ n }), { get(...args) { return harden([this.state.n, args]); }, self() { return this.self; }, soft() { return [1]; }, bad() { return () => {}; }, len(a, b, c) { return [a, b, c]; } }, { thisfulMethods: true });
  const makeMulti = VatData.defineKindMulti('tm', n => ({ n }), { a: { get() { return this.state.n; } }, b: { other() { return this.facets.a.get(); } } }, { thisfulMethods: true });
  return Far('root', {
    make: n => make(n), multi: n => makeMulti(n).b,
    local: () => { const o = make(1); return harden([attempt(() => Object.isFrozen(o.soft())), attempt(() => o.bad()), attempt(() => o.get(() => {})), attempt(() => o.get([])), o.len.length, o.get.name, o.get.length]); },
  });
}
//--- deliveries
["send","o+0","make",[3],[],"p-60"]
["send","o+v10/1","get",["x",["y"]],[],"p-61"]
["send","o+v10/1","self",[],[],"p-62"]
["send","o+v10/1","bad",[],[],"p-63"]
["send","o+0","multi",[9],[],"p-64"]
["send","o+v11/1:1","other",[],[],"p-65"]
["send","o+0","local",[],[],"p-66"]
