const { E, Far, makePromiseKit } = __endo__;
function buildRootObject() {
  const k = [makePromiseKit(), makePromiseKit(), makePromiseKit(), makePromiseKit()];
  return Far('root', {
    pair: () => harden([k[0].promise, k[1].promise]),
    cross() { k[0].resolve(harden({ other: k[1].promise })); k[1].resolve(harden({ other: k[0].promise })); },
    selfish() { k[2].resolve(harden([k[2].promise])); return k[2].promise; },
    rejected: () => { k[3].reject(harden([k[0].promise])); return k[3].promise; },
    again: () => harden([k[0].promise, k[3].promise]),
    send: t => E(t).take(k[0].promise, k[2].promise),
    chain: () => { let p = Promise.resolve('end'); for (let i = 0; i < 5; i += 1) { const inner = p; p = Promise.resolve(harden([inner])); } return p; },
    shared: () => { const p = Promise.resolve(1); return harden([p, p, [p], { p }]); },
    unserializable: () => { const p = Promise.resolve({}); return harden([p]); },
    mixed: () => harden([Promise.resolve(1), Promise.reject(Error('two')), new Promise(() => {}), Promise.resolve(Far('f', {}))]),
  });
}
//--- deliveries
["send","o+0","pair",[],[],"p-60"]
["send","o+0","cross",[],[],"p-61"]
["send","o+0","again",[],[],"p-62"]
["send","o+0","selfish",[],[],"p-63"]
["send","o+0","selfish",[],[],"p-64"]
["send","o+0","rejected",[],[],"p-65"]
["send","o+0","again",[],[],"p-66"]
["send","o+0","send",["$0.Alleged: t"],["o-5"],"p-67"]
["send","o+0","chain",[],[],"p-68"]
["send","o+0","shared",[],[],"p-69"]
["send","o+0","unserializable",[],[],"p-70"]
["send","o+0","mixed",[],[],"p-71"]
