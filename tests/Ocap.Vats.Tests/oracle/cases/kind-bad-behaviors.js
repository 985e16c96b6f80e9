const { Far, M, attempts } = __endo__;
function buildRootObject() {
  const many = { a: { m() {} }, b: { n() {} } };
  const one = { m() {} };
  return Far('root', {
    single: () => attempts([undefined, null, 5, () => {}, {}, [], many, { a: 1 }, { a: { b: 1 } }, { m() {}, a: { n() {} } }, { a: {} }, { [Symbol.for('s')]: { m() {} } }].map(b => () => `${VatData.defineKind('k', () => ({}), b)()}`)),
    multi: () => attempts([undefined, {}, one, { a: { m() {} } }, many, { a: {}, b: {} }, { a: { m() {} }, b: { n: 1 } }, { [Symbol.for('s')]: { m() {} }, b: { m() {} } }].map(b => () => Object.keys(VatData.defineKindMulti('k', () => ({}), b)()).join())),
    options: () => attempts([{ interfaceGuardKit: {} }, { receiveAmplifier() {} }, { stateShape: [] }, { stateShape: 'x' }, { stateShape: { a: Promise.resolve() } }, { stateShape: { a: () => {} } }, null, 5].map(o => () => `${VatData.defineKind('k', () => ({}), one, o)()}`)),
    multiOptions: () => attempts([{ interfaceGuard: M.interface('i', {}) }, { interfaceGuardKit: {} }, { interfaceGuardKit: { a: M.interface('A', { m: M.call().returns() }) } }, { interfaceGuardKit: { a: M.interface('A', { m: M.call().returns() }), b: M.interface('B', { n: M.call().returns() }), c: M.interface('C', {}) } }, { interfaceGuard: M.interface('i', {}), interfaceGuardKit: {} }].map(o => () => Object.keys(VatData.defineKindMulti('k', () => ({}), many, o)()).join())),
  });
}
//--- deliveries
["send","o+0","single",[],[],"p-60"]
["send","o+0","multi",[],[],"p-61"]
["send","o+0","options",[],[],"p-62"]
["send","o+0","multiOptions",[],[],"p-63"]
