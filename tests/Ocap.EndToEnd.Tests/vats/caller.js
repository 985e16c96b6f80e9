// A bootstrap vat that keeps its neighbours' roots and calls them when told to.
import { E, Far } from '@endo/far';

export const buildRootObject = (_powers, _parameters, baggage) => {
  const things = [];
  const thing = Far('thing', { use: () => 'used' });
  const self = Far('root', {
    bootstrap(vats) {
      for (const [name, root] of Object.entries(vats)) {
        if (root !== self) {
          baggage.init(name, root);
        }
      }
    },
    call: (name, method, ...args) => E(baggage.get(name))[method](...args),
    // The caller catches; what it saw is its answer.
    async outcome(name, method) {
      return E(baggage.get(name))
        [method]()
        .then(
          (value) => ({ value }),
          (error) => ({ name: error.name, message: error.message }),
        );
    },
    // Very much in one delivery.
    flood(name, method, count) {
      const target = baggage.get(name);
      for (let i = 0; i < count; i += 1) {
        E(target)[method]();
      }
      return count;
    },
    make: () => thing,
    hold(name) {
      return E(baggage.get(name))
        .make()
        .then((object) => things.push(object));
    },
    useHeld: (index) => E(things[index]).use(),
    ping: () => 'pong',
    fail(kind) {
      const reasons = { text: 'no luck', record: { code: 7 }, nothing: undefined, nil: null, number: 42, error: new RangeError('too far') };
      throw harden(reasons[kind]);
    },
  });
  return self;
};
