import { E, Far } from '@endo/far';

/** The small vat that is measured: it answers at once, and it talks to another one like itself. */
export function buildRootObject() {
  let peer;
  return Far('bench', {
    bootstrap(roots) {
      peer = roots.b;
    },

    nothing() {},

    /** Asks the peer `times` times, each question after the answer to the one before. */
    async ask(times) {
      for (let i = 0; i < times; i += 1) {
        await E(peer).nothing();
      }
    },

    /** Sends the peer `times` messages at once, and waits for the last answer. */
    async flood(times) {
      let last;
      for (let i = 0; i < times; i += 1) {
        last = E(peer).nothing();
      }

      await last;
    },

    /** The same to one of the peer's objects: a plain one, an exo, a virtual exo. */
    async floodAdder(which, times) {
      const adder = (await E(peer).adders())[which];
      let last;
      for (let i = 0; i < times; i += 1) {
        last = which === 0 ? E(adder).nothing() : E(adder).add(i, 1);
      }

      await last;
    },
  });
}
