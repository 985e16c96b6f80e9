// Two vats each owe a promise; each one's value holds the other's.
import { E, Far } from '@endo/far';
import { isPromise, makePromiseKit } from '@endo/promise-kit';

export const buildRootObject = () => {
  const owed = makePromiseKit();
  return Far('root', {
    async bootstrap({ bob, carol }) {
      const x = E(bob).owe();
      const y = E(carol).owe();
      await E(bob).pay([y]);
      await E(carol).pay([x]);
      const [inX] = await x;
      const [inY] = await y;
      console.log(isPromise(inX), isPromise(inY));
      return 'done';
    },
    owe() {
      console.log('owe');
      return owed.promise;
    },
    pay(value) {
      console.log('pay');
      owed.resolve(value);
    },
  });
};
