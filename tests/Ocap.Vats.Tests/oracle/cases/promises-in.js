const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  let held;
  return Far('root', {
    hold(p) { held = p; return 'held'; },
    async wait(p) { const v = await p; return ['waited', v]; },
    same: (a, b) => a === b,
    heldSame: p => p === held,
    back: p => p,
    inArray: p => harden([p, p]),
    sendTo: p => E(p).greet('hi'),
    sendThenWait: async p => { const a = E(p).one(); const b = E(a).two(); return harden([await p, b]); },
    release() { held = undefined; },
  });
}
//--- deliveries
["send","o+0","hold",["&0"],["p-5"],"p-60"]
["send","o+0","heldSame",["&0"],["p-5"],"p-61"]
["send","o+0","same",["&0","&1"],["p-6","p-7"],"p-62"]
["send","o+0","wait",["&0"],["p-8"],"p-63"]
["send","o+0","back",["&0"],["p-9"],"p-64"]
["send","o+0","inArray",["&0"],["p-10"],"p-65"]
["notify",["p-8",false,"value"],["p-9",true,{"#error":"broken","name":"Error"}],["p-10",false,["&0","&1"],["p-21","p-20"]]]
["notify",["p-20",false,1],["p-21",false,["&0"],["p-22"]]]
["notify",["p-5",false,"$0.Alleged: x",["o-5"]]]
["notify",["p-5",false,"again"],["p-77",false,"stale"]]
["send","o+0","sendTo",["&0"],["p-30"],"p-66"]
["notify",["p-30",false,"$0.Alleged: y",["o-6"]]]
["notify",["p+5",false,"answer"]]
["send","o+0","sendThenWait",["&0"],["p-31"],"p-67"]
["notify",["p-31",false,"$0.Alleged: y",["o-6"]],["p+6",false,"&0",["p-32"]]]
["notify",["p+7",false,7],["p-32",true,"nope"]]
["notify",["p-40",false,["&0","&1"],["p-41","p-42"]],["p-6",false,["&0","&1","&2"],["p-45","p-44","p-46"]],["p-44",false,1],["p-7",false,"&0",["p-6"]]]
