const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const shaped = (o, kind = 'makeScalarBigMapStore') => attempt(() => VatData[kind]('shaped', o));
  const nat = VatData.makeScalarBigMapStore('nats', { keyShape: M.nat(), valueShape: M.splitRecord({ n: M.number() }, { s: M.string() }) });
  const rem = VatData.makeScalarBigSetStore('rems', { keyShape: M.remotable() });
  const lim = VatData.makeScalarBigMapStore('lim', { keyShape: M.string({ stringLengthLimit: 3 }), valueShape: M.or('yes', M.arrayOf(M.bigint(), { arrayLengthLimit: 2 })) });
  const r = Far('r', {});
  return Far('root', {
    nat: () => attempts([() => nat.init(1n, harden({ n: 1 })), () => nat.init(-1n, harden({ n: 1 })), () => nat.init('x', harden({ n: 1 })), () => nat.init(2n, harden({ n: 'x' })), () => nat.init(2n, harden({})), () => nat.init(2n, harden({ n: 1, s: 2 })), () => nat.init(3n, harden({ n: 1, extra: 2 })), () => nat.set(1n, harden({ n: null })), () => nat.set(4n, harden({ n: 1 })), () => nat.has('x'), () => nat.get('x'), () => nat.get(5n), () => nat.delete('x'), () => nat.delete(5n), () => nat.init(1n, harden({ n: 2 }))]),
    rem: () => attempts([() => rem.add(r), () => rem.add('x'), () => rem.has(r), () => rem.has('x'), () => rem.delete('x'), () => rem.delete(r), () => rem.delete(r), () => rem.add(harden({}))]),
    lim: () => attempts([() => lim.init('abc', 'yes'), () => lim.init('abcd', 'yes'), () => lim.init('a', 'no'), () => lim.set('abc', harden([1n, 2n])), () => lim.init('b', harden([1n, 2n, 3n])), () => lim.init('b', harden([1])), () => lim.set('abc', {}), () => lim.set('abc', [1n])]),
    options: () => harden([shaped({ keyShape: 5 }), shaped({ keyShape: Promise.resolve() }), shaped({ valueShape: () => {} }), shaped({ keyShape: {} }), shaped({ durable: 'yes' }), shaped({ unknown: 1 }), shaped(5), shaped({ valueShape: M.any() }, 'makeScalarBigSetStore'), shaped({ keyShape: M.array() }), shaped({ durable: true, keyShape: M.eq(Far('e', {})) }), shaped({ keyShape: M.remotable() }, 'makeScalarBigWeakMapStore'), shaped({ keyShape: M.string() }, 'makeScalarBigWeakSetStore')].map(v => (typeof v === 'string' ? v : typeof v))),
    labels: () => harden([undefined, '', 5, 'abc', '#odd', '"q"', null].map(l => attempt(() => { const m = VatData.makeScalarBigMapStore(l); return attempt(() => m.get('none')); }))),
    texts: () => attempts([() => nat.get(7n), () => rem.delete(r), () => VatData.makeScalarBigSetStore('x').delete('x'), () => VatData.makeScalarBigWeakMapStore('weak label').get(r), () => VatData.makeScalarBigWeakSetStore('ws').delete(r), () => VatData.makeScalarBigWeakMapStore('w').init('x', 1), () => VatData.makeScalarBigWeakMapStore('w').set(r, 1), () => VatData.makeScalarBigWeakSetStore('w').add(5)]),
  });
}
//--- deliveries
["send","o+0","nat",[],[],"p-60"]
["send","o+0","rem",[],[],"p-61"]
["send","o+0","lim",[],[],"p-62"]
["send","o+0","options",[],[],"p-63"]
["send","o+0","labels",[],[],"p-64"]
["send","o+0","texts",[],[],"p-65"]
