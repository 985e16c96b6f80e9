const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('m'), s = VatData.makeScalarBigSetStore('s'), w = VatData.makeScalarBigWeakMapStore('w');
  const bad = { high: '\uD800', low: '\uDC00x', symbol: Symbol('local'), array: [], record: {}, hardArray: harden([1]), hardRecord: harden({ a: 1 }), fn: () => {}, promise: Promise.resolve(), error: harden(Error('x')), set: makeCopySet([1]), tagged: makeTagged('t', 1), pattern: M.string(), map: new Map(), remotable: Far('ok', {}) };
  return Far('root', { try: n => attempts([() => m.has(bad[n]), () => m.get(bad[n]), () => m.init(bad[n], 1), () => m.set(bad[n], 2), () => m.delete(bad[n]), () => s.has(bad[n]), () => s.add(bad[n]), () => s.delete(bad[n]), () => w.has(bad[n]), () => w.get(bad[n]), () => w.init(bad[n], 1), () => w.set(bad[n], 1), () => w.delete(bad[n])]) });
}
//--- deliveries
["send","o+0","try",["high"],[],"p-60"]
["send","o+0","try",["low"],[],"p-61"]
["send","o+0","try",["symbol"],[],"p-62"]
["send","o+0","try",["array"],[],"p-63"]
["send","o+0","try",["record"],[],"p-64"]
["send","o+0","try",["hardArray"],[],"p-65"]
["send","o+0","try",["hardRecord"],[],"p-66"]
["send","o+0","try",["fn"],[],"p-67"]
["send","o+0","try",["promise"],[],"p-68"]
["send","o+0","try",["error"],[],"p-69"]
["send","o+0","try",["set"],[],"p-70"]
["send","o+0","try",["tagged"],[],"p-71"]
["send","o+0","try",["pattern"],[],"p-72"]
["send","o+0","try",["map"],[],"p-73"]
["send","o+0","try",["remotable"],[],"p-74"]
