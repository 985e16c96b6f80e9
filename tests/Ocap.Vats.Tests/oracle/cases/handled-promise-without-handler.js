const { E, Far, attempts } = __endo__;
function buildRootObject() {
  const falsy = [undefined, null, false, 0, NaN, '', 0n];
  const target = Far('target', { m: x => `m ${x}` });
  return Far('root', {
    pending: async () => Promise.all(falsy.map(async handler => {
      let resolve;
      const hp = new HandledPromise(r => { resolve = r; }, handler);
      const early = E(hp).m('early');
      resolve(target);
      return harden([await early, await E(hp).m('late')]);
    })),
    presence: () => attempts(falsy.map(handler => () => { let shown; new HandledPromise((_r, _j, rwp) => { shown = typeof rwp(handler); }); return shown; })),
    refused: () => attempts([5, 'x', true, 1n, Symbol.for('s')].map(handler => () => typeof new HandledPromise(() => {}, handler))),
  });
}
//--- deliveries
["send","o+0","pending",[],[],"p-60"]
["send","o+0","presence",[],[],"p-61"]
["send","o+0","refused",[],[],"p-62"]
