const { Far, M, makeTagged, attempt, attempts } = __endo__;
function buildRootObject() {
  const g = M.call().returns();
  const define = (guards, behavior, options) => attempt(() => `${VatData.defineKind('d', () => ({}), behavior, { interfaceGuard: M.interface('D', guards, options) })()}`);
  return Far('root', {
    names: () => harden([define({ a: g, b: g }, { a() {} }), define({ a: g }, { a() {}, b() {}, c() {} }), define({ a: g }, { a() {}, b() {} }, { defaultGuards: 'passable' }), define({}, {}), define({ [Symbol.for('s')]: g }, { [Symbol.for('s')]() {} }), define({ [Symbol.for('s')]: g }, {})]),
    notGuards: () => attempts([5, {}, 'x', M.any(), M.call().returns(), harden({ klass: 'Other' }), makeTagged('guard:interfaceGuard', 5), makeTagged('guard:interfaceGuard', harden({ interfaceName: 'x', methodGuards: { m: 1 } })), makeTagged('guard:interfaceGuard', harden({ interfaceName: 1, methodGuards: {} }))].map(interfaceGuard => () => `${VatData.defineKind('d', () => ({}), {}, { interfaceGuard })()}`)),
    kit: () => attempts([() => Object.keys(VatData.defineKindMulti('kit', () => ({}), { a: { m() {} }, b: { n() {} } }, { interfaceGuardKit: { a: M.interface('A', { m: g }), b: M.interface('B', { n: g }) } })()).join(), () => Object.keys(VatData.defineKindMulti('old', () => ({}), { a: { m() {} }, b: { n() {} } }, { interfaceGuard: { a: M.interface('A', { m: g }), b: M.interface('B', { n: g }) } })()).join(), () => VatData.defineKindMulti('miss', () => ({}), { a: { m() {} }, b: { n() {} } }, { interfaceGuardKit: { a: M.interface('A', { m: g, x: g }), b: M.interface('B', { n: g }) } })]),
    kitCalls: () => { const k = VatData.defineKindMulti('kit', () => ({}), { a: { m: (_c, x) => x }, b: { n: (_c, x) => x } }, { interfaceGuardKit: { a: M.interface('A', { m: M.call(M.string()).returns(M.string()) }), b: M.interface('B', { n: M.call(M.number()).returns(M.number()) }) } })(); return attempts([() => k.a.m('x'), () => k.a.m(1), () => k.b.n(1), () => k.b.n('x')]); },
  });
}
//--- deliveries
["send","o+0","names",[],[],"p-60"]
["send","o+0","notGuards",[],[],"p-61"]
["send","o+0","kit",[],[],"p-62"]
["send","o+0","kitCalls",[],[],"p-63"]
