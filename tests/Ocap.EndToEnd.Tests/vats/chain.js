// Notes what it is given in its baggage, in order, and passes it on to the next vat of the chain.
import { E, Far } from '@endo/far';

export const buildRootObject = (_powers, _parameters, baggage) => {
  const size = () => (baggage.has('size') ? baggage.get('size') : 0);
  const next = () => (baggage.has('next') ? baggage.get('next') : undefined);
  return Far('root', {
    async bootstrap({ b, c }) {
      baggage.init('next', b);
      await E(b).follow(c);
      return 'linked';
    },
    follow(root) {
      baggage.init('next', root);
    },
    note(id) {
      const at = size();
      baggage.init(`n${at}`, id);
      at === 0 ? baggage.init('size', 1) : baggage.set('size', at + 1);
      if (next() !== undefined) {
        E.sendOnly(next()).note(id);
      }
      return id;
    },
    // Asked behind all that was passed on before, so the sizes are equal when nothing was lost.
    async sizes() {
      return next() === undefined ? [size()] : [size(), ...(await E(next()).sizes())];
    },
  });
};
