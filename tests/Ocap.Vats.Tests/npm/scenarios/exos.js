// Exos made with the npm packages of Endo, as a vat's author makes them; bootstrap answers with what became of each.
import { E } from '@endo/far';
import { defineExoClass, defineExoClassKit, makeExo } from '@endo/exo';
import { M } from '@endo/patterns';

const CounterI = M.interface('Counter', { increment: M.call(M.number()).returns(M.number()), count: M.call().returns(M.number()) });

export const buildRootObject = (_vatPowers, _parameters, baggage) => {
  let total = 0;
  const counter = makeExo('counter', M.interface('Counter', { increment: M.call(M.number()).returns(M.number()) }), {
    increment(by) { total += by; return total; },
  });
  const makeCounter = defineExoClass('Counter', CounterI, start => ({ count: start }), {
    increment(by) { this.state.count += by; return this.state.count; },
    count() { return this.state.count; },
  });
  const makeTemperature = defineExoClassKit('Temperature', {
    celsius: M.interface('Celsius', { get: M.call().returns(M.number()), set: M.call(M.number()).returns(M.undefined()), reach: M.call(M.string()).returns(M.any()) }),
    fahrenheit: M.interface('Fahrenheit', { get: M.call().returns(M.number()), set: M.call(M.number()).returns(M.undefined()) }),
  }, celsius => ({ celsius }), {
    celsius: {
      get() { return this.state.celsius; },
      set(value) { this.state.celsius = value; },
      reach(name) { return this.facets.celsius[name](); },
    },
    fahrenheit: {
      get() { return (this.state.celsius * 9) / 5 + 32; },
      set(value) { this.state.celsius = ((value - 32) * 5) / 9; },
    },
  });
  const attempt = async thunk => { try { return await thunk(); } catch (error) { return `${error.name}: ${error.message}`; } };
  const stores = () => {
    const map = VatData.makeScalarBigMapStore('people', { durable: true });
    for (const [name, age] of [['charlie', 3], ['alice', 1], ['bob', 2]]) map.init(name, age);
    const set = VatData.makeScalarBigSetStore('names', { durable: true });
    for (const name of ['charlie', 'alice', 'bob', 'alice']) set.add(name);
    baggage.init('people', map);
    return harden([map.getSize(), [...map.keys()].join(), [...map.values()].join(), set.getSize(), [...set.keys()].join(), baggage.get('people').get('bob')]);
  };
  return makeExo('root', M.interface('root', {}, { defaultGuards: 'passable' }), {
    async bootstrap({ other }) {
      const ten = makeCounter(10);
      const { celsius, fahrenheit } = makeTemperature(100);
      const boiling = [celsius.get(), fahrenheit.get()];
      fahrenheit.set(32);
      return harden([
        [ten.increment(5), ten.count(), counter.increment(10), counter.increment(5)],
        await attempt(() => counter.increment('foo')),
        await attempt(() => ten.increment('foo')),
        await attempt(() => ten.increment()),
        await attempt(() => E(other).increment('foo')),
        await attempt(() => celsius.set('hot')),
        [...boiling, celsius.get(), fahrenheit.get()],
        (await attempt(() => celsius.reach('getFahrenheit'))).split(':')[0],
        stores(),
      ]);
    },
    increment(by) { return counter.increment(by); },
  });
};
