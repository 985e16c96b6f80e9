// A promise travels as an argument; it settles before the send, after it, or after the answer.
import { E, Far } from '@endo/far';
import { makePromiseKit } from '@endo/promise-kit';

export const buildRootObject = (_powers, { when }) => {
  const words = makePromiseKit();
  const say = (moment) => when === moment && words.resolve(`said ${moment}`);
  return Far('root', {
    async bootstrap({ bob }) {
      say('before');
      const answer = E(bob).take(words.promise);
      say('after');
      const [heard, greeting] = await answer;
      console.log(greeting);
      say('late');
      return heard;
    },
    take(promise) {
      const heard = promise.then(
        (text) => {
          console.log(text);
          return 'bobPSucc';
        },
        () => 'bobPFail',
      );
      return [heard, 'taken'];
    },
  });
};
