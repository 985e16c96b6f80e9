import { Far } from '@endo/far';

/** Counts, and goes on counting where it was after a restart. */
export function buildRootObject(_vatPowers, _parameters, baggage) {
  if (!baggage.has('count')) {
    baggage.init('count', 0);
  }

  return Far('counter', {
    increment() {
      const count = baggage.get('count') + 1;
      baggage.set('count', count);
      return count;
    },
  });
}
