const { Far, M, attempts } = __endo__;
function buildRootObject() {
  const guard = harden({ klass: 'Interface', interfaceName: 'Old', methodGuards: { sync: { klass: 'methodGuard', callKind: 'sync', argGuards: [M.string()], returnGuard: M.any() }, opt: { klass: 'methodGuard', callKind: 'sync', argGuards: [], optionalArgGuards: [M.number()], returnGuard: M.any() }, wait: { klass: 'methodGuard', callKind: 'async', argGuards: [{ klass: 'awaitArg', argGuard: M.number() }], returnGuard: M.any() }, now: M.call(M.nat()).returns(M.nat()) }, sloppy: true });
  const o = VatData.defineKind('old', () => ({}), { sync: (_c, x) => x, opt: (_c, x) => x, wait: (_c, x) => x, now: (_c, x) => x, free: (_c, x) => x }, { interfaceGuard: guard })();
  return Far('root', {
    sync: () => attempts([() => o.sync('a'), () => o.sync(1), () => o.sync('a', 'more'), () => o.opt(), () => o.opt('x'), () => o.now(1n), () => o.now(1n, 2n), () => o.free('f')]),
    async wait() { const r = []; for (const a of [1, Promise.resolve(2), Promise.resolve('x')]) { try { r.push(await o.wait(a)); } catch (e) { r.push(e.message); } } return harden(r); },
  });
}
//--- deliveries
["send","o+0","sync",[],[],"p-60"]
["send","o+0","wait",[],[],"p-61"]
