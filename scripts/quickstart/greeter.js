import { E, Far } from '@endo/far';

/**
 * Greets people, and asks the counter how many have been greeted so far.
 *
 * @param {object} _vatPowers
 * @param {{ greeting?: string }} parameters from the cluster config
 * @param {MapStore} baggage what this vat keeps over restarts
 */
export function buildRootObject(_vatPowers, { greeting = 'hello' } = {}, baggage) {
  return Far('greeter', {
    /** Called once, with the roots of all vats of the subcluster. */
    bootstrap(roots) {
      baggage.init('counter', roots.counter);
    },

    async greet(name) {
      const count = await E(baggage.get('counter')).increment();
      return `${greeting} ${name} (${count})`;
    },
  });
}
