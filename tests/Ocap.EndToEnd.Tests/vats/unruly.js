// What a vat may do to hurt others, one method each.
import { E, Far } from '@endo/far';

export const buildRootObject = (vatPowers) => {
  const held = [];
  const root = Far('root', {
    bootstrap() {},
    ping: () => 'pong',
    loop() {
      for (;;);
    },
    microtasks() {
      const again = () => {
        Promise.resolve().then(again);
      };
      again();
      return new Promise(() => {});
    },
    // One operation of the engine that nothing can interrupt.
    convert: () => BigInt('7'.repeat(12_000_000)),
    match: () => /^(a+)+$/.test(`${'a'.repeat(60)}!`),
    hoard() {
      for (;;) {
        held.push(new Array(10000).fill('x'));
      }
    },
    buffers() {
      for (;;) {
        held.push(new Uint8Array(60_000_000).fill(1));
      }
    },
    text() {
      let text = 'x';
      for (;;) {
        text = `${text}${text}`;
        held.push(text);
      }
    },
    recurse() {
      return root.recurse() + 1;
    },
    getter() {
      const knot = { get self() { return this.self; } };
      return knot.self;
    },
    nested() {
      let nest = [];
      for (let i = 0; i < 200000; i += 1) {
        nest = [nest];
      }
      return JSON.stringify(nest);
    },
    // The two ways to leave, each followed by more syscalls.
    leave(other) {
      vatPowers.exitVat('enough');
      E(other ?? root).ping();
      return 'left';
    },
    leaveInAnger() {
      vatPowers.exitVatWithFailure(new Error('I had enough'));
      E(root).ping();
    },
    never: () => new Promise(() => {}),
    async askNever(other) {
      return E(other).never();
    },
  });
  return root;
};
