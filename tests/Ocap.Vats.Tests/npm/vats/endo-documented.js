// What the documentation of five @endo packages promises, one case each: run in a vat and under SES in Node, and compared.
import { Far, passStyleOf, toPassableError, deeplyFulfilled } from '@endo/pass-style';
import { E as send } from '@endo/eventual-send';
import * as passStyle from '@endo/pass-style';
import { makeMarshal, makeTagged, stringify, parse, decodeToJustin, compareRank, makeEncodePassable, makeDecodePassable } from '@endo/marshal';
import { M, matches, mustMatch, keyEQ, keyGT, keyLT, compareKeys, isKey, isPattern, isCopyMap, makeCopySet, makeCopyBag, makeCopyMap, getCopySetKeys, getCopyBagEntries, getCopyMapEntries, elementsCompare, kindOf, listDifference, objectMap, setIsSuperset, setDisjointUnion, bagUnion } from '@endo/patterns';
import { makeExo, defineExoClass, defineExoClassKit, initEmpty } from '@endo/exo';
import { makePromiseKit } from '@endo/promise-kit';

const thrown = thunk => { try { return thunk(); } catch (e) { return `${e.name}: ${e.message}`; } };
// Where the words are the engine's own.
const named = thunk => { try { return thunk(); } catch (e) { return e.name; } };
const far = (name, methods = {}) => Far(name, methods);
const marshal = makeMarshal(undefined, undefined, { serializeBodyFormat: 'smallcaps', errorTagging: 'off' });
const legacy = makeMarshal(undefined, undefined, { errorTagging: 'off' });
const body = value => thrown(() => marshal.toCapData(harden(value)).body);
const round = value => thrown(() => { const data = marshal.toCapData(harden(value)); return marshal.toCapData(marshal.fromCapData(data)).body === data.body; });
const style = value => thrown(() => passStyleOf(harden(value)));
const refused = (specimen, pattern) => thrown(() => { mustMatch(harden(specimen), harden(pattern), 'it'); return 'matches'; });
const encode = makeEncodePassable({ encodeRemotable: () => 'r1', encodePromise: () => '?1', encodeError: () => '!1' });
const decode = makeDecodePassable({ decodeRemotable: () => 'remotable', decodePromise: () => 'promise', decodeError: () => 'error' });

const PointI = M.interface('Point', {
  getX: M.call().returns(M.number()),
  move: M.call(M.number()).optional(M.number()).rest(M.arrayOf(M.string())).returns(M.undefined()),
  later: M.callWhen(M.await(M.nat())).returns(M.string()),
  any: M.call().rest(M.any()).returns(M.any()),
});
const makePoint = defineExoClass('Point', PointI, (x = 0, y = 0) => ({ x, y }), {
  getX() { return this.state.x; },
  move(dx, dy = 0) { this.state.x += dx; this.state.y += dy; },
  async later(n) { return `${n}`; },
  any(...args) { return args.length; },
});

