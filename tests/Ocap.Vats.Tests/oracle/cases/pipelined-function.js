const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  return Far('root', { call: p => E(p)('a', 2), made: t => E(E(t).makeFunction())('a', 2) });
}
//--- deliveries
["send","o+0","call",["&0"],["p-5"],"p-60"]
["send","o+0","made",["$0.Alleged: t"],["o-5"],"p-61"]
