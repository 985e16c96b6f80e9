import { E } from '@endo/eventual-send';
import { Far } from '@endo/far';

// Echoes what clients of its IO channel say, numbered; and makes and takes OCAP URLs.
export function buildRootObject(_vatPowers, _parameters, baggage) {
  const count = () => (baggage.has('count') ? baggage.get('count') : 0);
  const keep = (key, value) => (baggage.has(key) ? baggage.set(key, value) : baggage.init(key, value));

  async function serve(channel) {
    for (;;) {
      const line = await E(channel).read();
      if (line !== null) {
        keep('count', count() + 1);
        await E(channel).write(`${count()} ${line}`).catch(() => {});
      }
    }
  }

  const start = services => {
    if (services.console) {
      serve(services.console).catch(reason => keep('reason', reason.message));
    }
  };

  if (baggage.has('services')) {
    start(baggage.get('services'));
  }

  const greeter = Far('greeter', { greet: name => `hello ${name}` });

  return Far('echo', {
    bootstrap(_roots, services) {
      baggage.init('services', harden({ ...services }));
      start(services);
      return Object.keys(services).sort().join(' ');
    },
    count,
    reason: () => (baggage.has('reason') ? baggage.get('reason') : null),
    issue: () => E(baggage.get('services').ocapURLIssuerService).issue(greeter),
    issueSelfless: () => E(baggage.get('services').ocapURLIssuerService).issue('no object'),
    issueRoot: root => E(baggage.get('services').ocapURLIssuerService).issue(root),
    greetBy: async url => E(E(baggage.get('services').ocapURLRedemptionService).redeem(url)).greet('world'),
    redeem: url => E(baggage.get('services').ocapURLRedemptionService).redeem(url),
    wrongMethod: () => E(baggage.get('services').ocapURLIssuerService).fly(),
  });
}
