const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  const kits = {};
  return Far('root', {
    make(name) { kits[name] = makePromiseKit(); return harden([kits[name].promise]); },
    makeDirect(name) { kits[name] = makePromiseKit(); return kits[name].promise; },
    resolve(name, value) { kits[name].resolve(value); },
    resolveTo(name, other) { kits[name].resolve(kits[other].promise); },
    resolveWith(name, ...others) { kits[name].resolve(harden(others.map(other => kits[other].promise))); },
    reject(name, reason) { kits[name].reject(reason); },
    send(target, ...names) { return E(target).take(...names.map(name => kits[name].promise)); },
    resolved: () => harden([Promise.resolve(1), Promise.reject(Error('r')), Promise.resolve(Promise.resolve(2))]),
    nested: () => harden([Promise.resolve(harden([Promise.resolve('inner')]))]),
    never: () => new Promise(() => {}),
    self: () => { const kit = makePromiseKit(); kit.resolve(kit.promise); return kit.promise.catch(e => e.name); },
    asyncRef: async () => { const p = Promise.resolve(5); await p; return harden([p, p]); },
    two(target) { const p = Promise.resolve(3); E(target).a(p); E(target).b(p); },
    twoLater: async target => { const p = Promise.resolve(3); E(target).a(p); await null; await null; await null; await null; await null; await null; E(target).b(p); },
    cycle() { const kit = makePromiseKit(); kit.resolve(harden([kit.promise])); return kit.promise; },
  });
}
//--- deliveries
["send","o+0","make",["a"],[],"p-60"]
["send","o+0","resolve",["a",1],[],"p-61"]
["send","o+0","send",["$0.Alleged: t","a"],["o-50"],"p-62"]
["send","o+0","makeDirect",["b"],[],"p-63"]
["send","o+0","send",["$0.Alleged: t","b","b"],["o-50"],"p-64"]
["send","o+0","resolve",["b","$0.Alleged: t"],["o-50"],"p-65"]
["send","o+0","resolved",[],[],"p-66"]
["send","o+0","nested",[],[],"p-67"]
["send","o+0","never",[],[],"p-68"]
["send","o+0","self",[],[],"p-69"]
["send","o+0","asyncRef",[],[],"p-70"]
["send","o+0","make",["c"],[],"p-71"]
["send","o+0","make",["d"],[],"p-72"]
["send","o+0","resolveWith",["c","d","a"],[],"p-73"]
["send","o+0","reject",["d",{"#error":"dd","name":"Error"}],[],"p-74"]
["send","o+0","send",["$0.Alleged: t","a","b","c","d"],["o-50"],"p-75"]
["send","o+0","two",["$0.Alleged: t"],["o-50"],"p-76"]
["send","o+0","twoLater",["$0.Alleged: t"],["o-50"],"p-77"]
["send","o+0","cycle",[],[],"p-78"]
["send","o+0","makeDirect",["e"],[],"p-79"]
["send","o+0","makeDirect",["f"],[],"p-80"]
["send","o+0","resolveTo",["e","f"],[],"p-81"]
["send","o+0","resolve",["f","ff"],[],"p-82"]
["send","o+0","make",["g"],[],"p-83"]
["send","o+0","resolve",["g","&0"],["p-90"],"p-84"]
["notify",["p-90",false,"finally"]]
