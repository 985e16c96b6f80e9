const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  const table = new Map();
  return Far('root', {
    subscribe(name, p) { table.set(name, p); },
    async collect() { const out = []; for (const [name, p] of table) { out.push([name, await p]); } return harden(out); },
    settle: () => Promise.allSettled([...table.values()]).then(rs => harden(rs.map(r => r.status))),
    pass(t) { return E(t).all(harden(Object.fromEntries(table))); },
    local() { return harden({ a: E(Far('x', { go: () => 1 })).go(), b: E.when(2, x => x + 1) }); },
  });
}
//--- deliveries
["send","o+0","subscribe",["a","&0"],["p-5"],"p-60"]
["send","o+0","subscribe",["b","&0"],["p-6"],"p-61"]
["send","o+0","pass",["$0.Alleged: t"],["o-9"],"p-62"]
["notify",["p-6",false,2]]
["send","o+0","pass",["$0.Alleged: t"],["o-9"],"p-63"]
["send","o+0","settle",[],[],"p-64"]
["send","o+0","collect",[],[],"p-65"]
["notify",["p-5",true,"r"]]
["send","o+0","pass",["$0.Alleged: t"],["o-9"],"p-66"]
["send","o+0","local",[],[],"p-67"]
