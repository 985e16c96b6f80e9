import { Far } from '@endo/far';
import { makeExo } from '@endo/exo';
import { M } from '@agoric/store';

const AdderI = M.interface('Adder', {
  nothing: M.call().returns(),
  add: M.call(M.number(), M.number()).optional(M.record()).returns(M.number()),
});
const makeMethods = () => ({
  nothing() {},
  add: (a, b) => a + b,
});

/** The vat whose objects are measured: exos, kinds, stores. What takes `times` does its work so often within one delivery. */
export function buildRootObject() {
  const { defineKind, makeScalarBigMapStore } = VatData;
  const makeAccount = defineKind('account', (balance) => ({ balance, owner: 'somebody', terms: harden({ rate: 3n, currency: 'ATS' }) }), {
    read: ({ state }) => state.balance,
    write: ({ state }, balance) => {
      state.balance = balance;
    },
    touch: ({ state }) => {
      state.balance += 1;
    },
    spin: ({ state }, times) => {
      for (let i = 0; i < times; i += 1) state.balance;
    },
    spinWriting: ({ state }, times) => {
      for (let i = 0; i < times; i += 1) state.balance = i;
    },
  });
  const makeAdder = defineKind('adder', () => ({}), { nothing() {}, add: (_context, a, b) => a + b }, { interfaceGuard: AdderI });
  const accounts = [];
  const stores = new Map();

  return Far('objects', {
    bootstrap() {},
    adders: () => [Far('plain', makeMethods()), makeExo('Adder', AdderI, makeMethods()), makeAdder()],
    nothing() {},
    loop(times) {
      for (let i = 0; i < times; i += 1);
    },

    open(many) {
      while (accounts.length < many) accounts.push(makeAccount(accounts.length));
    },
    readEach: (from, to) => {
      for (let i = from; i < to; i += 1) accounts[i].read();
    },
    writeEach: (from, to) => {
      for (let i = from; i < to; i += 1) accounts[i].write(i);
    },
    readOne: (times) => accounts[0].spin(times),
    writeOne: (times) => accounts[0].spinWriting(times),

    makeStore(name) {
      stores.set(name, makeScalarBigMapStore(name));
    },
    insert(name, many) {
      const store = stores.get(name);
      const from = store.getSize();
      for (let i = from; i < from + many; i += 1) store.init(`key${i}`, i);
    },
    getEach(name, from, to) {
      const store = stores.get(name);
      for (let i = from; i < to; i += 1) store.get(`key${i}`);
    },
    iterate(name) {
      let sum = 0;
      for (const [, value] of stores.get(name).entries()) sum += value;
      return sum;
    },

    take() {},
    giveNew: (many) => harden(Array.from({ length: many }, (_, i) => ({ id: i, name: `item ${i}`, amount: BigInt(i), tags: ['a', 'b'] }))),
  });
}
