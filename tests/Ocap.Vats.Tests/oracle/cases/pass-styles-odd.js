const { Far, M, makeTagged, attempt, passStyleOf } = __endo__;
function buildRootObject() {
  const style = make => attempt(() => passStyleOf(harden(make())));
  const tagged = (descriptor, key = Symbol.toStringTag) => Object.defineProperty(Promise.resolve(1), key, descriptor);
  const longer = () => new Proxy([1, 2], { get: (t, k) => (k === 'length' ? 7 : t[k]) });
  const put = value => attempt(() => { VatData.makeScalarBigMapStore('m', { valueShape: M.arrayOf(M.number()) }).init('k', value); return true; });
  const make = VatData.defineKind('k', () => ({}), { throws(_, what) { throw what; } });
  return Far('root', {
    arrays: () => harden([
      style(() => new Proxy([], {})), style(() => new Proxy([1, [2]], {})), style(() => [new Proxy([], {})]), style(() => new Proxy(new Proxy([1], {}), {})), style(longer),
      style(() => Object.assign(new Proxy([1], {}), { extra: 1 })), style(() => new Proxy(Object.setPrototypeOf([1], null), {})), style(() => new Proxy({ a: 1 }, {})),
      style(() => Object.defineProperty(Error('e'), 'errors', { value: new Proxy([], {}) })), style(() => makeTagged('t', harden(new Proxy([3], {})))),
      style(() => Object.defineProperty(new Proxy([1], {}), Symbol.for('passStyle'), { value: 'copyArray' })),
    ]),
    answer: () => harden(new Proxy([1, 'two', { three: [3] }], {})),
    stored: () => harden([put(harden(new Proxy([1], {}))), put(harden(new Proxy(['x'], {})))]),
    thrown: () => { const what = harden(new Proxy([1], {})); try { make().throws(what); return 'nothing'; } catch (e) { return e === what; } },
    revoked: () => attempt(() => { const { proxy, revoke } = Proxy.revocable([], {}); harden(proxy); revoke(); return passStyleOf(proxy); }),
    promises: () => harden([
      style(() => Promise.resolve(1)), style(() => tagged({ value: 'Named' })), style(() => tagged({ value: '' })), style(() => tagged({ value: 'Named', enumerable: true })),
      style(() => tagged({ value: 5 })), style(() => tagged({ value: undefined })), style(() => tagged({ get: () => 'Named' })), style(() => tagged({ value: 'x' }, 'extra')), style(() => tagged({ value: 'x' }, Symbol.for('other'))),
      style(() => Object.defineProperty(tagged({ value: 'Named' }), 'extra', { value: 1 })), style(() => tagged({ value: 1 }, Symbol.iterator)), style(() => Object.setPrototypeOf(Promise.resolve(1), Object.create(Promise.prototype))),
    ]),
    promise: () => harden([tagged({ value: 'Named' })]),
  });
}
//--- deliveries
["send","o+0","arrays",[],[],"p-60"]
["send","o+0","answer",[],[],"p-61"]
["send","o+0","stored",[],[],"p-63"]
["send","o+0","thrown",[],[],"p-64"]
["send","o+0","revoked",[],[],"p-65"]
["send","o+0","promises",[],[],"p-66"]
["send","o+0","promise",[],[],"p-67"]
