const { Far, attempt } = __endo__;
function buildRootObject() {
  const log = [];
  const make = VatData.defineKind('f', n => ({ n, peer: undefined }), { get: ({ state }) => harden([state.n, state.peer]) }, { finish: ({ state, self }) => { log.push(state.n); state.peer = self; state.n += 1; } });
  const makeBad = VatData.defineKind('bad', () => ({}), { m() {} }, { finish() { throw Error('unfinished'); } });
  const makeMulti = VatData.defineKindMulti('multi', n => ({ n }), { a: { get: ({ state }) => state.n }, b: { peer: ({ facets }) => facets.a } }, { finish: ({ state, facets }) => { state.n += 1; log.push(Object.keys(facets)); } });
  return Far('root', { make: n => make(n), bad: () => attempt(() => makeBad()), multi: n => makeMulti(n).b, log: () => harden([...log]) });
}
//--- deliveries
["send","o+0","make",[5],[],"p-60"]
["send","o+v10/1","get",[],[],"p-61"]
["send","o+0","bad",[],[],"p-62"]
["send","o+0","multi",[1],[],"p-63"]
["send","o+v12/1:1","peer",[],[],"p-64"]
["send","o+v12/1:0","get",[],[],"p-65"]
["send","o+0","log",[],[],"p-66"]
