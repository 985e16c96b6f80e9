const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject(_powers, _parameters, baggage) {
  let kept = [];
  return Far('root', {
    make: () => Far('thing', {}),
    makeKept: () => { kept = [...kept, Far('thing', {})]; return kept.at(-1); },
    use: o => 'used',
    keep: o => { kept = [...kept, o]; },
    forget: () => { kept = []; },
    store: (k, o) => { baggage.init(k, o); },
    unstore: k => { baggage.delete(k); },
    count: () => kept.length,
  });
}
//--- deliveries
["send","o+0","make",[],[],"p-60"]
["send","o+0","makeKept",[],[],"p-61"]
["send","o+0","use",["$0.Alleged: a"],["o-5"],"p-62"]
["send","o+0","keep",["$0.Alleged: b"],["o-6"],"p-63"]
["send","o+0","store",["c","$0.Alleged: c"],["o-7"],"p-64"]
["send","o+0","count",[],[],"p-65"]
["bringOutYourDead"]
["dropExports","o+10","o+11"]
["bringOutYourDead"]
["send","o+0","forget",[],[],"p-66"]
["send","o+0","unstore",["c"],[],"p-67"]
["send","o+0","count",[],[],"p-68"]
["bringOutYourDead"]
["send","o+0","use",["$0.Alleged: b","$1.Alleged: c"],["o-6","o-7"],"p-69"]
["send","o+0","count",[],[],"p-70"]
["bringOutYourDead"]
["send","o+0","make",[],[],"p-71"]
["dropExports","o+12"]
["retireExports","o+12"]
["bringOutYourDead"]
["bringOutYourDead"]
["retireImports","o-6"]
