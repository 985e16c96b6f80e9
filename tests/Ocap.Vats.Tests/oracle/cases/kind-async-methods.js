const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('counter', n => ({ n }), {
    async add({ state }, p) { state.n += await E(p).get(); return state.n; },
    async replace({ state, self }, p) { const before = self.read(); state.n = await E(p).get(); return harden([before, self.read()]); },
    read: ({ state }) => state.n,
    async each({ state }, ps) { for await (const v of ps) { if (v === 'stop') break; state.n += v; } return state.n; },
    async safe({ state }, p) { try { state.n += 1; return await p; } catch (e) { return `caught ${e.message}`; } finally { state.n += 10; } },
  });
  return Far('root', { make: n => make(n) });
}
//--- deliveries
["send","o+0","make",[1],[],"p-60"]
["send","o+v10/1","add",["$0.Alleged: p"],["o-5"],"p-61"]
["send","o+v10/1","add",["$0"],["o-5"],"p-62"]
["notify",["p+6",false,100]]
["notify",["p+5",false,10]]
["send","o+v10/1","read",[],[],"p-63"]
["send","o+v10/1","replace",["$0"],["o-5"],"p-64"]
["notify",["p+7",false,7]]
["send","o+v10/1","each",[["&0","&1","&2"]],["p-9","p-10","p-11"],"p-65"]
["notify",["p-9",false,3],["p-10",false,"stop"]]
["send","o+v10/1","read",[],[],"p-66"]
["send","o+v10/1","safe",["&0"],["p-12"],"p-67"]
["notify",["p-12",true,{"#error":"no","name":"Error"}]]
["send","o+v10/1","read",[],[],"p-68"]
