const { Far, M } = __endo__;
function buildRootObject(_p, which, baggage) {
  if (!baggage.has('h')) { baggage.init('h', VatData.makeKindHandle('Slots')); baggage.init('a', VatData.makeScalarBigMapStore('a', { durable: true })); baggage.init('b', VatData.makeScalarBigMapStore('b', { durable: true })); }
  const a = baggage.get('a'); const b = baggage.get('b');
  const shape = { one: { x: M.or(a, M.string()) }, two: { x: M.or(b, M.string()) } }[which];
  VatData.defineDurableKind(baggage.get('h'), x => ({ x }), { m: ({ state }) => state.x }, { stateShape: shape });
  return Far('root', { forget(k) { baggage.delete(k); } });
}
//--- deliveries
["start","one"]
["restart","one"]
["restart","two"]
["restart","one"]
["bringOutYourDead"]
