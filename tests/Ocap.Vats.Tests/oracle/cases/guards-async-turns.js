const { Far, M, attempt } = __endo__;
function buildRootObject() {
  const I = M.interface('Later', {
    awaited: M.callWhen(M.await(M.number())).returns(M.any()),
    result: M.callWhen().returns(M.string()),
    argument: M.callWhen(M.string()).returns(M.any()),
    throws: M.callWhen().returns(M.any()),
    rejects: M.callWhen().returns(M.any()),
    throwsOdd: M.callWhen().returns(M.any()),
    fulfills: M.callWhen(M.await(M.number())).returns(M.any()),
  });
  const make = VatData.defineKind('later', () => ({}), {
    awaited: () => 1, result: () => 5, argument: () => 1, throws() { throw Error('thrown'); }, rejects: () => Promise.reject(Error('rejected')),
    throwsOdd() { throw Far('odd', {}); }, fulfills: () => 1,
  }, { interfaceGuard: I });
  const o = make();
  // How many turns it takes until a promise has settled, and how it did.
  const turns = async p => {
    let settled;
    p.then(() => { settled = 'fulfilled'; }, e => { settled = e.message; });
    let n = 0;
    while (!settled) { await null; n += 1; }
    return harden([n, settled]);
  };
  // The order in which several settle that begin in one turn.
  const order = async thunks => {
    const log = [];
    await Promise.all(thunks.map((thunk, i) => thunk().then(() => log.push(i), () => log.push(-i))));
    return harden(log);
  };
  const after = n => (n ? Promise.resolve().then(() => after(n - 1)) : Promise.resolve());
  const calls = [
    () => o.awaited(Promise.reject(Error('gone'))), () => o.awaited(Promise.resolve('no number')), () => o.awaited(1), () => o.result(), () => o.argument(7), () => o.throws(), () => o.rejects(),
    () => o.throwsOdd(), () => o.fulfills(1), () => o.fulfills(Promise.resolve(2)),
  ];
  return Far('root', {
    turns: async () => { const all = []; for (const call of calls) all.push(await turns(call())); return harden(all); },
    order: () => order([() => after(1), ...calls, () => after(2), () => after(3)]),
    make,
  });
}
//--- deliveries
["send","o+0","turns",[],[],"p-60"]
["send","o+0","order",[],[],"p-61"]
["send","o+0","make",[],[],"p-62"]
["send","o+v10/2","throws",[],[],"p-63"]
["send","o+v10/2","argument",[7],[],"p-64"]
