const { Far, attempts } = __endo__;
function buildRootObject() {
  const h = VatData.makeKindHandle('W');
  const watcher = VatData.providePromiseWatcher(h);
  const h2 = VatData.makeKindHandle('X');
  const makeOnly = VatData.defineDurableKind(h2, () => ({}), { onFulfilled: (_c, v) => { VatData.makeScalarBigMapStore(`saw ${v}`); } });
  const virtualOnly = VatData.defineKind('v', () => ({}), { onFulfilled: () => {} })();
  const noHandlers = VatData.defineKind('n', () => ({}), { other() {} })();
  return Far('root', {
    twice: () => attempts([() => VatData.providePromiseWatcher(h), () => VatData.providePromiseWatcher(Far('x', {})), () => VatData.providePromiseWatcher(VatData.makeKindHandle('Y'), 5), () => VatData.providePromiseWatcher(VatData.makeKindHandle('Z'), () => {}, 'x'), () => VatData.watchPromise(5, watcher)]),
    bad(p) { VatData.watchPromise(p, Far('eph', { onFulfilled() {} })); VatData.watchPromise(p, noHandlers); VatData.watchPromise(Far('notp', {}), watcher); VatData.watchPromise(p, watcher, Far('eph2', {})); VatData.watchPromise(p, virtualOnly); return 'asked'; },
    only(p) { VatData.watchPromise(p, makeOnly()); },
    plain(p) { VatData.watchPromise(p, watcher); },
  });
}
//--- deliveries
["send","o+0","twice",[],[],"p-60"]
["send","o+0","bad",["&0"],["p-5"],"p-61"]
["send","o+0","only",["&0"],["p-6"],"p-62"]
["send","o+0","plain",["&0"],["p-7"],"p-63"]
["notify",["p-6",false,"x"]]
["send","o+0","only",["&0"],["p-8"],"p-64"]
["notify",["p-8",true,"rejected quietly"],["p-7",true,"rejected too"]]
