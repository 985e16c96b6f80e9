const { E, Far, M, attempt } = __endo__;
function buildRootObject() {
  // Two errors that are each other's cause: to look at them takes all the stack there is.
  const circle = () => { const a = Error('a'), b = Error('b', { cause: a }); Object.defineProperty(a, 'cause', { value: b }); return harden([a]); };
  const deep = () => 1 + deep();
  const nest = (levels, inmost) => { let o = inmost; for (let i = 0; i < levels; i++) o = harden([o]); return o; };
  const make = VatData.defineKind('deep', () => ({}), { deep, circle, throws() { throw circle(); } });
  const text = p => p.then(() => 'fulfilled', e => `${e.name}: ${e.message}`);
  return Far('root', {
    circle, deep, make,
    rejected: () => Promise.reject(circle()),
    nested: () => harden({ a: Promise.resolve(circle()), b: Promise.reject(circle()) }),
    called: () => harden([attempt(() => make().deep()), attempt(() => make().throws())]),
    stored: () => attempt(() => VatData.makeScalarBigMapStore('m').init('k', circle())),
    resolved: () => text(new HandledPromise(r => r({ get then() { return deep(); } }))),
    sentHere: () => text(E(make()).deep()),
    sent: p => text(E(p).take(circle())),
    unlike: () => attempt(() => VatData.makeScalarBigMapStore('m', { valueShape: nest(200, M.string()) }).init('k', nest(200, 5))),
    lives: () => 'lives',
  });
}
//--- deliveries
["send","o+0","circle",[],[],"p-60"]
["send","o+0","deep",[],[],"p-61"]
["send","o+0","make",[],[],"p-62"]
["send","o+v10/1","deep",[],[],"p-63"]
["send","o+v10/1","circle",[],[],"p-64"]
["send","o+v10/1","throws",[],[],"p-65"]
["send","o+0","rejected",[],[],"p-66"]
["send","o+0","nested",[],[],"p-67"]
["send","o+0","called",[],[],"p-68"]
["send","o+0","stored",[],[],"p-69"]
["send","o+0","resolved",[],[],"p-70"]
["send","o+0","sentHere",[],[],"p-71"]
["send","o+0","sent",["$0.Alleged: p"],["o-5"],"p-72"]
["send","o+0","unlike",[],[],"p-73"]
["send","o+0","lives",[],[],"p-74"]
