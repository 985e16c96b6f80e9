const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  let kept;
  return Far('root', {
    keep(o) { kept = o; },
    same: o => o === kept,
    inspect: o => harden([passStyleOf(o), `${getInterfaceOf(o)}`, Object.isFrozen(o), typeof o, String(Object.getPrototypeOf(o)[Symbol.toStringTag]), Reflect.ownKeys(o).length, isPassable(o), `${o}`]),
    inMap: o => { const m = new WeakMap(); m.set(o, 1); return m.get(kept); },
    resolve: async o => (await o) === o && (await E.resolve(o)) === o && Promise.resolve(o) !== o,
    compare: o => E.resolve(o) === E.resolve(o),
    methods: o => { try { o.foo(); return 'called'; } catch (e) { return 'not callable'; } },
    back: o => o,
    matches: o => matches(o, M.remotable()),
    guard: o => { mustMatch(o, M.string(), 'label'); },
  });
}
//--- deliveries
["send","o+0","keep",["$0.Alleged: friend"],["o-5"],"p-60"]
["send","o+0","same",["$0.Alleged: other name"],["o-5"],"p-61"]
["send","o+0","inspect",["$0.Alleged: friend"],["o-5"],"p-62"]
["send","o+0","inspect",["$0"],["o-6"],"p-63"]
["send","o+0","inspect",["$0.Remotable"],["o-7"],"p-64"]
["send","o+0","inspect",["$0.Alleged: undefined"],["o-8"],"p-65"]
["send","o+0","inMap",["$0"],["o-5"],"p-66"]
["send","o+0","resolve",["$0"],["o-5"],"p-67"]
["send","o+0","compare",["$0"],["o-5"],"p-68"]
["send","o+0","methods",["$0"],["o-5"],"p-69"]
["send","o+0","back",["$0"],["o-5"],"p-70"]
["send","o+0","matches",["$0"],["o-5"],"p-71"]
["send","o+0","guard",["$0"],["o-5"],"p-72"]
["send","o-5","foo",[],[],"p-73"]
