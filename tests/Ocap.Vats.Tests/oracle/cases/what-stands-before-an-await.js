const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const state = { made: 0, total: 1 };
  const make = () => { state.made += 1; const mine = state.made; return Far('made', { add: (...a) => a.reduce((x, y) => x + y, mine * 100) }); };
  return Far('root', {
    method: async p => make().add(1, await E(p).get(), 2), eventual: async p => E(make()).add(await E(p).get()), element: async p => [make(), make()][(await 1)].add(await E(p).get()),
    compound: async p => { let total = 1; const bump = Promise.resolve().then(() => { total = 1000; }); total += await E(p).get(); await bump; return total; },
    pattern: async p => { const { a, b = await E(p).get() } = (make(), { a: 1 }); return harden([a, b]); },
    loop: async p => { let sum = 0; for (let i = 0; i < 2; i += 1) { try { sum += make().add(i, await E(p).get()); } catch (e) { sum += 5000; } } return sum; },
    made: () => harden([state.made]),
  });
}
//--- deliveries
["send","o+0","method",["$0.Alleged: p"],["o-5"],"p-60"]
["notify",["p+5",false,7]]
["send","o+0","made",[],[],"p-61"]
["send","o+0","eventual",["$0.Alleged: p"],["o-5"],"p-62"]
["notify",["p+6",false,7]]
["send","o+0","made",[],[],"p-63"]
["send","o+0","element",["$0.Alleged: p"],["o-5"],"p-64"]
["notify",["p+7",false,7]]
["send","o+0","made",[],[],"p-65"]
["send","o+0","compound",["$0.Alleged: p"],["o-5"],"p-66"]
["notify",["p+8",false,7]]
["send","o+0","made",[],[],"p-67"]
["send","o+0","pattern",["$0.Alleged: p"],["o-5"],"p-68"]
["notify",["p+9",false,7]]
["send","o+0","made",[],[],"p-69"]
["send","o+0","loop",["$0"],["o-5"],"p-70"]
["notify",["p+10",true,{"#error":"no","name":"Error"}]]
["notify",["p+11",false,3]]
["send","o+0","made",[],[],"p-71"]
