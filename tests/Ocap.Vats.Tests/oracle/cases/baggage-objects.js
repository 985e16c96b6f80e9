const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject(_p, _q, baggage) {
  return Far('root', {
    put(k, v) { baggage.init(k, v); return baggage.getSize(); },
    change(k, v) { baggage.set(k, v); },
    drop(k) { baggage.delete(k); },
    get: k => baggage.get(k),
    hold: b => baggage.init('held', b),
    self() { baggage.init('self', baggage); },
    getSelf: () => baggage.get('self') === baggage,
    longKey() { baggage.init('k'.repeat(219), 1); },
    longestKey() { baggage.init('k'.repeat(218), 1); },
    emptyKey() { baggage.init('', 'empty'); return baggage.get(''); },
    oddKeys() { for (const k of ['|x', '{', 'é', 'Z', 'a', '10', '9', '\u{10000}', '\uffff']) baggage.init(k, k); return harden([...baggage.keys()].sort()); },
    error() { baggage.init('error', harden(Error('kept'))); return baggage.get('error').message; },
    tagged() { baggage.init('tagged', makeTagged('t', harden([1n]))); return baggage.get('tagged'); },
    undef() { baggage.init('undef', undefined); return harden([baggage.has('undef'), baggage.get('undef')]); },
    async promise() { try { baggage.init('p', E(Far('x', {})).foo()); } catch (e) { return e.message; } return 'stored'; },
    keyTypes: () => harden([[1], { a: 1 }, null, undefined, 1n, true].map(k => { try { baggage.get(k); return 'ok'; } catch (e) { return e.message; } })),
  });
}
//--- deliveries
["send","o+0","put",["a",["$0.Alleged: x","$1.Alleged: y"]],["o-5","o-6"],"p-60"]
["send","o+0","put",["b",["$0.Alleged: x"]],["o-5"],"p-61"]
["send","o+0","change",["a",["$0.Alleged: y","$1.Alleged: z"]],["o-6","o-7"],"p-62"]
["send","o+0","drop",["b"],[],"p-63"]
["send","o+0","get",["a"],[],"p-64"]
["send","o+0","self",[],[],"p-65"]
["send","o+0","getSelf",[],[],"p-66"]
["send","o+0","longKey",[],[],"p-67"]
["send","o+0","longestKey",[],[],"p-68"]
["send","o+0","emptyKey",[],[],"p-69"]
["send","o+0","oddKeys",[],[],"p-70"]
["send","o+0","error",[],[],"p-71"]
["send","o+0","tagged",[],[],"p-72"]
["send","o+0","undef",[],[],"p-73"]
["send","o+0","promise",[],[],"p-74"]
["send","o+0","keyTypes",[],[],"p-75"]
["send","o+0","change",["a",1],[],"p-76"]
["bringOutYourDead"]
["dropExports","o+d6/1"]
["retireExports","o+d6/1"]
