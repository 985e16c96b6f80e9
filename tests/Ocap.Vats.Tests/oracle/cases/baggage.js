const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject(_powers, _parameters, baggage) {
  if (!baggage.has('count')) baggage.init('count', 0);
  return Far('root', {
    increment() { const n = baggage.get('count') + 1; baggage.set('count', n); return n; },
    put(key, value) { baggage.init(key, value); },
    set(key, value) { baggage.set(key, value); },
    get(key) { return baggage.get(key); },
    has(key) { return baggage.has(key); },
    remove(key) { baggage.delete(key); },
    keys() { return harden([...baggage.keys()]); },
    values() { return harden([...baggage.values()]); },
    entries() { return harden([...baggage.entries()]); },
    size() { return baggage.getSize(); },
    clear() { baggage.clear(); },
    snapshot() { return baggage.snapshot(); },
    eph() { baggage.init('eph', Far('eph', {})); },
    promise() { baggage.init('p', harden(Promise.resolve(1))); },
    loose() { baggage.init('loose', { a: 1 }); },
    looseSet() { baggage.set('count', { a: 1 }); },
    number() { baggage.init(7, 1); },
    itself() { return baggage; },
    nothing() { return baggage.get(7); },
    addAll() { baggage.addAll([['x', 1], ['y', 2], ['count', 9]]); },
    growWhileIterating() { for (const key of baggage.keys()) baggage.init(`${key}x`, 1); },
    shrinkWhileIterating() { const seen = []; for (const key of baggage.keys()) { seen.push(key); baggage.delete(key); } return harden(seen); },
  });
}
//--- deliveries
["send","o+0","increment",[],[],"p-60"]
["send","o+0","put",["b",["a",{"x":"+7"}]],[],"p-61"]
["send","o+0","put",["b",1],[],"p-62"]
["send","o+0","put",["friend","$0.Alleged: friend"],["o-50"],"p-63"]
["send","o+0","put",["friends",["$0.Alleged: friend","$0","$1.Alleged: other"]],["o-50","o-51"],"p-64"]
["send","o+0","get",["b"],[],"p-65"]
["send","o+0","get",["nosuch"],[],"p-66"]
["send","o+0","set",["nosuch",1],[],"p-67"]
["send","o+0","remove",["nosuch"],[],"p-68"]
["send","o+0","keys",[],[],"p-69"]
["send","o+0","values",[],[],"p-70"]
["send","o+0","entries",[],[],"p-71"]
["send","o+0","size",[],[],"p-72"]
["send","o+0","snapshot",[],[],"p-73"]
["send","o+0","eph",[],[],"p-74"]
["send","o+0","promise",[],[],"p-75"]
["send","o+0","loose",[],[],"p-76"]
["send","o+0","looseSet",[],[],"p-77"]
["send","o+0","number",[],[],"p-78"]
["send","o+0","has",[7],[],"p-79"]
["send","o+0","nothing",[],[],"p-80"]
["send","o+0","set",["friends","$0.Alleged: other"],["o-51"],"p-81"]
["send","o+0","remove",["friend"],[],"p-82"]
["send","o+0","itself",[],[],"p-83"]
["restart"]
["send","o+0","increment",[],[],"p-84"]
["send","o+0","get",["friends"],[],"p-85"]
["send","o+0","addAll",[],[],"p-86"]
["send","o+0","growWhileIterating",[],[],"p-87"]
["send","o+0","shrinkWhileIterating",[],[],"p-88"]
["send","o+0","put",["z",1],[],"p-89"]
["send","o+0","clear",[],[],"p-90"]
["send","o+0","keys",[],[],"p-91"]
