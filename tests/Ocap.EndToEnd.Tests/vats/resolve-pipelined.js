// A message to the promise of an object, with that promise as its argument.
import { E, Far } from '@endo/far';

export const buildRootObject = () => {
  const thing = Far('thing', {
    async second(promise) {
      console.log('thing.second', (await promise) === thing);
      return 'two';
    },
  });
  return Far('root', {
    async bootstrap({ bob }) {
      const first = E(bob).first();
      const second = E(first).second(first);
      return Promise.all([
        first.then(
          (object) => {
            console.log(`${object}`);
            return 'p1succ';
          },
          () => 'p1fail',
        ),
        second.then(
          (text) => {
            console.log(text);
            return 'p2succ';
          },
          () => 'p2fail',
        ),
      ]);
    },
    first() {
      console.log('first');
      return thing;
    },
  });
};
