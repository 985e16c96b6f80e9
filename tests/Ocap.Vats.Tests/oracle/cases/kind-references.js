const { Far } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('holder', x => ({ x, y: undefined }), { get: ({ state }) => state.x, set: ({ state }, v) => { state.x = v; }, setY: ({ state }, v) => { state.y = v; }, gets: ({ state }) => harden([state.x, state.y]) });
  const eph = Far('eph', { hi: () => 'hi' });
  let held; let p;
  return Far('root', {
    make: x => { held = make(x); return 'made'; },
    ephemeral() { held.set(eph); return held.get() === eph; },
    async promise(pr) { p = pr; held.set(harden([pr])); return held.get()[0] === pr; },
    local() { held.set(Promise.resolve(7)); return 'set'; },
    async readLocal() { return held.get(); },
    self() { held.setY(held); return held.gets()[1] === held; },
    get: () => held.gets(),
    error() { held.set(harden(Error('kept'))); return held.get(); },
    drop() { held.set(null); held.setY(null); },
    gone() { held = undefined; },
  });
}
//--- deliveries
["send","o+0","make",["$0.Alleged: a"],["o-5"],"p-60"]
["send","o+0","get",[],[],"p-61"]
["bringOutYourDead"]
["send","o+0","ephemeral",[],[],"p-62"]
["bringOutYourDead"]
["send","o+0","promise",["&0"],["p-5"],"p-63"]
["notify",["p-5",false,"$0.Alleged: r",["o-6"]]]
["send","o+0","get",[],[],"p-64"]
["send","o+0","local",[],[],"p-65"]
["send","o+0","readLocal",[],[],"p-66"]
["send","o+0","error",[],[],"p-67"]
["send","o+0","self",[],[],"p-68"]
["send","o+0","get",[],[],"p-69"]
["send","o+0","drop",[],[],"p-70"]
["bringOutYourDead"]
["send","o+0","gone",[],[],"p-71"]
["bringOutYourDead"]
