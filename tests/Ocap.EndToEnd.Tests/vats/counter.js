// Keeps a count, the others' roots and how often bootstrap ran in its baggage.
import { E, Far } from '@endo/far';

export const buildRootObject = (_powers, _parameters, baggage) => {
  const raise = (name) => {
    const next = baggage.has(name) ? baggage.get(name) + 1 : 1;
    baggage.has(name) ? baggage.set(name, next) : baggage.init(name, next);
    return next;
  };
  const starts = raise('starts');
  const self = Far('root', {
    bootstrap(vats) {
      for (const [name, root] of Object.entries(vats)) {
        if (root !== self) {
          baggage.init(`vat ${name}`, root);
        }
      }
      return raise('bootstraps');
    },
    count: () => raise('count'),
    starts: () => starts,
    history: () => ({ starts, bootstraps: baggage.get('bootstraps') }),
    async countAll(names) {
      return Promise.all(names.map((name) => E(baggage.get(`vat ${name}`)).count()));
    },
  });
  return self;
};
