const { Far, M, attempts } = __endo__;
function buildRootObject() {
  const I = M.interface('Guarded', {
    add: M.call(M.number()).returns(M.number()),
    opt: M.call(M.string()).optional(M.number(), M.string()).returns(M.any()),
    rest: M.call().rest(M.arrayOf(M.nat())).returns(M.any()),
    none: M.call().returns(),
    lies: M.call().returns(M.string()),
    wait: M.callWhen(M.await(M.number()), M.string()).returns(M.string()),
    waitOpt: M.callWhen(M.string()).optional(M.await(M.nat())).returns(M.any()),
    rec: M.call(M.splitRecord({ a: M.string() }, { b: M.number() }, harden({}))).returns(M.any()),
  });
  const make = VatData.defineKind('g', () => ({ n: 0 }), {
    add({ state }, x) { state.n += x; return state.n; }, opt: (_c, ...args) => harden(args), rest: (_c, ...args) => harden(args), none() {}, lies: () => 5,
    wait: async (_c, n, s) => `${s}${n}`, waitOpt: (_c, ...args) => harden(args), rec: (_c, r) => r,
  }, { interfaceGuard: I });
  const o = make();
  return Far('root', {
    export: () => o,
    info: () => harden([o.__getMethodNames__(), o.__getInterfaceGuard__() === I, o.add.name, o.add.length]),
    local: () => attempts([() => o.add(1), () => o.add('x'), () => o.add(), () => o.add(1, 2), () => o.opt('a'), () => o.opt('a', 'b'), () => o.opt('a', 1, 2), () => o.opt('a', undefined, 's'), () => o.opt('a', 1, 's', 4), () => o.rest(), () => o.rest(1n, 2n), () => o.rest(1n, -2n), () => o.none(), () => o.none(1), () => o.lies(), () => o.rec(harden({ a: 'x' })), () => o.rec({ a: 'soft', b: 2 }), () => o.rec(harden({ a: 'x', c: 1 })), () => o.rec(harden({ a: 1 })), () => o.rec(harden({ a: 'x', b: 'y' })), () => o.rec(harden({})), () => o.rec(5), () => o.add(() => {}), () => o.add({ x: Promise.resolve() })]),
    async waits(p) { const r = []; for (const args of [[1, 's'], [Promise.resolve(2), 's'], [p, 's'], [Promise.resolve('no'), 's'], [1, Promise.resolve('s')], [1], [Promise.reject(Error('gone')), 's'], [1, 's', 'extra']]) { try { r.push(await o.wait(...args)); } catch (e) { r.push(e.message); } } return harden(r); },
    async waitsOpt() { const r = []; for (const args of [['s'], ['s', 1n], ['s', Promise.resolve(2n)], ['s', Promise.resolve(-2n)], ['s', undefined], [1]]) { try { r.push(await o.waitOpt(...args)); } catch (e) { r.push(e.message); } } return harden(r); },
  });
}
//--- deliveries
["send","o+0","export",[],[],"p-60"]
["send","o+v10/1","add",[5],[],"p-61"]
["send","o+v10/1","add",["x"],[],"p-62"]
["send","o+v10/1","wait",["&0","str"],["p-5"],"p-63"]
["notify",["p-5",false,7]]
["send","o+0","info",[],[],"p-64"]
["send","o+0","local",[],[],"p-65"]
["send","o+0","waits",["&0"],["p-6"],"p-66"]
["notify",["p-6",false,"text"]]
["send","o+0","waitsOpt",[],[],"p-67"]
