// A vat that carries its own copies of the @endo packages, as user vats do, and exercises them.
import '@endo/eventual-send/shim.js';
import { E, Far } from '@endo/far';
import { makeExo, defineExoClass, defineExoClassKit } from '@endo/exo';
import { M, mustMatch, matches, keyEQ, makeCopySet } from '@endo/patterns';
import { makeMarshal, passStyleOf, makeTagged } from '@endo/marshal';
import { isPassable, getInterfaceOf } from '@endo/pass-style';
import { makePromiseKit } from '@endo/promise-kit';

const CounterI = M.interface('Counter', {
  increment: M.call(M.number()).returns(M.number()),
  later: M.callWhen(M.await(M.string())).returns(M.string()),
});

export function buildRootObject() {
  return Far('root', {
    ping: () => 'pong',
  });
}

/** Each entry is a name and a thunk; the test runs them all and compares the printed table with Node's. */
export const cases = {
  farPassStyle: () => passStyleOf(Far('thing', {})),
  farInterface: () => getInterfaceOf(Far('thing', {})),
  farToString: () => String(Far('thing', {})),
  farCall: () => buildRootObject().ping(),
  exoCall: () => makeExo('Counter', CounterI, { increment: n => n + 1, later: async s => s }).increment(4),
  exoGuard: () => makeExo('Counter', CounterI, { increment: n => n + 1, later: async s => s }).increment('x'),
  exoClass: () => {
    const make = defineExoClass('Cell', undefined, value => ({ value }), {
      get() { return this.state.value; },
      set(value) { this.state.value = value; },
    });
    const cell = make(1);
    cell.set(7);
    return cell.get();
  },
  exoKit: () => {
    const make = defineExoClassKit('Pair', undefined, () => ({ n: 0 }), {
      up: { inc() { this.state.n += 1; return this.facets.down.get(); } },
      down: { get() { return this.state.n; } },
    });
    return make().up.inc();
  },
  mustMatch: () => mustMatch(harden({ a: 1 }), harden({ a: M.string() }), 'thing'),
  matches: () => matches(harden(['x', 2n]), harden([M.string(), M.bigint()])),
  copySet: () => passStyleOf(makeCopySet([1, 2, 3])),
  keyEQ: () => keyEQ(harden({ a: [1] }), harden({ a: [1] })),
  marshal: () => {
    const { toCapData, fromCapData } = makeMarshal(undefined, undefined, { serializeBodyFormat: 'smallcaps', errorTagging: 'off' });
    const data = toCapData(harden({ a: [1, 2n, undefined, NaN], e: TypeError('bad'), t: makeTagged('tag', 'x'), s: Symbol.for('hi') }));
    const back = fromCapData(data);
    return `${data.body} ${back.e instanceof TypeError} ${back.e.message} ${Object.isFrozen(back)}`;
  },
  marshalUnfrozen: () => makeMarshal().toCapData({}),
  marshalFunction: () => makeMarshal().toCapData(harden(() => 1)),
  marshalMap: () => makeMarshal().toCapData(harden(new Map())),
  errorPassStyle: () => passStyleOf(harden(RangeError('r'))),
  errorWithCause: () => passStyleOf(harden(Error('r', { cause: Error('c') }))),
  promisePassStyle: () => passStyleOf(harden(Promise.resolve(1))),
  passableNot: () => isPassable(harden(class X {})),
  bytes: () => passStyleOf(harden(new Uint8Array(3))),
  assertFail: () => assert.fail('plain'),
};

export const asyncCases = {
  eSend: async () => E(Far('adder', { add: (a, b) => a + b })).add(2, 3),
  eMissing: async () => E(Far('adder', { add: (a, b) => a + b })).nope(),
  eWhen: async () => E.when(7, x => x + 1),
  exoWhen: async () => makeExo('Counter', CounterI, { increment: n => n, later: async s => `${s}!` }).later(Promise.resolve('hi')),
  kit: async () => {
    const { promise, resolve } = makePromiseKit();
    resolve(5);
    return promise;
  },
};
