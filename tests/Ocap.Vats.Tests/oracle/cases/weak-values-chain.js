const { Far } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('k', n => ({ n }), { n: ({ state }) => state.n });
  const store = VatData.makeScalarBigWeakMapStore('chain');
  let first;
  return Far('root', {
    build(x) { first = make(0); let k = first; for (let i = 1; i < 4; i += 1) { const v = make(i); store.init(k, v); k = v; } store.init(k, x); },
    read() { const r = []; let k = first; while (store.has(k)) { r.push(k.n ? k.n() : 'x'); k = store.get(k); if (!k.n) break; } return harden(r); },
    drop() { first = undefined; return 'dropped'; },
    touch() { make('t').n(); store.has(make('u')); return 'touched'; },
  });
}
//--- deliveries
["send","o+0","build",["$0.Alleged: x"],["o-5"],"p-60"]
["bringOutYourDead"]
["send","o+0","drop",[],[],"p-61"]
["send","o+0","touch",[],[],"p-62"]
["bringOutYourDead"]
["bringOutYourDead"]
