const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
const exo = makeExo('Exo', undefined, { b() { return 'b'; }, a() { return 'a'; }, [Symbol.for('sym')]() {} });
function buildRootObject() {
  return Far('root', {
    b() { return 'b'; },
    a() { return this !== undefined; },
    exo: () => exo,
    fn: () => Far('fn', (...args) => harden(['called', ...args])),
    local: async () => { const o = Far('o', { m: (...args) => args.length }); return harden([await E(o).m(1, 2, 3), await E(() => 5)()]); },
    localMissing: () => E(Far('o', { z() {}, y() {} })).x(),
    localNumber: () => E(7).toFixed(2),
    localNumberMissing: () => E(7).nosuch(),
    localUndefined: () => E(undefined).foo(),
    localNull: () => E(null).foo(),
    localNotFunction: () => E(harden({ x: 1 })).x(),
    localCallObject: () => E(harden({}))(1),
    localString: () => E('abc').toUpperCase(),
    localPromise: () => E(Promise.resolve(Far('o', { m: () => 'via promise' }))).m(),
    localRejected: () => E(Promise.reject(Error('gone'))).m(),
    hardens: async arg => { const rec = { x: [] }; await E(Far('o', { m: r => Object.isFrozen(r) && Object.isFrozen(r.x) })).m(rec); return Object.isFrozen(rec.x); },
    receiver: () => { const { m } = E(Far('o', { m() {} })); return m(); },
    names: o => o.__getMethodNames__(),
    ownNames: () => exo.__getMethodNames__(),
  });
}
//--- deliveries
["send","o+0","nosuch",[],[],"p-60"]
["send","o+0","a",[],[],"p-61"]
["send","o+0","exo",[],[],"p-62"]
["send","o+10","nosuch",[],[],"p-63"]
["send","o+10","a",[],[],"p-64"]
["send","o+10","%sym",[],[],"p-65"]
["send","o+0","fn",[],[],"p-66"]
["send","o+11","#undefined",["x",1],[],"p-67"]
["send","o+11","m",["x"],[],"p-68"]
["send","o+0","#undefined",["x"],[],"p-69"]
["send","o+0","b","#undefined",[],"p-70"]
["send","o+0","local",[],[],"p-71"]
["send","o+0","localMissing",[],[],"p-72"]
["send","o+0","localNumber",[],[],"p-73"]
["send","o+0","localNumberMissing",[],[],"p-74"]
["send","o+0","localUndefined",[],[],"p-75"]
["send","o+0","localNull",[],[],"p-76"]
["send","o+0","localNotFunction",[],[],"p-77"]
["send","o+0","localCallObject",[],[],"p-78"]
["send","o+0","localString",[],[],"p-79"]
["send","o+0","localPromise",[],[],"p-80"]
["send","o+0","localRejected",[],[],"p-81"]
["send","o+0","hardens",[],[],"p-82"]
["send","o+0","receiver",[],[],"p-83"]
["send","o+0","ownNames",[],[],"p-84"]
["send","o+0","__getMethodNames__",[],[],"p-85"]
["send","o+99","foo",[],[],"p-86"]
["send","o+0","a",[],[],null]
