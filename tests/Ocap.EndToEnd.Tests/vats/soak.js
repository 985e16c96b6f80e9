// Does in each round a little of everything that leaves something behind, and keeps nothing of it for long: exports, imports, durable objects, promises,
// entries of stores, errors.
import { E, Far } from '@endo/far';
import { makePromiseKit } from '@endo/promise-kit';

const { defineDurableKind, makeKindHandle, makeScalarBigMapStore } = VatData;
const slots = 32;

export const buildRootObject = (_powers, _parameters, baggage) => {
  const provide = (name, make) => {
    baggage.has(name) || baggage.init(name, make());
    return baggage.get(name);
  };
  const kind = provide('kind', () => makeKindHandle('note'));
  const makeNote = defineDurableKind(kind, (number) => ({ number }), { number: ({ state }) => state.number });
  const notes = provide('notes', () => makeScalarBigMapStore('notes', { durable: true }));
  const put = (key, value) => (notes.has(key) ? notes.set(key, value) : notes.init(key, value));
  const held = [];

  const self = Far('root', {
    bootstrap({ b }) {
      baggage.init('peer', b);
    },
    async round(number) {
      const slot = number % slots;
      const note = makeNote(number);
      const { promise, resolve } = makePromiseKit();
      put(slot, note);
      const sum = E(E(baggage.get('peer')).take(slot, note, Far('ear', { hear: (more) => number + more }), promise)).plus(1);
      resolve(number);
      await E(baggage.get('peer'))
        .fail(number)
        .catch(() => undefined);
      return sum;
    },
    async take(slot, note, ear, promise) {
      held[slot] = [note, ear, promise];
      put(slot, note);
      const number = await E(note).number();
      const heard = await E(ear).hear(await promise);
      return Far('sum', { plus: (more) => number + heard + more });
    },
    fail(number) {
      throw Error(`no luck with ${number}`);
    },
  });
  return self;
};
