// Logs as the reference's own vats do: by a sub-logger of the logger among its powers.
import { Far } from '@endo/far';

export const buildRootObject = ({ logger }, { name }) => {
  const tagged = logger.subLogger({ tags: ['test', name] });
  const { log } = logger.subLogger('free');
  tagged.log(`${name} is built`);
  return Far('root', {
    bootstrap() {
      log('bootstrap', { a: 1 });
      tagged.debug('quietly');
      console.subLogger({ tags: ['console'] }).warn('loudly');
    },
  });
};
