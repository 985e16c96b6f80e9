const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const G = M.interface('Each', {
    raw: M.call(M.raw()).returns(M.raw()), rawRest: M.call(M.string()).rest(M.raw()).returns(M.any()), rawOpt: M.call().optional(M.raw()).returns(M.any()),
    restAny: M.call(M.number()).rest(M.any()).returns(M.any()), restArray: M.call().rest(M.array()).returns(M.any()), restShaped: M.call(M.number()).optional(M.string()).rest(harden([M.number(), M.number()])).returns(M.any()),
    whenRaw: M.callWhen(M.raw(), M.await(M.nat())).returns(M.any()), whenRest: M.callWhen(M.await(M.string())).rest(M.arrayOf(M.nat())).returns(M.any()), whenOpt: M.callWhen().optional(M.await(M.string()), M.await(M.nat())).returns(M.string()),
    nothing: M.call().returns(M.undefined()), promised: M.call(M.promise()).returns(M.promise()), eref: M.call(M.eref(M.number())).returns(M.any()), remotable: M.call(M.remotable('Thing')).returns(M.remotable()), any: M.call(M.any(), M.any()).returns(M.any()),
  });
  const make = VatData.defineKind('each', () => ({}), { raw: (_c, x) => x, rawRest: (_c, ...a) => a.length, rawOpt: (_c, ...a) => a.length, restAny: (_c, ...a) => harden(a), restArray: (_c, ...a) => harden(a), restShaped: (_c, ...a) => harden(a), whenRaw: (_c, a, b) => b, whenRest: (_c, ...a) => harden(a), whenOpt: (_c, ...a) => a.join(), nothing: (_c, x) => x, promised: (_c, p) => p, eref: () => 'ok', remotable: (_c, r) => r, any: () => 'ok' }, { interfaceGuard: G });
  const o = make();
  const calls = { raw: [[], [1], [{}], [() => {}], [1, 2]], rawRest: [['a', {}, () => {}], [1], []], rawOpt: [[], [{}], [1, 2]], restAny: [[1, 'a', null], [1, {}], ['x'], []], restArray: [[], [1, 2], [{}]], restShaped: [[1], [1, 'a'], [1, 'a', 1, 2], [1, 'a', 1], [1, 'a', 1, 'b'], [1, undefined, 1, 2]], nothing: [[], [1]], promised: [[Promise.resolve(1)], [1], []], eref: [[1], [Promise.resolve('x')], ['x'], [undefined]], remotable: [[Far('Thing', {})], [Far('Other', {})], [{}], [harden({})], ['x']], any: [[1], [1, 2], [1, 2, 3], [{}, 1], [() => {}, 1], [harden({ a: Promise.resolve() }), 1]] };
  return Far('root', {
    sync: name => harden(calls[name].map(args => attempt(() => { const r = o[name](...args); return typeof r === 'object' || typeof r === 'function' ? typeof r : r; }))),
    async when() { const out = []; for (const [name, args] of [['whenRaw', [{}, 1n]], ['whenRaw', [() => {}, Promise.resolve(2n)]], ['whenRaw', [1, -1n]], ['whenRaw', [1]], ['whenRest', ['a', 1n, 2n]], ['whenRest', [Promise.resolve('b'), 1n]], ['whenRest', ['a', -1n]], ['whenRest', ['a', Promise.resolve(1n)]], ['whenOpt', []], ['whenOpt', [Promise.resolve('x')]], ['whenOpt', [Promise.resolve('x'), Promise.resolve(1n)]], ['whenOpt', [undefined, 1n]], ['whenOpt', [Promise.resolve(undefined), 1n]], ['whenOpt', [1]], ['whenOpt', ['a', 1n, 'b']], ['whenOpt', [Promise.reject(Error('gone'))]]]) { try { out.push(await o[name](...args)); } catch (e) { out.push(`${e.name}: ${e.message}`); } } return harden(out); },
    guard: () => o.__getInterfaceGuard__(),
    export: () => o,
  });
}
//--- deliveries
["send","o+0","sync",["raw"],[],"p-60"]
["send","o+0","sync",["rawRest"],[],"p-61"]
["send","o+0","sync",["rawOpt"],[],"p-62"]
["send","o+0","sync",["restAny"],[],"p-63"]
["send","o+0","sync",["restArray"],[],"p-64"]
["send","o+0","sync",["restShaped"],[],"p-65"]
["send","o+0","sync",["nothing"],[],"p-66"]
["send","o+0","sync",["promised"],[],"p-67"]
["send","o+0","sync",["eref"],[],"p-68"]
["send","o+0","sync",["remotable"],[],"p-69"]
["send","o+0","sync",["any"],[],"p-70"]
["send","o+0","when",[],[],"p-71"]
["send","o+0","guard",[],[],"p-72"]
["send","o+0","export",[],[],"p-73"]
["send","o+v10/1","whenOpt",["&0"],["p-5"],"p-74"]
["notify",["p-5",false,"late"]]
["send","o+v10/1","whenRest",["&0","+5"],["p-6"],"p-75"]
["notify",["p-6",true,{"#error":"no","name":"Error"}]]
["send","o+v10/1","remotable",["$0.Alleged: Thing"],["o-9"],"p-76"]
["send","o+v10/1","any",[1],[],"p-77"]
["send","o+v10/1","missing",[],[],"p-78"]
