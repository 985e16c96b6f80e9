const { Far, makeTagged, makeCopySet, attempts } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('keys');
  const bad = () => [harden([]), harden({}), harden([1]), Promise.resolve(), harden(Error('e')), Symbol('s'), {}, () => {}, makeTagged('t', 1), makeCopySet([1]), 'k'.repeat(219), 'k'.repeat(300), 10n ** 230n, new Map(), harden(new Map())];
  return Far('root', {
    init: () => attempts(bad().map(key => () => m.init(key, 1))),
    has: () => attempts(bad().map(key => () => m.has(key))),
    get: () => attempts(bad().map(key => () => m.get(key))),
    set: () => attempts(bad().map(key => () => m.set(key, 1))),
    del: () => attempts(bad().map(key => () => m.delete(key))),
    values: () => attempts([[], {}, new Map(), () => {}, harden(() => {}), Symbol('s'), Promise.resolve(1)].map((v, i) => () => m.init(i, v))),
    sets: () => attempts([[], {}, new Map(), () => {}, Symbol('s')].map(v => () => { m.has('k') || m.init('k', 1); m.set('k', v); return m.get('k'); })),
  });
}
//--- deliveries
["send","o+0","init",[],[],"p-60"]
["send","o+0","has",[],[],"p-61"]
["send","o+0","get",[],[],"p-62"]
["send","o+0","set",[],[],"p-63"]
["send","o+0","del",[],[],"p-64"]
["send","o+0","values",[],[],"p-65"]
["send","o+0","sets",[],[],"p-66"]
