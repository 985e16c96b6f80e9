// @endo/far: remotables, E, pass styles.
import { E, Far, getInterfaceOf, passStyleOf } from '@endo/far';

export function buildRootObject() {
  const counter = Far('counter', { add: (a, b) => a + b, fail: () => { throw RangeError('no'); } });
  return Far('root', {
    styles: () => [1, 'a', 2n, null, undefined, true, harden([1]), harden({ a: 1 }), counter, harden(Promise.resolve())].map((v) => passStyleOf(v)),
    name: () => [getInterfaceOf(counter), `${counter}`],
    add: async () => E(counter).add(2, 3),
    chain: async () => E.when(E(E.resolve(counter)).add(1, 2), (n) => n * 2),
    failing: async () => E(counter).fail(),
    missing: async () => E(counter).nothing(),
    refused: () => Far('bad', { notAMethod: 1 }),
  });
}
