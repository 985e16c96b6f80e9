const { Far } = __endo__;
function buildRootObject(_p, _q, baggage) {
  const provide = (k, f) => { if (!baggage.has(k)) baggage.init(k, f()); return baggage.get(k); };
  const handle = provide('handle', () => VatData.makeKindHandle('Thing'));
  const kitHandle = provide('kit', () => VatData.makeKindHandle('Kit'));
  const make = VatData.defineDurableKind(handle, n => ({ n }), { get: ({ state }) => state.n, inc: ({ state }) => { state.n += 1; return state.n; } });
  const makeKit = VatData.defineDurableKindMulti(kitHandle, n => ({ n, peer: undefined }), { a: { get: ({ state }) => state.n, peer: ({ facets }) => facets.b }, b: { set: ({ state }, n) => { state.n = n; } } });
  return Far('root', {
    make: (k, n) => { const o = make(n); baggage.init(k, o); return o; },
    kit: (k, n) => { const { a, b } = makeKit(n); baggage.init(k, a); return b; },
    read: k => harden([baggage.get(k).get(), baggage.get(k) === baggage.get(k)]),
    same: (k, o) => baggage.get(k) === o,
  });
}
//--- deliveries
["send","o+0","make",["x",1],[],"p-60"]
["send","o+0","kit",["y",2],[],"p-61"]
["send","o+d10/1","inc",[],[],"p-62"]
["restart"]
["send","o+0","read",["x"],[],"p-63"]
["send","o+0","read",["y"],[],"p-64"]
["send","o+d10/1","inc",[],[],"p-65"]
["send","o+d11/1:1","set",[7],[],"p-66"]
["send","o+d11/1:0","peer",[],[],"p-67"]
["send","o+0","read",["y"],[],"p-68"]
["send","o+0","same",["y","$0"],["o+d11/1:0"],"p-69"]
["send","o+0","make",["z",5],[],"p-70"]
["restart"]
["send","o+0","kit",["w",3],[],"p-71"]
["bringOutYourDead"]
["dropExports","o+d10/1","o+d10/2"]
["retireExports","o+d10/1"]
["send","o+0","read",["x"],[],"p-72"]
["send","o+0","read",["z"],[],"p-73"]
