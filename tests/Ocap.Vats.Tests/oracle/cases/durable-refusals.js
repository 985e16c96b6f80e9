const { Far, M, attempts } = __endo__;
function buildRootObject(_p, _q, baggage) {
  const m = VatData.makeScalarBigMapStore('d', { durable: true });
  const s = VatData.makeScalarBigSetStore('ds', { durable: true });
  const w = VatData.makeScalarBigWeakMapStore('dw', { durable: true });
  const virtual = VatData.makeScalarBigMapStore('v');
  const eph = Far('eph', {});
  return Far('root', {
    values: imported => attempts([() => m.init('a', eph), () => m.init('b', harden([imported, eph])), () => m.init('c', Promise.resolve()), () => m.init('d', virtual), () => m.init('e', m), () => m.init('f', imported), () => m.init('g', baggage), () => m.init('h', harden(Error('x')))]),
    keys: imported => attempts([() => m.init(eph, 1), () => m.init(imported, 1), () => m.init(virtual, 1), () => m.init(m, 1), () => s.add(eph), () => s.add(imported), () => w.init(eph, 1), () => w.init(imported, eph), () => w.init(imported, 1)]),
    sets: imported => attempts([() => m.set('f', eph), () => m.set('f', harden({ x: imported })), () => m.get('f')]),
    shapes: imported => attempts([() => `${VatData.makeScalarBigMapStore('x', { durable: true, valueShape: eph })}`, () => `${VatData.makeScalarBigMapStore('x', { durable: true, keyShape: M.or(imported, eph) })}`, () => `${VatData.makeScalarBigMapStore('x', { durable: true, valueShape: imported })}`]),
    can: imported => harden([eph, imported, virtual, m, baggage, 5, Promise.resolve(), harden([imported]), harden([eph])].map(v => VatData.canBeDurable(v))),
    canBad: () => attempts([() => VatData.canBeDurable({}), () => VatData.canBeDurable(Symbol('x')), () => VatData.canBeDurable()]),
  });
}
//--- deliveries
["send","o+0","values",["$0.Alleged: i"],["o-5"],"p-60"]
["send","o+0","keys",["$0.Alleged: i"],["o-5"],"p-61"]
["send","o+0","sets",["$0.Alleged: i"],["o-5"],"p-62"]
["send","o+0","shapes",["$0.Alleged: i"],["o-5"],"p-63"]
["send","o+0","can",["$0.Alleged: i"],["o-5"],"p-64"]
["send","o+0","canBad",[],[],"p-65"]
