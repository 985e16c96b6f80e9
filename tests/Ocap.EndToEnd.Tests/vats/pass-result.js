// The promise of one answer is the argument of the next message; the first is answered at once, or during the second.
import { E, Far } from '@endo/far';
import { makePromiseKit } from '@endo/promise-kit';

export const buildRootObject = (_powers, { late = false }) => {
  const kit = makePromiseKit();
  const named = (name, promise) =>
    promise.then(
      (text) => {
        console.log(text);
        return `${name}succ`;
      },
      () => `${name}fail`,
    );
  return Far('root', {
    async bootstrap({ bob }) {
      const first = E(bob).first();
      const second = E(bob).second(first);
      return Promise.all([named('p1', first), named('p2', second)]);
    },
    first() {
      console.log('first');
      return late ? kit.promise : 'one';
    },
    async second(promise) {
      console.log('second');
      kit.resolve('one');
      console.log(`got ${await promise}`);
      return 'two';
    },
  });
};
