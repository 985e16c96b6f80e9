const { Far } = __endo__;
function buildRootObject() {
  let far = Far('far', {});
  const make = VatData.defineKind('h', x => ({ x }), { get: ({ state }) => state.x, set: ({ state }, x) => { state.x = x; } });
  let h;
  const store = VatData.makeScalarBigMapStore('s');
  return Far('root', {
    hold() { h = make(far); far = undefined; }, put() { store.init('k', harden([h.get()])); }, give: () => h.get(), letGo() { h.set(undefined); }, take() { store.delete('k'); }, nothing() {},
  });
}
//--- deliveries
["send","o+0","hold",[],[],"p-60"]
["send","o+0","nothing",[],[],"p-61"]
["bringOutYourDead"]
["send","o+0","put",[],[],"p-62"]
["send","o+0","give",[],[],"p-63"]
["send","o+0","letGo",[],[],"p-64"]
["send","o+0","nothing",[],[],"p-65"]
["bringOutYourDead"]
["dropExports","o+11"]
["send","o+0","nothing",[],[],"p-66"]
["bringOutYourDead"]
["send","o+0","take",[],[],"p-67"]
["send","o+0","nothing",[],[],"p-68"]
["bringOutYourDead"]
