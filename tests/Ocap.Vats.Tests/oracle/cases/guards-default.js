const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const make = (n, options, methods = { listed: (_c, x) => x, extra: (_c, x) => x }) => attempt(() => VatData.defineKind(n, () => ({}), methods, { interfaceGuard: M.interface(n, { listed: M.call(M.number()).returns(M.any()) }, options) })());
  const kinds = { strict: make('strict', undefined), sloppy: make('sloppy', { sloppy: true }), raw: make('raw', { defaultGuards: 'raw' }), passable: make('passable', { defaultGuards: 'passable' }), never: make('never', { defaultGuards: 'never' }), odd: make('odd', { defaultGuards: 5 }), missing: make('missing', undefined, {}), symbol: make('symbol', { defaultGuards: 'passable' }, { listed: (_c, x) => x, [Symbol.for('sym')]: (_c, x) => x }) };
  return Far('root', {
    made: () => harden(Object.entries(kinds).map(([n, k]) => [n, typeof k === 'string' ? k : Reflect.ownKeys(Object.getPrototypeOf(k)).length])),
    call: n => attempts([() => kinds[n].listed(1), () => kinds[n].listed('x'), () => kinds[n].extra(1), () => typeof kinds[n].extra({}), () => kinds[n].extra(1, 2), () => typeof kinds[n].extra(() => {}), () => kinds[n][Symbol.for('sym')](1), () => typeof kinds[n][Symbol.for('sym')]({})]),
    guards: () => attempts(Object.values(kinds).map(k => () => k.__getInterfaceGuard__())),
  });
}
//--- deliveries
["send","o+0","made",[],[],"p-60"]
["send","o+0","call",["sloppy"],[],"p-61"]
["send","o+0","call",["raw"],[],"p-62"]
["send","o+0","call",["passable"],[],"p-63"]
["send","o+0","call",["never"],[],"p-64"]
["send","o+0","call",["symbol"],[],"p-65"]
["send","o+0","call",["strict"],[],"p-66"]
["send","o+0","guards",[],[],"p-67"]
