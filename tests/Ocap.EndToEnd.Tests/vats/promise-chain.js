// Each answer holds a number and the promise of the next answer.
import { E, Far } from '@endo/far';
import { makePromiseKit } from '@endo/promise-kit';

export const buildRootObject = () => {
  let next = makePromiseKit();
  let count = 0;
  const follow = async (bob, link) => {
    const [number, rest] = await link;
    console.log(number);
    if (number === 3) {
      return 'end of chain';
    }
    await E(bob).extend();
    return follow(bob, rest);
  };
  return Far('root', {
    async bootstrap({ bob }) {
      const first = E(bob).first();
      await E(bob).extend();
      return follow(bob, first);
    },
    first: () => next.promise,
    extend() {
      const { resolve } = next;
      next = makePromiseKit();
      resolve([count, next.promise]);
      count += 1;
      console.log(`made ${count}`);
    },
  });
};
