const { Far } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('e', x => ({ x }), { get: ({ state }) => state.x });
  let held;
  return Far('root', {
    make: x => make(x), keep: x => { held = make(x); return held; }, again: () => held, drop() { held = undefined; }, nothing() {}, echo: o => o,
  });
}
//--- deliveries
["send","o+0","make",["$0.Alleged: x"],["o-5"],"p-60"]
["send","o+0","nothing",[],[],"p-61"]
["bringOutYourDead"]
["send","o+v10/1","get",[],[],"p-62"]
["dropExports","o+v10/1"]
["send","o+0","nothing",[],[],"p-63"]
["bringOutYourDead"]
["send","o+0","keep",["kept"],[],"p-64"]
["dropExports","o+v10/2"]
["send","o+0","nothing",[],[],"p-65"]
["bringOutYourDead"]
["send","o+0","again",[],[],"p-66"]
["retireExports","o+v10/9"]
["send","o+0","drop",[],[],"p-67"]
["send","o+0","nothing",[],[],"p-68"]
["bringOutYourDead"]
["dropExports","o+v10/2"]
["retireExports","o+v10/2"]
["send","o+0","nothing",[],[],"p-69"]
["bringOutYourDead"]
["send","o+0","make",["third"],[],"p-70"]
["send","o+0","echo",["$0"],["o+v10/3"],"p-71"]
["dropExports","o+v10/3"]
["send","o+0","echo",["$0"],["o+v10/3"],"p-72"]
["send","o+0","nothing",[],[],"p-73"]
["bringOutYourDead"]
["dropExports","o+v10/3"]
["retireExports","o+v10/3"]
["send","o+0","nothing",[],[],"p-74"]
["bringOutYourDead"]
