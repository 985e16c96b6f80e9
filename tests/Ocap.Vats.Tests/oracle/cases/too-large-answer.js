const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject(vatPowers) {
  const big = 'x'.repeat(10_000_001);
  return Far('root', { answer: () => big, exit: () => { vatPowers.exitVat(big); }, store: () => { try { vatPowers.baggage.init('x', big); } catch (e) { return 'no'; } return 'yes'; } });
}
//--- deliveries
["send","o+0","answer",[],[],"p-60"]
["send","o+0","exit",[],[],"p-61"]
