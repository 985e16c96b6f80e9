// @endo/exo with @endo/patterns guards.
import { E, Far } from '@endo/far';
import { defineExoClass, defineExoClassKit, makeExo } from '@endo/exo';
import { M, matches, mustMatch } from '@endo/patterns';

const CounterI = M.interface('Counter', {
  add: M.call(M.number()).optional(M.string()).returns(M.number()),
  later: M.callWhen(M.await(M.nat())).returns(M.nat()),
});

export function buildRootObject() {
  const makeCounter = defineExoClass('Counter', CounterI, (start) => ({ n: start }), {
    add(by) {
      this.state.n += by;
      return this.state.n;
    },
    later: (n) => n + 1n,
  });
  const makeKit = defineExoClassKit('Pair', undefined, () => ({ held: 'nothing' }), {
    writer: { put(value) { this.state.held = value; } },
    reader: { get() { return this.state.held; } },
  });
  const counter = makeCounter(10);
  const single = makeExo('Single', M.interface('Single', { hello: M.call(M.string()).returns(M.string()) }), { hello: (name) => `hello ${name}` });
  return Far('root', {
    counts: () => [counter.add(1), counter.add(2, 'why')],
    guarded: () => counter.add('x'),
    tooMany: () => counter.add(1, 'a', 'b'),
    later: async () => E(counter).later(Promise.resolve(41n)),
    laterRefused: async () => E(counter).later(-1n),
    greets: () => single.hello('you'),
    greetsRefused: () => single.hello(1),
    kit: () => {
      const { writer, reader } = makeKit();
      writer.put('something');
      return reader.get();
    },
    matching: () => [matches(harden({ a: 1 }), M.splitRecord({ a: M.number() })), matches(harden([1, 'a']), M.arrayOf(M.number()))],
    mustMatch: () => mustMatch(harden({ a: 'x' }), M.splitRecord({ a: M.number() }), 'thing'),
    methods: () => counter.__getMethodNames__(),
  });
}
