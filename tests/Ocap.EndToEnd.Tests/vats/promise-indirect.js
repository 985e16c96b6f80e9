// A promise that becomes another promise, which has its value already.
import { E, Far } from '@endo/far';
import { makePromiseKit } from '@endo/promise-kit';

export const buildRootObject = () => {
  const second = makePromiseKit();
  return Far('root', {
    async bootstrap({ bob }) {
      const hello = E(bob).hello();
      const becomes = E(bob).later();
      await E(bob).become([hello]);
      console.log(await becomes);
      return becomes;
    },
    hello: () => 'hello',
    later: () => second.promise,
    become: ([promise]) => second.resolve(promise),
  });
};
