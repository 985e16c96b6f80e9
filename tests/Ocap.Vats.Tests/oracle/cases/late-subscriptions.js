const { E, Far } = __endo__;
function buildRootObject() {
  let held;
  return Far('root', {
    hold(p) { held = p; }, give: () => held, both: p => harden([p, held]), eq: p => p === held, async wait() { return held; }, sendIt: t => E(t).take(held), vatPromise: () => { held = new Promise(() => {}); return harden([held]); },
  });
}
//--- deliveries
["send","o+0","hold",["&0"],["p-5"],"p-60"]
["send","o+0","give",[],[],"p-61"]
["send","o+0","eq",["&0"],["p-5"],"p-62"]
["notify",["p-5",false,"settled"]]
["send","o+0","give",[],[],"p-63"]
["send","o+0","eq",["&0"],["p-5"],"p-64"]
["send","o+0","wait",[],[],"p-65"]
["send","o+0","sendIt",["$0.Alleged: t"],["o-5"],"p-66"]
["notify",["p-5",true,"contrary"]]
["send","o+0","both",["&0"],["p-7"],"p-67"]
["notify",["p-7",false,["&0"],["p-8"]]]
["notify",["p-8",false,"end"],["p-9",false,"unknown"]]
["send","o+0","vatPromise",[],[],"p-68"]
["send","o+0","eq",["&0"],["p+6"],"p-69"]
