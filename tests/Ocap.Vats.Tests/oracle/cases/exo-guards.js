const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
const CounterI = M.interface('Counter', {
  increment: M.call(M.number()).optional(M.string()).returns(M.number()),
  add: M.call(M.bigint(), M.bigint()).returns(M.bigint()),
  async: M.callWhen(M.await(M.string())).returns(M.string()),
  bad: M.call().returns(M.string()),
  shape: M.call(M.splitRecord({ a: M.string() }, { b: M.number() })).returns(M.any()),
  rem: M.call(M.remotable('friend')).returns(M.boolean()),
});
const makeCounter = defineExoClass('Counter', CounterI, start => ({ n: start }), {
  increment(by) { this.state.n += by; return this.state.n; },
  add: (a, b) => a + b,
  async: s => `${s}!`,
  bad: () => 7,
  shape: r => r,
  rem: r => passStyleOf(r) === 'remotable',
});
const makeKit = defineExoClassKit('Kit', undefined, () => ({ v: 1 }), { reader: { get() { return this.state.v; } }, writer: { set(v) { this.state.v = v; } } });
function buildRootObject() {
  const counter = makeCounter(10);
  const kit = makeKit();
  return makeExo('root', M.interface('root', {}, { defaultGuards: 'passable' }), { counter: () => counter, reader: () => kit.reader, writer: () => kit.writer });
}
//--- deliveries
["send","o+0","counter",[],[],"p-60"]
["send","o+10","increment",[5],[],"p-61"]
["send","o+10","increment",["foo"],[],"p-62"]
["send","o+10","increment",[],[],"p-63"]
["send","o+10","increment",[1,2],[],"p-64"]
["send","o+10","increment",[1,"x","y"],[],"p-65"]
["send","o+10","add",["+2","+3"],[],"p-66"]
["send","o+10","add",["+2",3],[],"p-67"]
["send","o+10","async",["s"],[],"p-68"]
["send","o+10","async",["&0"],["p-5"],"p-69"]
["notify",["p-5",false,"waited"]]
["send","o+10","async",[7],[],"p-70"]
["send","o+10","bad",[],[],"p-71"]
["send","o+10","shape",[{"a":"x","b":1}],[],"p-72"]
["send","o+10","shape",[{"a":1}],[],"p-73"]
["send","o+10","shape",[{"a":"x","c":1}],[],"p-74"]
["send","o+10","rem",["$0.Alleged: friend"],["o-5"],"p-75"]
["send","o+10","rem",[{"#tag":"x","payload":1}],[],"p-76"]
["send","o+10","nosuch",[],[],"p-77"]
["send","o+0","reader",[],[],"p-78"]
["send","o+0","writer",[],[],"p-79"]
["send","o+12","set",["v2"],[],"p-80"]
["send","o+11","get",[],[],"p-81"]
["send","o+11","set",[],[],"p-82"]
["send","o+10","__getInterfaceGuard__",[],[],"p-83"]
