const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  return Far('root', { 'odd name': () => 1, '': () => 'empty', [Symbol.for('sym')]: () => 'sym', [Symbol.asyncIterator]: () => 'ai', m(...a) { return a.length; }, toString: () => 'own', async late() { await null; return 'late'; }, *gen() { yield 1; }, self() { return this; }, async throwLate() { await null; throw harden({ not: 'an error' }); }, nested: () => Promise.resolve(Promise.resolve(harden([Promise.resolve(1)]))), fn: () => Far('fn', (...a) => a.length), thenable: () => harden({ then: 5 }), undef() {} });
}
//--- deliveries
["send","o+0","odd name",[],[],"p-60"]
["send","o+0","",[],[],"p-61"]
["send","o+0","toString",[],[],"p-62"]
["send","o+0","late",[],[],"p-63"]
["send","o+0","gen",[],[],"p-64"]
["send","o+0","self",[],[],"p-65"]
["send","o+0","throwLate",[],[],"p-66"]
["send","o+0","nested",[],[],"p-67"]
["send","o+0","fn",[],[],"p-68"]
["send","o+0","thenable",[],[],"p-69"]
["send","o+0","undef",[],[],"p-70"]
["send","o+0","hasOwnProperty",[],[],"p-71"]
["send","o+0","__proto__",[],[],"p-72"]
["send","o+0","constructor",[],[],"p-73"]
["send","o+0","valueOf",[],[],"p-74"]
["send","o+0","%sym",[],[],"p-75"]
["send","o+0","%@@asyncIterator",[],[],"p-76"]
["send","o+0","%nothing",[],[],"p-77"]
["send","o+0","__getMethodNames__",[],[],"p-78"]
["send","o+0","__getInterfaceGuard__",[],[],"p-79"]
["send","o+0","length",[],[],"p-80"]
["send","o+0","m",[1,2,3],[],"p-81"]
["send","o+0","m",["#undefined"],[],"p-82"]
