// Far(name, methods): an object that other vats may hold and send messages to.
export { E } from '@endo/eventual-send';

const { create, defineProperty, freeze, getOwnPropertyDescriptor, getOwnPropertyDescriptors, getPrototypeOf, isFrozen, prototype, setPrototypeOf } = Object;
const { ownKeys } = Reflect;

const PASS_STYLE = Symbol.for('passStyle');
const METHOD_NAMES = '__getMethodNames__';

// In a vat, freezing deeply is harden's business: it is there as a global.
const harden = globalThis.harden ?? freeze;

const isObject = (value) => Object(value) === value;

// All methods an object answers to: its own and inherited ones, strings sorted before symbols.
const methodNamesOf = (object) => {
  const names = new Set();
  for (let at = object; at !== null && at !== prototype; at = getPrototypeOf(at)) {
    for (const key of ownKeys(at)) {
      if (typeof object[key] === 'function') {
        names.add(key);
      }
    }
  }
  const sorted = [...names].filter((key) => typeof key === 'string').sort();
  return harden([...sorted, ...[...names].filter((key) => typeof key === 'symbol')]);
};

const getMethodNames = harden({
  [METHOD_NAMES]() {
    return methodNamesOf(this);
  },
})[METHOD_NAMES];

const checkMethods = (candidate) => {
  if (Array.isArray(candidate)) {
    throw new TypeError('cannot serialize arrays as Remotable');
  }
  if (typeof candidate === 'function') {
    return;
  }
  const descriptors = getOwnPropertyDescriptors(candidate);
  for (const key of ownKeys(descriptors)) {
    if (typeof descriptors[key].value !== 'function') {
      throw new TypeError(`A remotable can only have methods; ${String(key)} is none`);
    }
  }
};

export const Far = (name, methods = {}) => {
  if (!isObject(methods)) {
    throw new TypeError(`Far needs an object with methods or a function, not ${String(methods)}`);
  }
  checkMethods(methods);
  if (PASS_STYLE in methods) {
    throw new TypeError(`This object is already a remotable: ${String(methods[Symbol.toStringTag])}`);
  }
  if (isFrozen(methods)) {
    throw new TypeError(`Far must be given its object before it is frozen: ${name}`);
  }
  const isFunction = typeof methods === 'function';
  const inherited = getPrototypeOf(methods) ?? prototype;
  if (!isFunction && inherited !== prototype) {
    throw new TypeError(`A remotable cannot inherit from anything but Object.prototype: ${name}`);
  }
  if (!isFunction && !(METHOD_NAMES in methods)) {
    defineProperty(methods, METHOD_NAMES, { value: getMethodNames });
  }
  const tag = harden(create(inherited, { [PASS_STYLE]: { value: 'remotable' }, [Symbol.toStringTag]: { value: `Alleged: ${name}` } }));
  setPrototypeOf(methods, tag);
  return harden(methods);
};
harden(Far);

export const getInterfaceOf = (value) => {
  if (!isObject(value) || value[PASS_STYLE] !== 'remotable' || !isFrozen(value)) {
    return undefined;
  }
  const tag = value[Symbol.toStringTag];
  return typeof tag === 'string' ? tag : undefined;
};
harden(getInterfaceOf);

const endowed = globalThis[Symbol.for('@endo passStyleOf')];

const isMarked = (value) => getOwnPropertyDescriptor(getPrototypeOf(value) ?? {}, PASS_STYLE)?.value ?? value[PASS_STYLE];

// The vat's own passStyleOf decides where there is one: it alone knows every kind of passable.
export const passStyleOf =
  endowed ??
  ((value) => {
    if (value === null) {
      return 'null';
    }
    if (!isObject(value)) {
      return typeof value;
    }
    if (!isFrozen(value)) {
      throw new TypeError(`Cannot pass non-frozen objects like ${String(value)}. Use harden()`);
    }
    if (value instanceof Promise) {
      return 'promise';
    }
    if (value instanceof Error) {
      return 'error';
    }
    if (Array.isArray(value)) {
      return 'copyArray';
    }
    const mark = isMarked(value);
    if (mark !== undefined) {
      return mark;
    }
    if (typeof value === 'function') {
      throw new TypeError(`Remotables must be explicitly declared: ${JSON.stringify(`[Function ${value.name || '<anon>'}]`)}`);
    }
    const parent = getPrototypeOf(value);
    if (parent !== prototype && parent !== null) {
      throw new TypeError(`Only plain records, arrays and remotables can be passed, not ${String(value)}`);
    }
    return 'copyRecord';
  });
harden(passStyleOf);
