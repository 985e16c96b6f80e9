const { Far, passStyleOf, attempts } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('counter', (name, n = 0) => ({ name, n, list: harden([]) }), {
    inc({ state }, by = 1) { state.n += by; return state.n; },
    push({ state }, x) { state.list = harden([...state.list, x]); return state.list; },
    get: ({ state }) => harden([state.name, state.n, state.list]),
    self: ({ self }) => self,
    keys: ({ state }) => harden([Object.keys(state), Object.isFrozen(state), Reflect.ownKeys(Object.getPrototypeOf(state))]),
    context: ctx => harden([Object.keys(ctx), Object.isFrozen(ctx)]),
    bad: ({ state }) => attempts([() => { try { state.nosuch = 1; } catch (e) { return e.name; } }, () => { state.n = Promise.resolve(); return 'kept'; }, () => { state.n = []; }, () => { state.n = Symbol('x'); }, () => { try { delete state.n; } catch (e) { return e.name; } }, () => state.nosuch]),
    same: ({ state, self }) => harden([state.list === state.list, self.self() === self]),
  });
  let held;
  return Far('root', {
    make: (...args) => make(...args),
    hold() { held = make('held', 5); return held.get(); },
    heldInc: () => held.inc(),
    info: () => harden([typeof make, make.length, passStyleOf(held), `${held}`, held.__getMethodNames__(), held.__getInterfaceGuard__(), Object.isFrozen(held), Reflect.ownKeys(held)]),
  });
}
//--- deliveries
["send","o+0","make",["a",1],[],"p-60"]
["send","o+v10/1","inc",[],[],"p-61"]
["send","o+v10/1","inc",[10],[],"p-62"]
["send","o+v10/1","push",["$0.Alleged: x"],["o-5"],"p-63"]
["send","o+v10/1","push",[["y"]],[],"p-64"]
["send","o+v10/1","get",[],[],"p-65"]
["send","o+v10/1","self",[],[],"p-66"]
["send","o+v10/1","keys",[],[],"p-67"]
["send","o+v10/1","context",[],[],"p-68"]
["send","o+v10/1","bad",[],[],"p-69"]
["send","o+v10/1","same",[],[],"p-70"]
["send","o+v10/1","nosuch",[],[],"p-71"]
["send","o+0","hold",[],[],"p-72"]
["send","o+0","heldInc",[],[],"p-73"]
["send","o+0","info",[],[],"p-74"]
