// Two promises whose values hold each other, settled in one crank or in two.
import { E, Far } from '@endo/far';
import { isPromise, makePromiseKit } from '@endo/promise-kit';

export const buildRootObject = (_powers, { cranks }) => {
  const kits = { x: makePromiseKit(), y: makePromiseKit() };
  return Far('root', {
    async bootstrap({ bob }) {
      const x = E(bob).get('x');
      const y = E(bob).get('y');
      if (cranks === 1) {
        await E(bob).settleBoth([y], [x]);
      } else {
        await E(bob).settle('x', [y]);
        await E(bob).settle('y', [x]);
      }
      const [inX] = await x;
      const [inY] = await y;
      console.log(isPromise(inX), isPromise(inY));
      const [again] = await inX;
      console.log(isPromise(again));
      return 'done';
    },
    get: (name) => kits[name].promise,
    settle: (name, value) => kits[name].resolve(value),
    settleBoth(forX, forY) {
      kits.x.resolve(forX);
      kits.y.resolve(forY);
    },
  });
};
