const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject(vatPowers) {
  const big = 'x'.repeat(10_000_001);
  return Far('root', {
    send: t => E(t).big(big).catch(e => e.message),
    answer: () => big,
    exit: () => { vatPowers.exitVat(big); },
    manySlots: t => E(t).many(Array.from({ length: 10_001 }, (_, i) => Far(`f`, {}))).catch(e => e.message),
    almost: () => 'y'.repeat(1000).length,
  });
}
//--- deliveries
["send","o+0","send",["$0.Alleged: t"],["o-5"],"p-60"]
["send","o+0","almost",[],[],"p-61"]
