// Messages to promises that turn out to be no object, and around a failing one.
import { E, Far } from '@endo/far';

const outcome = (promise) =>
  promise.then(
    (value) => value,
    (error) => `${error.name}: ${error.message}`,
  );

export const buildRootObject = () =>
  Far('root', {
    async bootstrap({ bob }) {
      const number = E(bob).number();
      const failure = E(bob).fail();
      return Promise.all([
        outcome(E(number).double()),
        outcome(E(failure).double()),
        outcome(E(bob).noSuchMethod()),
        outcome(E(bob).number()),
      ]);
    },
    number: () => 21,
    fail() {
      throw new RangeError('failed first');
    },
  });
