const { Far, M, attempt, attempts } = __endo__;
function buildRootObject(_, __, baggage) {
  const one = { m: () => 1 };
  const many = { a: { m: () => 1 }, b: { n: () => 2 } };
  const cyclic = {}; cyclic.x = cyclic;
  const cycles = {}; cycles.a = { b: { c: cycles } }; cycles.d = cycles;
  let deep = {}; for (let i = 0; i < 2000; i += 1) deep = { deep };
  const others = [5, 0, 'x', '', true, false, null, 1n, Symbol.for('s'), {}, [], () => 3];
  const kinds = {};
  const handle = name => { if (!baggage.has(name)) baggage.init(name, VatData.makeKindHandle(name)); return baggage.get(name); };
  for (const name of ['amplified', 'tested', 'single']) {
    const multi = name !== 'single';
    const define = VatData[multi ? 'defineDurableKindMulti' : 'defineDurableKind'];
    const receiver = name === 'amplified' ? 'receiveAmplifier' : 'receiveInstanceTester';
    const first = attempt(() => define(handle(name), () => ({}), multi ? many : one, { [receiver]: () => { throw Error('not received'); } }));
    let received;
    const make = attempt(() => define(handle(name), () => ({}), multi ? many : one, { [receiver]: f => { received = f; } }));
    const again = attempt(() => define(handle(name), () => ({}), multi ? many : one, {}));
    kinds[name] = () => {
      const made = make();
      const facet = multi ? made.a : made;
      const told = received(facet);
      return harden([first, again, facet.m(), typeof told === 'boolean' ? told : told.b.n()]);
    };
  }
  const withLength = value => { const m = function m(x) { return `${this.state.s} ${x}`; }; Object.defineProperty(m, 'length', typeof value === 'object' && value !== null && 'get' in value ? value : { value }); return m; };
  return Far('root', {
    behaviors: () => attempts([cyclic, cycles, deep].flatMap(b => [() => typeof VatData.defineKind('k', () => ({}), b), () => typeof VatData.defineKindMulti('k', () => ({}), b)])),
    kinds: () => attempts(Object.keys(kinds).map(name => kinds[name])),
    receivers: () => attempts(others.flatMap(o => ['receiveAmplifier', 'receiveInstanceTester'].map(name => () => `${VatData.defineKindMulti('k', () => ({}), many, { [name]: o })().a}`))),
    testers: () => attempts(others.map(o => () => `${VatData.defineKind('k', () => ({}), one, { receiveInstanceTester: o })()}`)),
    finishes: () => attempts(others.map(o => () => `${VatData.defineKind('k', () => ({}), one, { finish: o })()}`)),
    inits: () => attempts(others.map(o => () => `${VatData.defineKind('k', o, one)()}`)),
    initials: () => attempts([...others, function named() {}, class C {}, Far('f', () => 1)].map(o => () => `${VatData.defineKind('k', () => o, one)()}`)),
    guardKits: () => attempts(others.map(o => () => `${VatData.defineKindMulti('k', () => ({}), many, { interfaceGuardKit: o })().a.m()}`)),
    guardKitKeys: () => attempts([{ a: undefined, b: undefined }, { b: undefined, a: undefined, [Symbol.for('s')]: undefined }, { z: undefined, y: undefined }, Object.assign(() => {}, { a: undefined, b: undefined })].map(o => () => `${VatData.defineKindMulti('k', () => ({}), many, { interfaceGuardKit: o })().a.m()}`)),
    kitGuards: () => attempts(others.map(o => () => `${VatData.defineKindMulti('k', () => ({}), many, { interfaceGuard: o })().a.m()}`)),
    guards: () => attempts(others.map(o => () => `${VatData.defineKind('k', () => ({}), one, { interfaceGuard: o })().m()}`)),
    noGuards: () => attempts([null, undefined, false].flatMap(o => [() => VatData.defineKind('k', () => ({}), one, { interfaceGuard: o })().__getInterfaceGuard__(), () => VatData.defineKindMulti('k', () => ({}), many, { interfaceGuardKit: o })().a.__getInterfaceGuard__()])),
    lengths: () => attempts(['x', undefined, null, 1.5, -1, NaN, 2 ** 40, true, 7n, Symbol.for('s'), { get: () => 3 }, { get: () => { throw Error('no length'); } }].map(v => () => {
      const made = VatData.defineKind('k', () => ({ s: 's' }), { m: withLength(v) }, { thisfulMethods: true })();
      const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(made).m, 'length');
      return harden([made.m('x'), value, writable, enumerable, configurable]);
    })),
    ownLengths: () => attempts([true, false].map(thisfulMethods => () => { const m = (a, b) => 1; delete m.length; const made = VatData.defineKind('k', () => ({}), { m, n: (a, b, c) => 1 }, { thisfulMethods })(); return harden([made.m.length, made.n.length]); })),
    methodNames: () => attempts([() => ({ __getMethodNames__: () => ['mine'], m: () => 1 }), () => ({ m: () => 1 }), () => ({ __getMethodNames__: () => ['mine'] })].flatMap(b => [
      () => VatData.defineKind('k', () => ({}), b())().__getMethodNames__(),
      () => VatData.defineKind('k', () => ({}), b(), { thisfulMethods: true })().__getMethodNames__(),
      () => VatData.defineKindMulti('k', () => ({}), { a: b(), b: { n: () => 1 } })().a.__getMethodNames__(),
    ])),
    changing: () => attempts([false, true].map(thisfulMethods => () => {
      let reads = 0;
      const behavior = { get m() { reads += 1; return reads < 3 ? () => 1 : 5; } };
      const made = VatData.defineKind('k', () => ({}), behavior, { thisfulMethods })();
      return `${reads} ${attempt(() => made.m())}`;
    })),
  });
}
//--- deliveries
["send","o+0","behaviors",[],[],"p-60"]
["send","o+0","kinds",[],[],"p-61"]
["send","o+0","receivers",[],[],"p-62"]
["send","o+0","testers",[],[],"p-63"]
["send","o+0","finishes",[],[],"p-64"]
["send","o+0","inits",[],[],"p-65"]
["send","o+0","initials",[],[],"p-66"]
["send","o+0","guardKits",[],[],"p-67"]
["send","o+0","guardKitKeys",[],[],"p-68"]
["send","o+0","kitGuards",[],[],"p-69"]
["send","o+0","guards",[],[],"p-70"]
["send","o+0","noGuards",[],[],"p-71"]
["send","o+0","lengths",[],[],"p-72"]
["send","o+0","ownLengths",[],[],"p-73"]
["send","o+0","methodNames",[],[],"p-74"]
["send","o+0","changing",[],[],"p-75"]
["restart"]
["send","o+0","kinds",[],[],"p-76"]
