const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('m');
  for (const k of ['a', 'b', 'c']) m.init(k, harden({ k }));
  async function* values(p) { for (const [k, v] of m.entries()) { await E(p).saw(k); yield v; } }
  return Far('root', {
    async gather(p) { const out = []; for await (const v of values(p)) out.push(v.k); return harden(out); },
    async first(p) { for await (const v of values(p)) return v; },
    async sum() { let n = 0; for (const [k, v] of m.entries()) { n += (await Promise.resolve(v)).k.length; n += k.length; } return n; },
    async change() { const seen = []; try { for (const k of m.keys()) { seen.push(k); await null; m.delete(k); } } catch (e) { seen.push(e.message); } return harden([seen, m.getSize()]); },
  });
}
//--- deliveries
["send","o+0","gather",["$0.Alleged: p"],["o-5"],"p-60"]
["notify",["p+5",false,null]]
["notify",["p+6",false,null]]
["notify",["p+7",false,null]]
["send","o+0","first",["$0"],["o-5"],"p-61"]
["notify",["p+8",false,null]]
["send","o+0","sum",[],[],"p-62"]
["send","o+0","change",[],[],"p-63"]
["send","o+0","sum",[],[],"p-64"]
