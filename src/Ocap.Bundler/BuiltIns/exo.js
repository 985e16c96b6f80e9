// makeDefaultExo(name, methods): an exo whose methods take and give anything that can pass between vats.
import { passStyleOf } from '@endo/far';

const { create, defineProperty, freeze, getOwnPropertyDescriptors, prototype } = Object;
const { ownKeys } = Reflect;
const PASS_STYLE = Symbol.for('passStyle');
const harden = globalThis.harden ?? freeze;

// The shape of an interface guard as patterns make it: a tagged record.
export const makeDefaultInterface = (name) =>
  harden(
    create(prototype, {
      [PASS_STYLE]: { value: 'tagged' },
      [Symbol.toStringTag]: { value: 'guard:interfaceGuard' },
      payload: { value: harden({ interfaceName: name, methodGuards: harden({}), defaultGuards: 'passable' }), enumerable: true },
    }),
  );
harden(makeDefaultInterface);

const checkPassable = (value, where) => {
  try {
    passStyleOf(harden(value));
  } catch (problem) {
    throw new TypeError(`${where}: ${problem.message}`);
  }
};

// A concise method sees its `this` and is no constructor. It works on its own exo only; what it takes and gives is hardened, and must be able to pass.
const guarded = (interfaceName, method, behavior, isExo) =>
  ({
    [method](...args) {
      const where = `In ${JSON.stringify(String(method))} method of (${interfaceName})`;
      if (!isExo(this)) {
        throw new TypeError(`${JSON.stringify(where)} may only be applied to a valid instance`);
      }
      for (const arg of args) {
        checkPassable(arg, where);
      }
      const result = behavior.apply(this, args);
      checkPassable(result, `${where}: result`);
      return result;
    },
  })[method];

const sortedNames = (keys) =>
  harden([...keys.filter((key) => typeof key === 'string').sort(), ...keys.filter((key) => typeof key === 'symbol')]);

export const makeDefaultExo = (name, methods, interfaceGuard = makeDefaultInterface(name)) => {
  const exo = create(harden(create(prototype, { [PASS_STYLE]: { value: 'remotable' }, [Symbol.toStringTag]: { value: `Alleged: ${name}` } })));
  const isExo = (value) => value === exo;
  const define = (method, behavior, enumerable) =>
    defineProperty(exo, method, { value: guarded(name, method, behavior, isExo), enumerable });

  const descriptors = getOwnPropertyDescriptors(methods);
  for (const method of ownKeys(descriptors)) {
    const { value } = descriptors[method];
    if (typeof value !== 'function') {
      throw new TypeError(`An exo can only have methods; ${String(method)} of ${name} is none`);
    }
    if (method !== 'constructor') {
      define(method, value, true);
    }
  }
  if (!('__getInterfaceGuard__' in exo)) {
    define('__getInterfaceGuard__', () => interfaceGuard, false);
  }
  if (!('__getMethodNames__' in exo)) {
    define('__getMethodNames__', () => sortedNames(ownKeys(exo)), false);
  }
  return harden(exo);
};
harden(makeDefaultExo);
