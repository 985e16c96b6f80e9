const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject(_p, _q, baggage) {
  let fail = false;
  const log = [];
  const h = VatData.makeKindHandle('fin');
  baggage.init('h', h);
  const make = VatData.defineDurableKind(h, n => ({ n }), { get: ({ state }) => state.n }, { finish: ({ state }) => { log.push(state.n); if (fail) throw Error(`finish ${state.n}`); state.n += 1; } });
  const makeMulti = VatData.defineKindMulti('multi', n => ({ n }), { a: { get: ({ state }) => state.n }, b: {} }, { finish: ({ facets }) => { if (fail) throw Error(`multi ${Object.keys(facets)}`); } });
  return Far('root', { fail(v) { fail = v; }, make: n => attempt(() => make(n)), multi: n => attempt(() => makeMulti(n).a), store: n => attempt(() => { baggage.init(`k${n}`, make(n)); return 'stored'; }), log: () => harden([...log]), keys: () => harden([...baggage.keys()]) });
}
//--- deliveries
["send","o+0","make",[1],[],"p-60"]
["send","o+0","fail",[true],[],"p-61"]
["send","o+0","make",[2],[],"p-62"]
["send","o+0","store",[3],[],"p-63"]
["send","o+0","multi",[4],[],"p-64"]
["send","o+0","fail",[false],[],"p-65"]
["send","o+0","make",[5],[],"p-66"]
["send","o+0","multi",[6],[],"p-67"]
["send","o+d10/1","get",[],[],"p-68"]
["send","o+d10/4","get",[],[],"p-69"]
["send","o+0","log",[],[],"p-70"]
["send","o+0","keys",[],[],"p-71"]
