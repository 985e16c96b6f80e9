// What a caller sees of a method that throws: bootstrap answers with the list of it.
import { E, Far } from '@endo/far';

export const buildRootObject = () =>
  Far('root', {
    async bootstrap({ bob }) {
      const seen = [];
      for (const fails of [false, true, false]) {
        await E(bob)
          .act(fails)
          .then(
            (value) => seen.push(value),
            (error) => seen.push(`${error.name}: ${error.message}`),
          );
      }
      return seen;
    },
    act(fails) {
      console.log(fails ? 'reject' : 'resolve');
      if (fails) {
        throw new TypeError('no more');
      }
      return 'fine';
    },
  });
