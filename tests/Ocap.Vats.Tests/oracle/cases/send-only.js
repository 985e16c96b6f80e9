const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  return Far('root', {
    presence(t) { return E.sendOnly(t).go(1, Far('x', {}), Promise.resolve(2)); },
    promise(p) { return E.sendOnly(p).go(1); },
    func(t) { return E.sendOnly(t)('x'); },
  });
}
//--- deliveries
["send","o+0","presence",["$0.Alleged: t"],["o-5"],"p-60"]
["send","o+0","promise",["&0"],["p-5"],"p-61"]
["send","o+0","func",["$0.Alleged: t"],["o-5"],"p-62"]
