const { Far, makeTagged } = __endo__;
function buildRootObject() {
  const a = Far('a', {}); const b = Far('b', {}); const p = new Promise(() => {});
  return Far('root', {
    repeats: () => harden([a, [b, a], { z: b, y: a, x: p, w: p }, a]),
    order: () => harden({ z: b, a: p, m: [p, a] }),
    fns: () => harden([Far('fn', () => 1), Far('fn', () => 2)]),
    tagged: () => makeTagged('t', harden([a, a])),
    echo: (...args) => harden(args),
    ifaces: (...args) => harden(args.map(x => Object.prototype.toString.call(x))),
    identical: (x, y, z) => harden([x === y, y === z]),
  });
}
//--- deliveries
["send","o+0","repeats",[],[],"p-60"]
["send","o+0","order",[],[],"p-61"]
["send","o+0","fns",[],[],"p-62"]
["send","o+0","tagged",[],[],"p-63"]
["send","o+0","echo",["$0.Alleged: one","$1.Alleged: two","$0","$2.Remotable"],["o-5","o-6","o-7"],"p-64"]
["send","o+0","echo",["$0.Alleged: renamed","$1"],["o-5","o-8"],"p-65"]
["send","o+0","ifaces",["$0.Alleged: one","$1","$2.Remotable","$3.DebugName: d"],["o-5","o-9","o-10","o-11"],"p-66"]
["send","o+0","ifaces",["$0.Odd iface"],["o-12"],"p-67"]
["send","o+0","identical",["$0","$1","$2"],["o-5","o-5","o-6"],"p-68"]
["send","o+0","identical",["&0","&1","&0"],["p-5","p-5"],"p-69"]
["send","o+0","echo",["$5"],["o-5"],"p-70"]
["send","o+0","echo",["$x"],["o-5"],"p-71"]
["send","o+0","echo",["$0.Alleged: p"],["p-6"],"p-72"]
["send","o+0","echo",["&0"],["o-13"],"p-73"]
["send","o+0","echo",["$0"],["o+0"],"p-74"]
["send","o+0","echo",["$0"],["o+99"],"p-75"]
