const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject(vatPowers) {
  return Far('root', {
    quit(v) { vatPowers.exitVat(v); return 'bye'; },
    fail(m) { vatPowers.exitVatWithFailure(Error(m)); return 'bye'; },
    async late(t) { E(t).before(); await null; vatPowers.exitVat('late'); E(t).after(); },
    twice() { vatPowers.exitVat(1); vatPowers.exitVatWithFailure('two'); },
    far() { vatPowers.exitVat(Far('last', {})); },
    bad() { vatPowers.exitVat(() => 1); },
    mutable() { vatPowers.exitVat({ a: [] }); },
    device() { return vatPowers.D(Far('x', {})); },
  });
}
//--- deliveries
["send","o+0","quit",["done"],[],"p-60"]
["send","o+0","fail",["broken"],[],"p-61"]
["send","o+0","late",["$0.Alleged: t"],["o-5"],"p-62"]
["send","o+0","twice",[],[],"p-63"]
["send","o+0","far",[],[],"p-64"]
["send","o+0","bad",[],[],"p-65"]
["send","o+0","mutable",[],[],"p-66"]
["send","o+0","device",[],[],"p-67"]
