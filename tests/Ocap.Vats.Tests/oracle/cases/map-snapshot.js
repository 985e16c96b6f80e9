const { Far } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('s');
  const r = [Far('one', {}), Far('two', {})];
  return Far('root', {
    empty: () => m.snapshot(),
    fill() { m.init('b', 1); m.init('a', harden(['x'])); m.init(3, r[1]); m.init(-3n, null); return m.snapshot(); },
    remotables() { m.init(r[1], 'two'); m.init(r[0], 'one'); return m.snapshot(); },
    copy() { const n = VatData.makeScalarBigMapStore('n'); n.addAll(m.snapshot()); return harden([...n.entries()]); },
    undef() { m.init(undefined, 'u'); m.init(null, 'n'); return m.snapshot(); },
  });
}
//--- deliveries
["send","o+0","empty",[],[],"p-60"]
["send","o+0","fill",[],[],"p-61"]
["send","o+0","remotables",[],[],"p-62"]
["send","o+0","copy",[],[],"p-63"]
["send","o+0","undef",[],[],"p-64"]
