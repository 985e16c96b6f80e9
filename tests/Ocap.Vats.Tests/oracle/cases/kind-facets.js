const { Far, passStyleOf } = __endo__;
function buildRootObject() {
  const make = VatData.defineKindMulti('door', () => ({ open: false, n: 0 }), {
    key: { open({ state, facets }) { state.open = true; state.n += 1; return facets.lock; }, both: ({ facets }) => harden({ ...facets }) },
    lock: { isOpen: ({ state }) => state.open, count: ({ state }) => state.n, ctx: ctx => harden(Object.keys(ctx)) },
  });
  let held;
  return Far('root', {
    make() { held = make(); return harden({ ...held }); },
    record: () => held,
    info: () => harden([Object.keys(held), Object.isFrozen(held), passStyleOf(held), passStyleOf(held.key), `${held.key} ${held.lock}`, held.key.__getMethodNames__()]),
    use: (key, lock) => harden([key.open() === lock, lock.isOpen(), key === held.key, lock === held.lock, lock.ctx()]),
  });
}
//--- deliveries
["send","o+0","make",[],[],"p-60"]
["send","o+0","record",[],[],"p-61"]
["send","o+0","info",[],[],"p-62"]
["send","o+0","use",["$0","$1"],["o+v10/1:0","o+v10/1:1"],"p-63"]
["send","o+v10/1:0","both",[],[],"p-64"]
["send","o+v10/1:1","count",[],[],"p-65"]
["send","o+v10/1:1","open",[],[],"p-66"]
["send","o+v10/1:2","open",[],[],"p-67"]
["dropExports","o+v10/1:0"]
["dropExports","o+v10/1:1"]
["retireExports","o+v10/1:0","o+v10/1:1"]
