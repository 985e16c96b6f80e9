const { Far } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('m', n => ({ n }), { get: ({ state }) => state.n, add: ({ state }, k) => { state.n += k; return state.n; } });
  let held;
  return Far('root', { make(n) { held = Array.from({ length: n }, (_, i) => make(i)); return held.length; }, sum: () => held.reduce((s, o) => s + o.get(), 0), bump() { for (const o of held) o.add(1); }, some: () => harden([held[0].get(), held[held.length - 1].get()]), drop(n) { held.length = n; } });
}
//--- deliveries
["send","o+0","make",[40],[],"p-60"]
["send","o+0","sum",[],[],"p-61"]
["send","o+0","bump",[],[],"p-62"]
["send","o+0","sum",[],[],"p-63"]
["send","o+0","some",[],[],"p-64"]
["send","o+0","drop",[38],[],"p-65"]
["send","o+0","bump",[],[],"p-66"]
["send","o+0","some",[],[],"p-67"]
["bringOutYourDead"]
