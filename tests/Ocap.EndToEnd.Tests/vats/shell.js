import { E } from '@endo/eventual-send';
import { Far } from '@endo/far';

// A system subcluster's vat: it passes on what it is asked to the kernel's facet.
export function buildRootObject(_vatPowers, _parameters, baggage) {
  const facet = () => baggage.get('facet');
  return Far('shell', {
    bootstrap(_roots, services) {
      baggage.init('facet', services.kernelFacet);
      baggage.init('bootstraps', (baggage.has('bootstraps') ? baggage.get('bootstraps') : 0) + 1);
    },
    bootstraps: () => baggage.get('bootstraps'),
    call: (method, ...args) => E(facet())[method](...args),
    greetThrough: async (kref, method, ...args) => E(E(facet()).getPresence(kref))[method](...args),
  });
}
