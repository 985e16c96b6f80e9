const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const shapes = { number: M.number(), nat: M.nat(), string: M.string({ stringLengthLimit: 3 }), or: M.or(M.string(), M.undefined()), record: M.splitRecord({ a: M.number() }, { b: M.string() }), array: M.arrayOf(M.bigint()), remotable: M.remotable(), lit: 'exact', pair: harden([M.number(), M.string()]) };
  const good = { number: 1, nat: 1n, string: 'abc', or: undefined, record: harden({ a: 1 }), array: harden([1n]), remotable: Far('r', {}), lit: 'exact', pair: harden([1, 'x']) };
  const bad = { number: 'x', nat: -1n, string: 'abcd', or: 5, record: harden({ a: 'x' }), array: harden([1]), remotable: harden({}), lit: 'other', pair: harden([1]) };
  const make = VatData.defineKind('shaped', init => init, { get: ({ state }, k) => state[k], set: ({ state }, k, v) => attempt(() => { state[k] = v; return 'set'; }), keys: ({ state }) => attempts([() => Object.keys(state), () => Object.keys(Object.getPrototypeOf(state)), () => 'number' in state, () => Reflect.ownKeys(state).length, () => Object.isFrozen(state), () => JSON.stringify(state), () => { state.unknown = 1; return 'added'; }, () => delete state.number]) }, { stateShape: harden(shapes) });
  const o = make(harden({ ...good }));
  return Far('root', {
    inits: () => attempts(Object.keys(shapes).map(k => () => typeof make(harden({ ...good, [k]: bad[k] })))),
    partial: () => attempts([() => typeof make(harden({})), () => typeof make(harden({ ...good, more: 1 })), () => typeof make(undefined), () => typeof make(5), () => { const { number, ...rest } = good; return typeof make(harden(rest)); }]),
    sets: () => harden(Object.keys(shapes).map(k => o.set(k, bad[k]))),
    goods: () => harden(Object.keys(shapes).map(k => o.set(k, good[k]))),
    soft: () => harden([o.set('record', { a: 1 }), o.set('array', [1n]), o.set('array', [1]), o.set('pair', Promise.resolve()), o.set('record', () => {})]),
    keys: () => o.keys(),
    shapesRefused: () => attempts([() => typeof VatData.defineKind('a', () => ({}), {}, { stateShape: 5 }), () => typeof VatData.defineKind('b', () => ({}), {}, { stateShape: { a: Promise.resolve() } }), () => typeof VatData.defineKind('c', () => ({}), {}, { stateShape: harden({ a: Error('x') }) }), () => typeof VatData.defineKind('d', () => ({}), {}, { stateShape: M.any() }), () => typeof VatData.defineKind('e', () => ({}), {}, { stateShape: null }), () => typeof VatData.defineKind('f', () => ({}), {}, { stateShape: harden([M.any()]) }), () => typeof VatData.defineKind('g', () => ({}), {}, { unknownOption: 1 })]),
  });
}
//--- deliveries
["send","o+0","inits",[],[],"p-60"]
["send","o+0","partial",[],[],"p-61"]
["send","o+0","sets",[],[],"p-62"]
["send","o+0","goods",[],[],"p-63"]
["send","o+0","soft",[],[],"p-64"]
["send","o+0","keys",[],[],"p-65"]
["send","o+0","shapesRefused",[],[],"p-66"]
