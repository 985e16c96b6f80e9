const { Far, M } = __endo__;
function buildRootObject(_p, which, baggage) {
  if (!baggage.has('h')) baggage.init('h', VatData.makeKindHandle('Shaped'));
  const shapes = { none: undefined, base: { a: M.string() }, same: { a: M.string() }, opt: { a: M.string(), b: M.or(M.number(), M.undefined()) }, optFn: { a: M.string(), c: M.opt(M.any()) }, required: { a: M.string(), d: M.number() }, orNot: { a: M.string(), e: M.or(M.number(), M.string()) }, other: { a: M.number() }, fewer: {} };
  const make = VatData.defineDurableKind(baggage.get('h'), a => ({ a }), { get: ({ state }) => harden([state.a, state.b, Object.keys(Object.getPrototypeOf(state))]), setB: ({ state }, b) => { state.b = b; } }, { stateShape: shapes[which] });
  return Far('root', { make: a => make(a), which: () => which });
}
//--- deliveries
["start","base"]
["send","o+0","make",["x"],[],"p-60"]
["restart","same"]
["restart","required"]
["restart","orNot"]
["restart","other"]
["restart","fewer"]
["restart","none"]
["restart","opt"]
["send","o+d10/1","get",[],[],"p-61"]
["send","o+d10/1","setB",[5],[],"p-62"]
["send","o+d10/1","get",[],[],"p-63"]
["restart","base"]
["restart","optFn"]
["restart","opt"]
["send","o+d10/1","get",[],[],"p-64"]
