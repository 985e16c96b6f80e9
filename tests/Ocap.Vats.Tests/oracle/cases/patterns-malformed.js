const { Far, M, makeTagged, attempts } = __endo__;
function buildRootObject() {
  const odd = ['match:any', 'match:and', 'match:or', 'match:not', 'match:scalar', 'match:kind', 'match:tagged', 'match:bigint', 'match:string', 'match:remotable', 'match:gte', 'match:arrayOf', 'match:recordOf', 'match:setOf', 'match:bagOf', 'match:mapOf', 'match:containerHas', 'match:splitArray', 'match:splitRecord', 'copySet', 'copyBag', 'copyMap', 'guard:methodGuard', 'guard:awaitArgGuard', 'guard:rawGuard', 'other'];
  const payloads = [undefined, 5, 'x', harden([]), harden([1]), harden([Promise.resolve()]), harden([M.any(), M.any()]), harden([[], [], []]), harden([{}, {}, {}]), harden({ label: 1 }), harden({ label: 'x' }), harden([{ limit: 'x' }]), harden([1, 2, 3, 4]), harden({ keys: [1], values: [] }), harden([['a', 1n], ['b', 0n]]), harden([M.any(), 0n])];
  return Far('root', { check: i => attempts(payloads.map(p => () => `${VatData.makeScalarBigMapStore('m', { valueShape: makeTagged(odd[i], p) })}`)) });
}
//--- deliveries
["send","o+0","check",[0],[],"p-60"]
["send","o+0","check",[1],[],"p-61"]
["send","o+0","check",[2],[],"p-62"]
["send","o+0","check",[3],[],"p-63"]
["send","o+0","check",[4],[],"p-64"]
["send","o+0","check",[5],[],"p-65"]
["send","o+0","check",[6],[],"p-66"]
["send","o+0","check",[7],[],"p-67"]
["send","o+0","check",[8],[],"p-68"]
["send","o+0","check",[9],[],"p-69"]
["send","o+0","check",[10],[],"p-70"]
["send","o+0","check",[11],[],"p-71"]
["send","o+0","check",[12],[],"p-72"]
["send","o+0","check",[13],[],"p-73"]
["send","o+0","check",[14],[],"p-74"]
["send","o+0","check",[15],[],"p-75"]
["send","o+0","check",[16],[],"p-76"]
["send","o+0","check",[17],[],"p-77"]
["send","o+0","check",[18],[],"p-78"]
["send","o+0","check",[19],[],"p-79"]
["send","o+0","check",[20],[],"p-80"]
["send","o+0","check",[21],[],"p-81"]
["send","o+0","check",[22],[],"p-82"]
["send","o+0","check",[23],[],"p-83"]
["send","o+0","check",[24],[],"p-84"]
["send","o+0","check",[25],[],"p-85"]
