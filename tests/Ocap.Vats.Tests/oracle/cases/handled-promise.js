const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  const trace = [];
  const handler = label => ({
    get: (_o, p) => `${label} get ${String(p)}`,
    applyMethod: (_o, p, args) => `${label} method ${String(p)} ${args.length}`,
    applyFunction: (_o, args) => `${label} function ${args.length}`,
  });
  return Far('root', {
    pending: async () => {
      let resolve;
      const hp = new HandledPromise(r => { resolve = r; }, handler('pending'));
      const answers = [await E(hp).m(1, 2), await E(hp)(3), await E.get(hp).p];
      resolve(Far('local', { m: () => 'local m' }));
      answers.push(await E(hp).m());
      return harden(answers);
    },
    presence: async () => {
      let presence;
      const hp = new HandledPromise((_r, _j, rwp) => { presence = rwp(handler('presence')); });
      const same = (await hp) === presence;
      return harden([same, await E(hp).m(1), await E(presence).m(), await E.get(presence).p, await E(presence)(1, 2, 3), HandledPromise.resolve(presence) === hp]);
    },
    noMethods: async () => { const hp = new HandledPromise(() => {}, {}); return E(hp).m().catch(e => e.message); },
    noApplyMethod: async () => { const hp = new HandledPromise(() => {}, { get: (_o, p) => Far('f', (...a) => `${p} ${a.length}`) }); return E(hp).m(1, 2); },
    onlyApplyMethod: async () => { const hp = new HandledPromise(() => {}, { applyMethod: (_o, p, args) => `${String(p)} ${JSON.stringify(args)}` }); return E(hp)(1, 2); },
    badHandler: () => { try { return new HandledPromise(() => {}, 7); } catch (e) { return e.message; } },
    noNew: () => { try { return HandledPromise(() => {}); } catch (e) { return e.message; } },
    postponed: async () => {
      let resolve;
      const hp = new HandledPromise(r => { resolve = r; });
      const early = E(hp).m('early');
      const chained = E(early).toUpperCase();
      resolve(Promise.resolve(Far('late', { m: x => `m ${x}` })));
      return harden([await early, await chained]);
    },
    rejected: async () => { let reject; const hp = new HandledPromise((_, j) => { reject = j; }, handler('x')); const e = E(hp).m(); reject(Error('why')); return harden([await e, await E(hp).m().catch(err => err.message)]); },
    statics: async () => harden([await HandledPromise.all([1, HandledPromise.resolve(2)]), await HandledPromise.reject(Error('s')).catch(e => e.message), await HandledPromise.race([HandledPromise.resolve(9)]),
      await HandledPromise.applyMethod(Far('x', { m: (...a) => a.length }), 'm', [1, 2]), await HandledPromise.applyFunction(Far('f', (...a) => a.length), [1]), await HandledPromise.get(harden({ p: 'q' }), 'p'),
      await HandledPromise.applyMethodSendOnly(Far('x', { m() {} }), 'm', []), HandledPromise.resolve(1) instanceof Promise]),
    executorThrows: () => { try { return new HandledPromise(() => { throw Error('in executor'); }); } catch (e) { return ['thrown', e.message]; } },
    sendOnly: async () => { const seen = []; const o = Far('o', { m: x => { seen.push(x); return x; } }); const r = E.sendOnly(o).m(1); await null; await null; await null; await null; return harden([r, seen.length]); },
    order: async () => {
      const seen = [];
      const o = Far('o', { m: x => { seen.push(x); } });
      const p = Promise.resolve(o);
      E(p).m('p1'); E(o).m('o1'); E(p).m('p2'); Promise.resolve().then(() => seen.push('then1')).then(() => seen.push('then2')).then(() => seen.push('then3'));
      E.when(o, () => seen.push('when'));
      for (let i = 0; i < 12; i += 1) await null;
      return harden(seen);
    },
    turns: async () => {
      const seen = [];
      const tick = (name, p) => p.then(() => seen.push(name));
      let n = 0; const loop = () => { if (n < 16) { seen.push(n); n += 1; return Promise.resolve().then(loop); } return undefined; };
      const done = loop();
      tick('local', E(Far('o', { m: () => 1 })).m());
      tick('asyncLocal', E(Far('o', { m: async () => 1 })).m());
      tick('promise', E(Promise.resolve(Far('o', { m: () => 1 }))).m());
      tick('get', E.get(harden({ x: 1 })).x);
      tick('resolve', E.resolve(1));
      E(Far('o', { m: () => { throw Error('x'); } })).m().catch(() => seen.push('rejected'));
      tick('handled', new HandledPromise(r => r(1)));
      tick('pending', E(new HandledPromise(() => {}, handler('h'))).m());
      await done;
      for (let i = 0; i < 30; i += 1) await null;
      return harden(seen);
    },
    proxy: async () => { let presence; new HandledPromise((_r, _j, rwp) => { presence = rwp(handler('proxied'), { proxy: { target: {}, handler: { get: (_t, p) => (p === 'then' ? undefined : `trap ${String(p)}`) } } }); }); return harden([presence.foo, await E(presence).m()]); },
  });
}
//--- deliveries
["send","o+0","pending",[],[],"p-60"]
["send","o+0","presence",[],[],"p-61"]
["send","o+0","noMethods",[],[],"p-62"]
["send","o+0","noApplyMethod",[],[],"p-63"]
["send","o+0","onlyApplyMethod",[],[],"p-64"]
["send","o+0","badHandler",[],[],"p-65"]
["send","o+0","noNew",[],[],"p-66"]
["send","o+0","postponed",[],[],"p-67"]
["send","o+0","rejected",[],[],"p-68"]
["send","o+0","statics",[],[],"p-69"]
["send","o+0","executorThrows",[],[],"p-70"]
["send","o+0","sendOnly",[],[],"p-71"]
["send","o+0","order",[],[],"p-72"]
["send","o+0","turns",[],[],"p-73"]
["send","o+0","proxy",[],[],"p-74"]
