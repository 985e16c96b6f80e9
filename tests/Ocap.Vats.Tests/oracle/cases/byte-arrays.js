const { Far, E, M, makeTagged, makeCopySet, attempt, passStyleOf, matches } = __endo__;
function buildRootObject() {
  const bytes = (...items) => harden(new Uint8Array(items).buffer.transferToImmutable());
  const one = bytes(1), two = bytes(1, 2);
  const specimens = [one, two, bytes(), harden([one]), harden({ b: one }), 'text', undefined, Far('f', {}), harden(new ArrayBuffer(2))];
  const style = make => attempt(() => passStyleOf(harden(make())));
  const shapes = [() => M.byteArray(), () => M.byteArray({ byteLengthLimit: 1 }), () => M.any(), () => M.scalar(), () => M.key(), () => M.kind('byteArray'), () => M.string(), () => M.and(M.byteArray(), M.any()), () => M.arrayOf(M.byteArray())];
  const odd = [() => makeTagged('match:byteArray', undefined), () => makeTagged('match:byteArray', 'x'), () => makeTagged('match:byteArray', harden([1])), () => makeTagged('match:byteArray', harden([{ byteLengthLimit: 'x' }])), () => makeTagged('match:byteArray', harden([{}, 1]))];
  const guarded = guard => VatData.defineKind('g', () => ({}), { m: (_, b) => b.byteLength }, { interfaceGuard: M.interface('G', { m: M.call(guard).returns(M.any()) }) })();
  const put = (shape, value) => attempt(() => { VatData.makeScalarBigMapStore('m', { valueShape: shape }).init('k', value); return true; });
  return Far('root', {
    styles: () => harden([
      style(() => one), style(() => new ArrayBuffer(2)), style(() => new Uint8Array(2)), style(() => [one]), style(() => ({ one })), style(() => makeTagged('t', one)),
      style(() => Object.setPrototypeOf(new ArrayBuffer(1).transferToImmutable(), Object.create(ArrayBuffer.prototype))),
      style(() => Object.assign(new ArrayBuffer(1).transferToImmutable(), { extra: 1 })),
      style(() => ({ __proto__: Object.create(Object.prototype), [Symbol.for('passStyle')]: 'byteArray' })),
      style(() => new ArrayBuffer(3).sliceToImmutable(1)),
    ]),
    answer: () => one,
    inAnswer: () => harden({ a: [two] }),
    rejected: () => Promise.reject(one),
    sent: p => E(p).take(one).catch(e => e.message),
    shapes: () => harden(shapes.map(shape => specimens.map(specimen => put(shape(), specimen)))),
    odd: () => harden(odd.map(make => put(make(), one))),
    called: () => harden(shapes.map(shape => specimens.map(specimen => attempt(() => guarded(shape()).m(specimen))))),
    // By their lengths: those of equal length are all alike to the shim, which does not get at their bytes.
    ordered: () => harden([() => M.lt(two), () => M.lte(one), () => M.gte(two), () => M.gt(one), () => one, () => bytes(1, 2)].map(make => [one, two, bytes(), bytes(3, 2, 1), 1, 'x'].map(b => attempt(() => guarded(make()).m(b))))),
    keys: () => harden([attempt(() => VatData.makeScalarBigMapStore('m').init(one, 1)), attempt(() => VatData.makeScalarBigMapStore('m', { keyShape: M.byteArray() }).init('k', 1)), attempt(() => VatData.makeScalarBigSetStore('s').has(one)), attempt(() => VatData.makeScalarBigWeakMapStore('w').init(one, 1))]),
    kept: () => harden([attempt(() => VatData.makeScalarBigMapStore('m').init('k', one)), attempt(() => VatData.defineKind('k', () => ({ one }), {})())]),
    thrown: () => attempt(() => VatData.defineKind('k', () => ({}), { m() { throw one; } })().m()),
    found: () => attempt(() => { const m = VatData.makeScalarBigMapStore('m'); m.init('a', 1); m.init(true, 2); m.init(3, 3); return harden([...m.keys(M.byteArray()), ...m.keys(M.or(M.byteArray(), M.boolean()))]); }),
    long: () => harden([put(M.byteArray(), harden(new ArrayBuffer(100_000).transferToImmutable())), put(M.byteArray(), harden(new ArrayBuffer(100_001).transferToImmutable()))]),
    complaint: () => attempt(() => guarded(harden([M.string(), one])).m(5)),
  });
}
//--- deliveries
["send","o+0","styles",[],[],"p-60"]
["send","o+0","answer",[],[],"p-61"]
["send","o+0","inAnswer",[],[],"p-62"]
["send","o+0","rejected",[],[],"p-63"]
["send","o+0","sent",["$0.Alleged: p"],["o-5"],"p-64"]
["send","o+0","shapes",[],[],"p-65"]
["send","o+0","odd",[],[],"p-66"]
["send","o+0","called",[],[],"p-67"]
["send","o+0","ordered",[],[],"p-68"]
["send","o+0","keys",[],[],"p-69"]
["send","o+0","kept",[],[],"p-70"]
["send","o+0","thrown",[],[],"p-71"]
["send","o+0","found",[],[],"p-72"]
["send","o+0","long",[],[],"p-73"]
["send","o+0","complaint",[],[],"p-74"]
