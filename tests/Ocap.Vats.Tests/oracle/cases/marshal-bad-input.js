const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  return Far('root', { echo: (...args) => harden(args), ok: () => 'ok' });
}
//--- deliveries
["send","o+0","echo",["*x"],[],"p-60"]
["send","o+0","echo",["#foo"],[],"p-61"]
["send","o+0","echo",[{"#foo":1}],[],"p-62"]
["send","o+0","echo",[{"#tag":1,"payload":2}],[],"p-63"]
["send","o+0","echo",[{"#tag":"x","payload":2,"more":3}],[],"p-64"]
["send","o+0","echo",["%@@nosuch"],[],"p-65"]
["send","o+0","echo",[{"+5":1}],[],"p-66"]
["send","o+0","echo",[{"#error":"x","message":"y","name":"Error"}],[],"p-67"]
["send","o+0","echo",[{"#error":7,"name":"Error"}],[],"p-68"]
["send","o+0","echo",[{"#error":"x"}],[],"p-69"]
["send","o+0","echo",["$0"],["p-99"],"p-70"]
["send","o+0","echo",["&0"],["o-99"],"p-71"]
["send","o+0","echo",["$0"],["o+99"],"p-72"]
["send","o+0","echo",["$0"],["o+v20/1"],"p-73"]
["send","o+0","echo",["$0.Alleged: kept"],["o+d20/1"],"p-74"]
["send","o+0","ok",[],[],"p-75"]
["send","o+0","echo",["$0.odd iface"],["o-98"],"p-76"]
