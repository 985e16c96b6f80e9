const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('w', () => ({ n: 1, o: harden({ deep: [1] }), u: undefined }), {
    same: ({ state }) => { const first = state.o; state.o = first; return first === state.o; },
    mutate: ({ state }) => attempts([() => { state.o.deep.push(2); return 'pushed'; }, () => { state.o = { soft: 1 }; return Object.isFrozen(state.o); }, () => { state.n = undefined; return typeof state.n; }, () => { state.u = null; return state.u; }, () => { state.n = -0; return Object.is(state.n, -0); }, () => { state.n = NaN; return Number.isNaN(state.n); }]),
    refuse: ({ state }) => attempts([() => { state.n = () => {}; }, () => { state.n = new Map(); }, () => { state.n = Symbol('local'); }, () => { state.n = [() => {}]; }, () => { state.n = Promise.resolve(1); return 'promise'; }, () => { state.n = Symbol.for('ok'); return 'symbol'; }, () => { state.n = new Date(0); }, () => { state.n = /x/; }, () => { state.n = Object(1); }, () => { state.n = harden({ get a() { return 1; } }); }, () => { const a = []; a.push(a); state.n = harden(a); }]),
    ops: ({ state }) => { state.n = 5; state.n++; state.n += 2; state.n **= 2; state.u ??= 'filled'; state.u ||= 'no'; const { n, u, ...rest } = state; return harden([n, u, Object.keys(rest), state.n]); },
    keep: ({ self }) => { self.kept = 1; return 'kept'; },
    ctx: context => harden([Object.keys(context), Object.isFrozen(context), Object.isFrozen(context.state), typeof context.self]),
  });
  const o = make();
  return Far('root', { run: m => attempt(() => o[m]()), twice: () => harden([o.same(), o.same === make().same, o === o, Object.isFrozen(o), Object.isFrozen(o.same), typeof o.constructor]) });
}
//--- deliveries
["send","o+0","run",["same"],[],"p-60"]
["send","o+0","run",["mutate"],[],"p-61"]
["send","o+0","run",["refuse"],[],"p-62"]
["send","o+0","run",["ops"],[],"p-63"]
["send","o+0","run",["keep"],[],"p-64"]
["send","o+0","run",["ctx"],[],"p-65"]
["send","o+0","twice",[],[],"p-66"]