export const cases = {
  // pass-style
  styles: () => [undefined, null, true, 1, 1n, 'x', Symbol.for('x'), Symbol.iterator, [], {}, far('a'), Promise.resolve(), Error('e'), makeTagged('t', 1)].map(style).join(),
  notPassable: () => [() => 1, new Map(), new Date(0), /x/, class {}, Object.create(null), Object.create({}), new (class A {})(), [, 1], Object.assign([], { x: 1 }), { get x() { return 1; } }, Symbol('local'), new Uint8Array(1)].map(style).join('\n'),
  notFrozen: () => thrown(() => passStyleOf({})),
  symbolKeys: () => style({ [Symbol('x')]: 1 }),
  nonEnumerable: () => style(Object.defineProperty({}, 'x', { value: 1 })),
  farWithData: () => thrown(() => Far('a', { x: 1 })),
  farTwice: () => thrown(() => Far('b', far('a'))),
  farOfFrozen: () => named(() => Far('a', harden({}))),
  farFunction: () => { const f = Far('f', x => x + 1); return `${passStyleOf(f)} ${f(1)} ${f}`; },
  farName: () => [far('Some Name'), far('x')].map(o => passStyle.getInterfaceOf(o)).join(),
  farMethodNames: () => passStyle.getRemotableMethodNames(far('a', { b() {}, a() {} })).join(),
  remotableOddIface: () => thrown(() => passStyle.Remotable('Odd: a')),
  thenable: () => style({ then() {} }),
  promiseWithProperty: () => style(Object.assign(Promise.resolve(), { x: 1 })),
  errorWithProperty: () => style(Object.assign(Error('x'), { extra: 1 })),
  errorSubclass: () => style(new (class MyError extends Error {})('x')),
  errorCause: () => style(Error('x', { cause: Error('y') })),
  errorAggregate: () => style(AggregateError([Error('a')], 'm')),
  passableError: () => { const e = toPassableError(Object.assign(TypeError('x'), { extra: 1 })); return `${passStyleOf(e)} ${e.name} ${e.message} ${'extra' in e}`; },
  wellFormed: () => thrown(() => passStyle.assertPassableString?.('\ud800')),
  isCopy: () => [passStyle.isCopyArray(harden([])), passStyle.isRecord(harden({})), passStyle.isRemotable(far('a')), passStyle.isAtom(1), passStyle.isPrimitive(Symbol())].join(),
  // marshal
  bodies: () => [undefined, null, true, -0, NaN, Infinity, 1e21, 12n, -3n, '', 'plain', '#x', '!x', '+1', '%s', Symbol.for('a'), Symbol.asyncIterator, [1, [2]], { b: 1, a: { c: [] } }, { '#x': 1 }, makeTagged('t', { x: 1n }), RangeError('r')].map(body).join('\n'),
  rounds: () => [undefined, 1, NaN, 1n, 'x', '#', Symbol.for('@@x'), [], { a: [] }, makeTagged('a', 1), Error('x')].map(round).join(),
  slots: () => { const m = makeMarshal(v => passStyle.getInterfaceOf(v) ?? 'promise', (slot, iface) => `${slot}/${iface}`, { serializeBodyFormat: 'smallcaps' }); const a = far('A'); const d = m.toCapData(harden([a, { a }, far('B'), Promise.resolve()])); return `${d.body} ${d.slots}`; },
  unslot: () => { const m = makeMarshal(undefined, (slot, iface) => far(`${slot} ${iface}`), { serializeBodyFormat: 'smallcaps' }); return String(m.fromCapData(harden({ body: '#"$0.Alleged: x"', slots: ['s'] }))); },
  legacyBody: () => legacy.toCapData(harden([undefined, 1n, NaN, { '@qclass': 'x' }])).body,
  legacyRound: () => marshal.toCapData(legacy.fromCapData(legacy.toCapData(harden([undefined, 1n, NaN, Symbol.for('q'), makeTagged('t', 1)])))).body,
  badBodies: () => ['#"*x"', '#"#foo"', '#{"#foo":1}', '#"$x"', '#{"#error":1}', '#"%"', '{"@qclass":"nope"}', '#"+x"'].map(b => thrown(() => marshal.toCapData(marshal.fromCapData(harden({ body: b, slots: [] }))).body)).join('\n'),
  frozenResult: () => { const v = marshal.fromCapData(harden({ body: '#{"a":[1,{"b":2}]}', slots: [] })); return [v, v.a, v.a[1]].every(Object.isFrozen); },
  protoKey: () => thrown(() => { const v = marshal.fromCapData(harden({ body: '#{"__proto__":{"x":1}}', slots: [] })); return `${v.x} ${Object.keys(v)}`; }),
  stringifyParse: () => `${stringify(harden([1n, undefined]))} ${parse('[{"@qclass":"bigint","digits":"7"}]')[0]}`,
  justin: () => decodeToJustin(JSON.parse(legacy.toCapData(harden({ a: [1n, undefined, Symbol.for('x'), 'y'], e: RangeError('r') })).body), true),
  ranks: () => harden([{}, [], 'x', 1, 1n, null, undefined, true, Symbol.for('a'), far('r'), makeTagged('t', 1), NaN, -Infinity]).slice().sort(compareRank).map(passStyleOf).join(),
  rankStrings: () => ['\u{1f600}', '\uffff', 'b', 'a', ''].sort(compareRank).map(s => s.codePointAt(0)).join(),
  encodings: () => [undefined, null, true, 0, -0, -1.5, NaN, Infinity, 0n, 123456789012345678901234567890n, -12n, 'x', 'a\u0000b', [], [1, ['a']], { b: 1, a: 2 }, makeTagged('t', 'p'), far('r'), Symbol.for('s')].map(v => thrown(() => encode(harden(v)))).join('\n'),
  decodings: () => [undefined, null, 1.25, -7n, 'x\u0001', [1, [2]], { a: 1 }, makeTagged('t', 'p')].map(v => thrown(() => stringify(decode(encode(harden(v)))))).join(),
  encodedOrder: () => harden([3, -2, 0.5, 10, -1e300, 1e-300]).slice().sort((a, b) => (encode(a) < encode(b) ? -1 : 1)).join(),
  // patterns
  kinds: () => [M.any(), M.string(), M.or(1, 2), M.splitRecord({ a: 1 })].map(p => [kindOf(harden(p)), isPattern(p), isKey(p)].join(':')).join(),
  matchers: () => [[1, M.number()], [1n, M.nat()], [-1n, M.nat()], ['x', M.string()], [[1, 2], M.arrayOf(M.number())], [{ a: 1 }, M.recordOf(M.string(), M.number())], [5, M.gte(3)], [5, M.lt(3)], ['b', M.or('a', 'b')], [3, M.and(M.number(), M.not(4))], [undefined, M.opt(M.string())], [far('x'), M.remotable()], [Promise.resolve(), M.promise()], [Error('x'), M.error()], [makeTagged('t', 1), M.tagged('t', 1)], [[1], M.array()], [{}, M.record()], [null, null], [1, M.scalar()], [1, M.key()], [M.any(), M.pattern()], [{ a: 1, b: 2 }, M.splitRecord({ a: M.number() }, { b: M.number() })], [[1, 'x'], M.splitArray([M.number()], [M.string()])], [{ a: 1 }, M.partial({ a: M.string() })], [1, M.kind('number')], [M.any(), M.any()]].map(([v, p]) => thrown(() => matches(harden(v), harden(p)))).join(),
  refusals: () => [[1, M.string()], [[1, 'x'], M.arrayOf(M.number())], [{ a: 1 }, { a: M.string() }], [{ a: 1, b: 2 }, { a: 1 }], [{ a: 1 }, M.splitRecord({ b: 1 })], [5, M.lt(3)], ['c', M.or('a', 'b')], [3, M.not(3)], ['x'.repeat(20), M.string({ stringLengthLimit: 5 })], [[1, 2, 3], M.array({ arrayLengthLimit: 2 })], [10n ** 30n, M.bigint({ digitsLimit: 5 })], [far('x'), M.string()], [undefined, M.string()], [null, M.record()], [1, M.kind('string')], [far('a'), M.remotable('B')], [[1], [1, 2]], [{ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: M.string() }] } }], [1, M.eq(2)], [2, M.neq(2)], [1, undefined]].map(([v, p]) => refused(v, p)).join('\n'),
  keys: () => [keyEQ(harden([1, { a: 2n }]), harden([1, { a: 2n }])), keyGT('b', 'a'), keyLT(1, 2), compareKeys(1, 2), compareKeys(NaN, NaN), Number.isNaN(compareKeys('a', 1)), keyEQ(makeCopySet([1, 2]), makeCopySet([2, 1]))].join(),
  copySet: () => `${getCopySetKeys(makeCopySet(['c', 'a', 'b']))} ${thrown(() => makeCopySet(['a', 'a']))} ${body(makeCopySet([2, 1]))}`,
  copyBag: () => `${getCopyBagEntries(makeCopyBag([['a', 2n], ['b', 1n]]))} ${thrown(() => makeCopyBag([['a', 1]]))} ${thrown(() => makeCopyBag([['a', 0n]]))}`,
  copyMap: () => `${[...getCopyMapEntries(makeCopyMap([['b', 1], ['a', 2]]))].join(';')} ${isCopyMap(makeCopyMap([]))} ${body(makeCopyMap([['x', [1]]]))} ${thrown(() => makeCopyMap([['a', 1], ['a', 2]]))}`,
  setCompare: () => [compareKeys(makeCopySet([1]), makeCopySet([1, 2])), compareKeys(makeCopySet([1]), makeCopySet([2]))].join(),
  collections: () => thrown(() => [elementsCompare(harden(['b', 'a']), harden(['b'])), setIsSuperset(makeCopySet([1, 2]), makeCopySet([1]))].join()),
  collectionsFail: () => thrown(() => setDisjointUnion(harden([1]), harden([1]))),
  bags: () => thrown(() => String(bagUnion(harden([['b', 1n]]), harden([['a', 2n]])))),
  objects: () => `${listDifference(['a', 'b'], ['b'])} ${JSON.stringify(objectMap({ a: 1 }, x => x + 1))}`,
  patternBody: () => body(M.splitRecord({ a: M.number() }, { b: M.or('x', 'y') })),
  guardBody: () => body(PointI),
  badPatterns: () => [() => M.gte(M.string()), () => M.or(() => 1), () => M.splitRecord(5), () => M.interface('x', { a: 1 }), () => M.call(M.string()).returns(() => 1), () => M.containerHas?.(1, 'x')].map(f => thrown(() => { f(); return 'made'; })).join('\n'),
  // exo
  exo: () => { const p = makePoint(3); p.move(4); p.move(1, 2, 'a', 'b'); return `${p.getX()} ${p} ${passStyleOf(p)} ${Object.isFrozen(p)}`; },
  exoRefusals: () => { const p = makePoint(); return [() => p.move(), () => p.move('x'), () => p.move(1, 'x'), () => p.move(1, 2, 3), () => p.getX(1), () => p.getX.call({}), () => makePoint('x').getX(), () => p.any(1, 2, 3)].map(thrown).join('\n'); },
  exoMissingMethod: () => thrown(() => makeExo('X', M.interface('X', { a: M.call().returns(M.any()) }), {})),
  exoExtraMethod: () => thrown(() => makeExo('X', M.interface('X', {}), { b() {} })),
  exoSloppy: () => makeExo('X', M.interface('X', {}, { defaultGuards: 'passable' }), { b: x => x }).b(5),
  exoRaw: () => thrown(() => makeExo('X', M.interface('X', { f: M.call(M.raw()).returns(M.raw()) }), { f: x => x }).f(() => 1)()),
  exoState: () => thrown(() => makePoint().getX.constructor === undefined),
  exoKit: () => {
    const make = defineExoClassKit('Counter', { up: M.interface('Up', { inc: M.call().returns(M.number()) }), down: M.interface('Down', { dec: M.call().returns(M.number()) }) }, n => ({ n }), { up: { inc() { this.state.n += 1; return this.state.n; } }, down: { dec() { this.state.n -= 1; return this.facets.up.inc() - 1; } } });
    const { up, down } = make(5);
    return `${up.inc()} ${down.dec()} ${up} ${down} ${thrown(() => up.inc.call(down))}`;
  },
  exoTemperature: () => {
    const guard = (get, set) => M.interface('Scale', { [get]: M.call().returns(M.number()), [set]: M.call(M.number()).returns() }, { defaultGuards: 'passable' });
    const make = defineExoClassKit('Temperature', { celsius: guard('getCelsius', 'setCelsius'), fahrenheit: guard('getFahrenheit', 'setFahrenheit') }, degrees => ({ degrees }), {
      celsius: { getCelsius() { return this.state.degrees; }, setCelsius(d) { this.state.degrees = d; }, cross() { return this.facets.celsius.getFahrenheit(); } },
      fahrenheit: { getFahrenheit() { return (this.state.degrees * 9) / 5 + 32; }, setFahrenheit(d) { this.state.degrees = ((d - 32) * 5) / 9; } },
    });
    const { celsius, fahrenheit } = make(25);
    celsius.setCelsius(100);
    const boiling = fahrenheit.getFahrenheit();
    fahrenheit.setFahrenheit(32);
    return `${boiling} ${celsius.getCelsius()} ${named(() => celsius.cross())} ${thrown(() => celsius.setCelsius('hot'))}`;
  },
  exoFinish: () => { let seen; const make = defineExoClass('F', undefined, initEmpty, { m() { return 1; } }, { finish: ({ self }) => { seen = self.m(); } }); make(); return seen; },
  exoStateShape: () => thrown(() => defineExoClass('S', undefined, x => ({ x }), { set(x) { this.state.x = x; } }, { stateShape: { x: M.number() } })('no')),
  exoMethodNames: () => makePoint()['__getMethodNames__']().join(),
  exoGuard: () => body(makePoint()['__getInterfaceGuard__']()).length,
  exoInterfaceOf: () => passStyle.getInterfaceOf(makePoint()),
  // eventual-send
  sendIsProxy: () => `${typeof send} ${typeof send(far('a'))} ${named(() => { send(far('a')).x = 1; return 'set'; })}`,
  sendShapes: () => ['get', 'resolve', 'sendOnly', 'when'].map(k => typeof send[k]).join(),
  sendOnlyReturns: () => send.sendOnly(far('a', { m: () => 1 })).m(),
  handledPromise: () => ['resolve', 'get', 'applyFunction', 'applyMethod', 'getSendOnly', 'applyMethodSendOnly'].map(k => typeof HandledPromise[k]).join(),
};

