const { Far, M, attempts } = __endo__;
function buildRootObject(_p, which, baggage) {
  const eph = Far('eph', {});
  const h = VatData.makeKindHandle('Slots');
  VatData.defineDurableKind(h, () => ({}), {});
  let handle;
  const refs = baggage.has('refs') ? baggage.get('refs') : undefined;
  return Far('root', {
    keep(a, b) { baggage.init('refs', harden([a, b])); handle = VatData.makeKindHandle('Later'); },
    define: w => attempts([() => { const [a, b] = baggage.get('refs'); const shape = { one: { x: M.or(a, M.string()) }, two: { x: M.or(b, M.string()) }, both: { x: M.or(a, b) }, eph: { x: M.or(eph, M.string()) } }[w]; VatData.defineDurableKind(handle, x => ({ x }), { m: ({ state }) => state.x }, { stateShape: shape }); return w; }]),
  });
}
//--- deliveries
["send","o+0","keep",["$0.Alleged: a","$1.Alleged: b"],["o-5","o-6"],"p-60"]
["send","o+0","define",["eph"],[],"p-61"]
["send","o+0","define",["one"],[],"p-62"]
["bringOutYourDead"]
