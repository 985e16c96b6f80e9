const { Far, M, attempt, attempts } = __endo__;
function buildRootObject() {
  const I = (options, extra = {}) => M.interface('Raw', { raw: M.call(M.raw(), M.number()).rest(M.raw()).returns(M.raw()), rawOpt: M.call().optional(M.raw()).returns(M.any()), rawWhen: M.callWhen(M.raw(), M.await(M.string())).returns(M.raw()), ...extra }, options);
  const behavior = { raw: (_c, a, n, ...rest) => [typeof a, n, rest.length, Object.isFrozen(a)], rawOpt: (_c, a) => `${typeof a}`, rawWhen: async (_c, a, s) => `${typeof a} ${s}`, free: (_c, ...args) => args.map(x => typeof x) };
  const define = options => attempt(() => VatData.defineKind('r', () => ({}), behavior, { interfaceGuard: I(options) })());
  const strict = VatData.defineKind('s', () => ({}), { raw: behavior.raw, rawOpt: behavior.rawOpt, rawWhen: behavior.rawWhen }, { interfaceGuard: I() })();
  const raw = define({ defaultGuards: 'raw' });
  const passable = define({ defaultGuards: 'passable' });
  const sloppy = define({ sloppy: true });
  return Far('root', {
    strict: () => define(),
    bad: () => attempts([() => I({ defaultGuards: 'odd' }), () => I({ defaultGuards: 5 })].map(f => () => `${f()}`)),
    raws: () => harden([attempt(() => strict.raw(() => {}, 1)), attempt(() => strict.raw({}, 1, () => {}, {})), attempt(() => strict.raw({}, 'x')), attempt(() => strict.raw({})), attempt(() => strict.rawOpt()), attempt(() => strict.rawOpt(() => {})), attempt(() => strict.rawOpt(1, 2))]),
    defaults: () => harden([raw, passable, sloppy].map(o => [attempt(() => o.free(() => {})), attempt(() => o.free([])), attempt(() => Object.isFrozen(o.free(1)))])),
    async when() { const r = []; for (const args of [[{}, 's'], [() => {}, Promise.resolve('t')], [1, 2]]) { try { r.push(await strict.rawWhen(...args)); } catch (e) { r.push(e.message); } } return harden(r); },
  });
}
//--- deliveries
["send","o+0","strict",[],[],"p-60"]
["send","o+0","bad",[],[],"p-61"]
["send","o+0","raws",[],[],"p-62"]
["send","o+0","defaults",[],[],"p-63"]
["send","o+0","when",[],[],"p-64"]
