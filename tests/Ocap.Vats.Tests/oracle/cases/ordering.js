const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  return Far('root', {
    mixed(a, b) { E(a).one(); E(E(a).two()).three(); E(b).four(Promise.resolve('x')); return E.when(E(b).five(), v => E(a).six(v)); },
    fan(a) { for (const i of [1, 2, 3]) E(a).n(i, harden([Promise.resolve(i)])); return Promise.all([E(a).x(), E(a).y()]); },
    async loop(a) { for (const i of [1, 2, 3]) { const v = await E(a).step(i); if (v === 'stop') return i; } return 'end'; },
    race: (a, b) => Promise.race([E(a).r(), E(b).r()]),
    nestedAsync: async a => { const inner = async () => { await null; return E(a).inner(); }; const r = inner(); E(a).outer(); return r; },
  });
}
//--- deliveries
["send","o+0","mixed",["$0.Alleged: a","$1.Alleged: b"],["o-5","o-6"],"p-60"]
["notify",["p+9",false,"v"],["p+6",false,"$0.Alleged: a",["o-5"]]]
["notify",["p+11",false,"w"]]
["send","o+0","fan",["$0.Alleged: a"],["o-5"],"p-61"]
["notify",["p+16",false,"x"],["p+18",false,"y"]]
["send","o+0","loop",["$0.Alleged: a"],["o-5"],"p-62"]
["send","o+0","race",["$0.Alleged: a","$1.Alleged: b"],["o-5","o-6"],"p-63"]
["send","o+0","nestedAsync",["$0.Alleged: a"],["o-5"],"p-64"]
