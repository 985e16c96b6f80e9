const { Far, M, attempt, attempts } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('shaped', (a, b) => (b === undefined ? { a } : { a, b }), {
    get: ({ state }) => harden([attempt(() => state.a), attempt(() => state.b), attempt(() => state.opt)]),
    set: ({ state }, k, v) => attempt(() => { try { state[k] = v; } catch (e) { if (e.name === 'TypeError') return e.name; throw e; } return state[k]; }),
    keys: ({ state }) => harden([Object.keys(state), Reflect.ownKeys(Object.getPrototypeOf(state))]),
  }, { stateShape: { a: M.string(), b: M.or(M.number(), M.bigint()), opt: M.opt(M.nat()) } });
  return Far('root', {
    make: (a, b) => attempt(() => make(a, b)),
    extra: () => attempt(() => VatData.defineKind('e', () => ({ x: 1, y: 2 }), { m() {} }, { stateShape: harden({ x: M.any() }) })()),
    protoAccess: () => attempts([() => { const p = VatData.defineKind('p', () => ({ x: 1 }), { proto: ({ state }) => Object.getPrototypeOf(state).x }, { stateShape: { x: M.any() } })(); return p.proto(); }]),
  });
}
//--- deliveries
["send","o+0","make",["a",1],[],"p-60"]
["send","o+0","make",[5,1],[],"p-61"]
["send","o+0","make",["a","x"],[],"p-62"]
["send","o+0","make",["a"],[],"p-63"]
["send","o+v10/1","get",[],[],"p-64"]
["send","o+v10/1","set",["a","b"],[],"p-65"]
["send","o+v10/1","set",["a",1],[],"p-66"]
["send","o+v10/1","set",["b","+5"],[],"p-67"]
["send","o+v10/1","set",["b",null],[],"p-68"]
["send","o+v10/1","set",["opt","+3"],[],"p-69"]
["send","o+v10/1","set",["opt","-3"],[],"p-70"]
["send","o+v10/1","set",["opt","#undefined"],[],"p-71"]
["send","o+v10/1","set",["nosuch",1],[],"p-72"]
["send","o+v10/1","keys",[],[],"p-73"]
["send","o+v10/1","get",[],[],"p-74"]
["send","o+0","extra",[],[],"p-75"]
["send","o+0","protoAccess",[],[],"p-76"]
