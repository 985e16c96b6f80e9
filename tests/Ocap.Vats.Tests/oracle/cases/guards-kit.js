const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const kit = { a: M.interface('A', { m: M.call(M.string()).returns(M.number()), w: M.callWhen(M.await(M.nat())).returns(M.string()) }), b: M.interface('B', { n: M.call().optional(M.number()).returns(M.any()) }) };
  const make = VatData.defineKindMulti('kit', x => ({ x }), { a: { m: ({ state }, s) => (s === 'bad' ? 'text' : state.x + s.length), w: (_c, n) => `${n}` }, b: { n: ({ facets, state }, v) => { if (v !== undefined) state.x = v; return facets.a.m('ab'); } } }, { interfaceGuardKit: kit });
  const tries = { missingFacet: { a: kit.a }, extraFacet: { ...kit, c: kit.b }, notGuards: { a: 5, b: kit.b }, nothing: {} };
  const k = make(10);
  return Far('root', {
    use: () => attempts([() => k.a.m('abc'), () => k.a.m(1), () => k.a.m('bad'), () => k.b.n(), () => k.b.n(5), () => k.b.n('x'), () => k.b.n(1, 2), () => k.a.__getMethodNames__(), () => k.b.__getInterfaceGuard__() === kit.b]),
    async when() { const r = []; for (const v of [1n, Promise.resolve(2n), 'x', Promise.resolve(-3n)]) { try { r.push(await k.a.w(v)); } catch (e) { r.push(e.message); } } return harden(r); },
    define: n => attempt(() => typeof VatData.defineKindMulti(n, () => ({}), { a: { m() {}, w() {} }, b: { n() {} } }, { interfaceGuardKit: tries[n] })),
    single: () => attempts([() => typeof VatData.defineKind('s', () => ({}), { m() {} }, { interfaceGuardKit: kit }), () => typeof VatData.defineKindMulti('t', () => ({}), { a: { m() {} }, b: {} }, { interfaceGuard: kit.a }), () => typeof VatData.defineKind('u', () => ({}), { m() {} }, { interfaceGuard: { m: 1 } })]),
    export: () => harden({ ...k }),
  });
}
//--- deliveries
["send","o+0","use",[],[],"p-60"]
["send","o+0","when",[],[],"p-61"]
["send","o+0","define",["missingFacet"],[],"p-62"]
["send","o+0","define",["extraFacet"],[],"p-63"]
["send","o+0","define",["notGuards"],[],"p-64"]
["send","o+0","define",["nothing"],[],"p-65"]
["send","o+0","single",[],[],"p-66"]
["send","o+0","export",[],[],"p-67"]
["send","o+v10/1:0","m",["zz"],[],"p-68"]
["send","o+v10/1:1","n",[7],[],"p-69"]
["send","o+v10/1:1","n",["x"],[],"p-70"]
