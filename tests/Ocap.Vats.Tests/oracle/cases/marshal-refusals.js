const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  const wrap = value => Promise.resolve(harden(value));
  class Klass { constructor() { this.x = 1; } }
  return Far('root', {
    fn: () => wrap(() => 1),
    namedFn: () => wrap(function named() {}),
    methods: () => wrap({ go() {} }),
    mixed: () => wrap({ go() {}, x: 1 }),
    nestedFn: () => wrap({ a: [() => 1] }),
    map: () => wrap(new Map()),
    set: () => wrap(new Set()),
    regexp: () => wrap(/x/),
    klass: () => wrap(new Klass()),
    nullProto: () => wrap(Object.create(null)),
    getter: () => wrap({ get x() { return 1; } }),
    hidden: () => wrap(Object.defineProperty({}, 'x', { value: 1 })),
    symbolKey: () => wrap({ [Symbol.for('x')]: 1 }),
    symbol: () => Symbol('unregistered'),
    thenable: () => [{ then: 1 }, harden({ then: 2 })][1],
    sparse: () => wrap([1, , 3]),
    extraArray: () => wrap(Object.assign([1], { x: 1 })),
    cyclic: () => { const a = [1]; a.push(a); return wrap(a); },
    bigCyclic: () => { const a = { b: {} }; a.b.a = a; return wrap(a); },
    arrayBuffer: () => wrap(new ArrayBuffer(2)),
    weird: () => wrap({ [Symbol.for('passStyle')]: 'weird' }),
    farWithData: () => Far('data', { x: 1 }),
    badFar: () => Far(7, {}),
    asyncMutable: async () => ({ a: 1 }),
    asyncMutableArray: async () => [1, { b: 2 }],
    syncMutable: () => ({ a: 1 }),
    hiddenUnfrozen: () => Promise.resolve([Promise.resolve({ x: 1 })]),
    bytes: () => new Uint8Array(2),
    dataView: () => wrap(new DataView(new ArrayBuffer(1))),
  });
}
//--- deliveries
["send","o+0","fn",[],[],"p-60"]
["send","o+0","namedFn",[],[],"p-61"]
["send","o+0","methods",[],[],"p-62"]
["send","o+0","mixed",[],[],"p-63"]
["send","o+0","nestedFn",[],[],"p-64"]
["send","o+0","map",[],[],"p-65"]
["send","o+0","set",[],[],"p-66"]
["send","o+0","regexp",[],[],"p-67"]
["send","o+0","klass",[],[],"p-68"]
["send","o+0","nullProto",[],[],"p-69"]
["send","o+0","getter",[],[],"p-70"]
["send","o+0","hidden",[],[],"p-71"]
["send","o+0","symbolKey",[],[],"p-72"]
["send","o+0","symbol",[],[],"p-73"]
["send","o+0","thenable",[],[],"p-74"]
["send","o+0","sparse",[],[],"p-75"]
["send","o+0","extraArray",[],[],"p-76"]
["send","o+0","cyclic",[],[],"p-77"]
["send","o+0","bigCyclic",[],[],"p-78"]
["send","o+0","arrayBuffer",[],[],"p-79"]
["send","o+0","weird",[],[],"p-80"]
["send","o+0","farWithData",[],[],"p-81"]
["send","o+0","badFar",[],[],"p-82"]
["send","o+0","asyncMutable",[],[],"p-83"]
["send","o+0","asyncMutableArray",[],[],"p-84"]
["send","o+0","syncMutable",[],[],"p-85"]
["send","o+0","hiddenUnfrozen",[],[],"p-86"]
["send","o+0","bytes",[],[],"p-87"]
["send","o+0","dataView",[],[],"p-88"]
