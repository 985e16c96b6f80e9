const { Far, makePromiseKit } = __endo__;
function buildRootObject() {
  const kits = [];
  return Far('root', {
    make: () => { const k = makePromiseKit(); kits.push(k); return k.promise; },
    resolve(i, v) { kits[i].resolve(v); },
    reject(i, v) { kits[i].reject(v); },
    hello: x => harden(['hello', x]),
    thing: () => Far('thing', { hello: x => harden(['thing', x]) }),
    self: o => o,
  });
}
//--- deliveries
["send","o+0","make",[],[],"p-60"]
["send","p-60","hello",["piped"],[],"p-80"]
["send","p-80","hello",["again"],[],"p-81"]
["send","o+0","resolve",[0,"$0"],["o+0"],"p-61"]
["send","o+0","make",[],[],"p-62"]
["send","p-62","hello",["piped"],[],"p-82"]
["send","o+0","reject",[1,"no"],[],"p-63"]
["send","p-63","hello",[1],[],"p-83"]
["send","o+0","thing",[],[],"p-64"]
["send","p-64","hello",["to settled"],[],"p-84"]
