const { Far, passStyleOf, attempt, attempts } = __endo__;
function buildRootObject(_p, _q, baggage) {
  const handle = VatData.makeKindHandle('Thing');
  baggage.init('handle', handle);
  const make = VatData.defineDurableKind(handle, (a, b) => ({ a, b }), { get: ({ state }) => harden([state.a, state.b]), set: ({ state }, k, v) => attempt(() => { state[k] = v; return 'ok'; }), self: ({ self }) => self });
  const eph = Far('eph', {});
  return Far('root', {
    make: (a, b) => make(a, b),
    bad: i => attempts([() => make(eph, 1), () => make(1, harden([i, eph])), () => make(Promise.resolve(), 1), () => make(VatData.makeScalarBigMapStore('v'), 1), () => make(handle, baggage), () => make(i, make(1, 2))]),
    setEph: o => harden([o.set('a', eph), o.set('a', Promise.resolve()), o.set('a', 5)]),
    redefine: () => attempts([() => VatData.defineDurableKind(handle, () => ({}), {}), () => VatData.defineDurableKindMulti(handle, () => ({}), { a: {}, b: {} })]),
    unknown: () => attempts([() => VatData.defineDurableKind(undefined, () => ({}), {}), () => VatData.defineDurableKind(Far('kind', {}), () => ({}), {}), () => VatData.defineDurableKindMulti({}, () => ({}), {})]),
    handle: () => harden([passStyleOf(handle), `${handle}`, VatData.canBeDurable(handle), handle.__getMethodNames__()]),
    export: () => handle,
  });
}
//--- deliveries
["send","o+0","make",[1,"$0.Alleged: x"],["o-5"],"p-60"]
["send","o+d10/1","get",[],[],"p-61"]
["send","o+d10/1","set",["a",["y"]],[],"p-62"]
["send","o+d10/1","self",[],[],"p-63"]
["send","o+0","bad",["$0.Alleged: i"],["o-6"],"p-64"]
["send","o+0","setEph",["$0"],["o+d10/1"],"p-65"]
["send","o+0","redefine",[],[],"p-66"]
["send","o+0","unknown",[],[],"p-67"]
["send","o+0","handle",[],[],"p-68"]
["send","o+0","export",[],[],"p-69"]
["bringOutYourDead"]
