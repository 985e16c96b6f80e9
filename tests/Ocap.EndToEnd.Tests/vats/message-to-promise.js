// A message waits on a promise until that is an object.
import { E, Far } from '@endo/far';
import { makePromiseKit } from '@endo/promise-kit';

export const buildRootObject = () => {
  const deferred = makePromiseKit();
  const thing = Far('thing', {
    act() {
      console.log('act');
      return 'deferred';
    },
  });
  return Far('root', {
    async bootstrap({ bob }) {
      const acted = E(E(bob).setup()).act();
      await E(bob).settle();
      console.log('settled');
      console.log(await acted);
      return 'p2succ';
    },
    setup() {
      console.log('setup');
      return deferred.promise;
    },
    settle() {
      console.log('settle');
      deferred.resolve(thing);
    },
  });
};
