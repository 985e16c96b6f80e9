const { Far, attempts } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('r', n => ({ n }), { get: ({ state }) => state.n });
  const makeOther = VatData.defineKindMulti('o', n => ({ n }), { a: { get: ({ state }) => state.n }, b: { get: ({ state }) => -state.n } });
  return Far('root', {
    apply(presence) { const x = make(1); const y = make(2); const o = makeOther(3); const p = makeOther(4); return attempts([() => x.get.call(y), () => x.get.call({}), () => x.get.call(undefined), () => x.get.call(null), () => x.get.call(5), () => x.get.call(Far('f', {})), () => o.a.get.call(p.a), () => o.a.get.call(p.b), () => o.b.get.call(o.a), () => o.a.get.call(o), () => Object.getPrototypeOf(x).get(), () => { const { get } = x; return get(); }]); },
    inherit: () => attempts([() => Object.create(make(1)).get(), () => ({ __proto__: make(1) }).get()]),
    stateTheft: () => attempts([() => { let s; const mk = VatData.defineKind('th', () => ({ v: 1 }), { m: ({ state }) => { s = state; } }); mk().m(); const d = Object.getOwnPropertyDescriptor(s, 'v'); return d.get.call({}); }, () => { let s; const mk = VatData.defineKind('th', () => ({ v: 1 }), { m: ({ state }) => { s = state; } }); mk().m(); return harden([s.v, { __proto__: s }.v]); }]),
  });
}
//--- deliveries
["send","o+0","apply",["$0.Alleged: x"],["o-5"],"p-60"]
["send","o+0","inherit",[],[],"p-61"]
["send","o+0","stateTheft",[],[],"p-62"]
