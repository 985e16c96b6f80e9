const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  let held;
  return Far('root', {
    hold(p) { held = p; E(p).early(); return undefined; },
    answer: () => 42,
    late: () => E(held).late(),
    read: async () => harden(['read', await held]),
    give: () => harden([held]),
  });
}
//--- deliveries
["send","o+0","hold",["&0"],["p-5"],"p-60"]
["send","o+0","answer",[],[],"p-5"]
["send","o+0","late",[],[],"p-61"]
["send","o+0","read",[],[],"p-62"]
["send","o+0","give",[],[],"p-63"]
["notify",["p-5",false,42]]
