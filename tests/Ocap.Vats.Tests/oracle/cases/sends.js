const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  const log = [];
  return Far('root', {
    async call(target, ...args) { const answer = await E(target).hello(...args); log.push(answer); return answer; },
    two(target) { E(target).first(1); E(target).second(2); return 'sent'; },
    forward: target => E(target).forwarded(),
    chain: target => E(E(E(target).a()).b()).c(),
    chainArgs: (target, other) => E(E(target).make()).take(other, E(other).make()),
    fire(target) { void E(target).fire(); },
    later: async target => { await null; await null; E(target).one(); await null; E(target).two(); return 'done'; },
    getProp: target => E.get(target).prop,
    getPropOfAnswer: target => E.get(E(target).make()).prop,
    symbolMethod: target => E(target)[Symbol.asyncIterator](),
    numberMethod: target => E(target)[7]('x'),
    callFunction: f => E(f)('arg', 2),
    when: target => E.when(E(target).make(), v => ['got', v], e => ['failed', e.message]),
    log: () => harden([...log]),
  });
}
//--- deliveries
["send","o+0","call",["$0.Alleged: t","x",{"a":"+1"}],["o-50"],"p-60"]
["notify",["p+5",false,"hi"]]
["send","o+0","two",["$0.Alleged: t"],["o-50"],"p-61"]
["notify",["p+6",false,1],["p+7",true,{"#error":"no","name":"Error"}]]
["send","o+0","forward",["$0.Alleged: t"],["o-50"],"p-62"]
["notify",["p+8",false,["$0.Alleged: t","$1.Alleged: new"],["o-50","o-51"]]]
["send","o+0","chain",["$0.Alleged: t"],["o-50"],"p-63"]
["notify",["p+11",false,"end"]]
["send","o+0","chainArgs",["$0.Alleged: t","$1.Alleged: o"],["o-50","o-52"],"p-64"]
["notify",["p+13",false,"$0.Alleged: made",["o-53"]]]
["send","o+0","fire",["$0.Alleged: t"],["o-50"]]
["send","o+0","later",["$0.Alleged: t"],["o-50"],"p-65"]
["send","o+0","getProp",["$0.Alleged: t"],["o-50"],"p-66"]
["send","o+0","getPropOfAnswer",["$0.Alleged: t"],["o-50"],"p-67"]
["notify",["p+18",false,{"prop":"x"}]]
["send","o+0","symbolMethod",["$0.Alleged: t"],["o-50"],"p-68"]
["send","o+0","numberMethod",["$0.Alleged: t"],["o-50"],"p-69"]
["send","o+0","callFunction",["$0.Alleged: f"],["o-54"],"p-70"]
["send","o+0","when",["$0.Alleged: t"],["o-50"],"p-71"]
["notify",["p+22",true,{"#error":"bad","errorId":"error:liveSlots:v3#70001","name":"TypeError"}]]
["send","o+0","log",[],[],"p-72"]
