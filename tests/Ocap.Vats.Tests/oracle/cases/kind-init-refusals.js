const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject(_p, _q, baggage) {
  const inits = [() => undefined, () => null, () => 5, () => 'text', () => [], () => [1], () => ({}), () => ({ a: () => {} }), () => ({ a: Promise.resolve() }), () => ({ a: {} }), () => ({ [Symbol.for('s')]: 1 }), () => ({ get a() { return 1; } }), () => Object.create({ inherited: 1 }), () => Far('x', {}), () => new Map(), () => harden({ a: undefined }), () => { throw Error('init'); }, async () => ({}), () => ({ __proto__: null, a: 1 }), () => ({ 1: 'one', 'odd key': 2, '#k': 3 })];
  const h = VatData.makeKindHandle('d');
  const makes = inits.map((init, i) => VatData.defineKind(`k${i}`, init, { state: ({ state }) => harden(Object.keys(Object.getPrototypeOf(state))), read: ({ state }) => attempt(() => harden({ ...state, v: state[Object.keys(Object.getPrototypeOf(state))[0]] })) }));
  const durables = VatData.defineDurableKind(h, x => x, { get: ({ state }) => state.a });
  return Far('root', {
    virtual: i => attempts([() => { const o = makes[i](); return harden([o.state(), o.read()]); }]),
    durable: () => attempts([{ a: Far('e', {}) }, { a: harden([Far('e', {})]) }, { a: makes[6]() }, { a: Promise.resolve() }, { a: VatData.makeScalarBigSetStore('s') }, { a: VatData.makeScalarBigSetStore('s', { durable: true }) }, { a: baggage }, { a: h }, { a: makeCopySet([1, 2]) }, { a: makeTagged('t', h) }, { a: harden(Error('stored')) }, { a: M.string() }, { a: Symbol.for('s') }].map(s => () => typeof durables(s).get())),
  });
}
//--- deliveries
["send","o+0","virtual",[0],[],"p-60"]
["send","o+0","virtual",[1],[],"p-61"]
["send","o+0","virtual",[2],[],"p-62"]
["send","o+0","virtual",[3],[],"p-63"]
["send","o+0","virtual",[4],[],"p-64"]
["send","o+0","virtual",[5],[],"p-65"]
["send","o+0","virtual",[6],[],"p-66"]
["send","o+0","virtual",[7],[],"p-67"]
["send","o+0","virtual",[8],[],"p-68"]
["send","o+0","virtual",[9],[],"p-69"]
["send","o+0","virtual",[10],[],"p-70"]
["send","o+0","virtual",[11],[],"p-71"]
["send","o+0","virtual",[12],[],"p-72"]
["send","o+0","virtual",[13],[],"p-73"]
["send","o+0","virtual",[14],[],"p-74"]
["send","o+0","virtual",[15],[],"p-75"]
["send","o+0","virtual",[16],[],"p-76"]
["send","o+0","virtual",[17],[],"p-77"]
["send","o+0","virtual",[18],[],"p-78"]
["send","o+0","virtual",[19],[],"p-79"]
["send","o+0","durable",[],[],"p-80"]