const outcome = promise => promise.then(v => (typeof v === 'object' ? passStyleOf(v) : v), e => `${e.name}: ${e.message}`);
export const asyncCases = {
  sendMethod: () => outcome(send(far('a', { add: (x, y) => x + y })).add(1, 2)),
  sendThrows: () => outcome(send(far('a', { m() { throw RangeError('r'); } })).m()),
  sendMissing: () => outcome(send(far('a', { m() {} })).n()),
  sendToPrimitive: () => outcome(send('text').toUpperCase()),
  sendToUndefined: () => outcome(send(undefined).m()),
  sendFunction: () => outcome(send(Far('f', x => x + 1))(2)),
  sendNotFunction: () => outcome(send(far('a'))(2)),
  sendGet: () => outcome(send.get(harden({ x: 5 })).x),
  sendPipeline: () => outcome(send(send(far('a', { b: () => far('b', { c: () => 'deep' }) })).b()).c()),
  sendToPromise: () => outcome(send(Promise.resolve(far('a', { m: () => 7 }))).m()),
  sendToRejected: () => outcome(send(Promise.reject(Error('gone'))).m()),
  sendOrder: async () => { const seen = []; const a = far('a', { m: x => { seen.push(x); } }); await Promise.all([send(a).m(1), send(a).m(2), send(a).m(3)]); return seen.join(); },
  sendIsLater: async () => { let done = false; const p = send(far('a', { m() { done = true; } })).m(); const before = done; await p; return `${before} ${done}`; },
  sendThis: () => outcome(send(far('a', { m() { return this !== undefined; } })).m()),
  sendFrozenArguments: () => outcome(send(far('a', { m: o => Object.isFrozen(o) })).m({})),
  when: () => outcome(send.when(Promise.resolve(1), v => v + 1)),
  whenRejected: () => outcome(send.when(Promise.reject(Error('x')), undefined, e => e.message)),
  whenPlain: () => outcome(send.when(3)),
  kit: async () => { const { promise, resolve, reject } = makePromiseKit(); resolve(1); reject(2); return promise; },
  handler: async () => {
    const seen = [];
    const p = new HandledPromise((resolve, reject, resolveWithPresence) => {
      const presence = resolveWithPresence({ applyMethod: (t, name, args) => { seen.push(`${String(name)}(${args})`); return 'answered'; }, get: (t, name) => `got ${String(name)}`, applyFunction: (t, args) => `called ${args}` });
      seen.push(typeof presence);
    });
    return [await send(p).m(1, 2), await send.get(p).x, await send(p)(3), ...seen].join('|');
  },
  pendingHandler: async () => {
    const seen = [];
    let settle;
    const p = new HandledPromise(resolve => { settle = resolve; }, { applyMethod: (t, name) => { seen.push(name); return 'early'; } });
    const early = await send(p).m();
    settle(far('a', { m: () => 'late' }));
    return `${early} ${await send(p).m()} ${seen}`;
  },
  fulfilled: async () => { const v = await deeplyFulfilled(harden({ a: Promise.resolve(1), b: [Promise.resolve('x')] })); return JSON.stringify(v); },
  fulfilledRejects: () => outcome(deeplyFulfilled(harden([Promise.reject(Error('no'))]))),
  exoLater: () => outcome(makePoint().later(Promise.resolve(5n))),
  exoLaterRefuses: () => outcome(makePoint().later(Promise.resolve('x'))),
  exoSend: () => outcome(send(makePoint(9)).getX()),
  exoSendRefuses: () => outcome(send(makePoint()).move('x')),
};

export const buildRootObject = () => Far('root', {});
