// E(x).m(…): messages that arrive later, to objects here and elsewhere alike. The promises come from the vat's own HandledPromise.
const { freeze } = Object;
const { HandledPromise } = globalThis;

// The proxies pretend to have every method, and cannot be changed.
const pretender = {
  has: () => true,
  set: () => false,
  isExtensible: () => false,
  setPrototypeOf: () => false,
  deleteProperty: () => false,
};

const describe = (key) => (typeof key === 'symbol' ? String(key) : JSON.stringify(key));

// A concise method sees its `this` and is no constructor. It only works on the proxy it was taken from.
const sender = {
  get: (recipient) => (_target, key, receiver) =>
    freeze({
      [key](...args) {
        if (this !== receiver) {
          return HandledPromise.reject(new Error(`Unexpected receiver for ${describe(key)} method of E(…)`));
        }
        return HandledPromise.applyMethod(recipient, key, args);
      },
    }[key]),
  apply: (recipient) => (_target, _this, args) => HandledPromise.applyFunction(recipient, args),
};

const oneWaySender = {
  get: (recipient) => (_target, key, receiver) =>
    freeze({
      [key](...args) {
        if (this !== receiver) {
          throw new Error(`Unexpected receiver for ${describe(key)} method of E.sendOnly(…)`);
        }
        HandledPromise.applyMethodSendOnly(recipient, key, args);
      },
    }[key]),
  apply: (recipient) => (_target, _this, args) => {
    HandledPromise.applyFunctionSendOnly(recipient, args);
  },
};

// A proxy must report what its frozen target really has; without these two, messages called name and length can be sent.
const callable = () => {};
delete callable.name;
delete callable.length;
freeze(callable);
const plain = freeze({ __proto__: null });

const proxyFor = (recipient, { get, apply }) =>
  new Proxy(callable, freeze({ ...pretender, get: get(recipient), apply: apply(recipient) }));

const send = (recipient) => proxyFor(recipient, sender);

const parts = {
  get: (recipient) => new Proxy(plain, freeze({ ...pretender, get: (_target, key) => HandledPromise.get(recipient, key) })),
  resolve: (value) => HandledPromise.resolve(value),
  sendOnly: (recipient) => proxyFor(recipient, oneWaySender),
  when: (value, onFulfilled, onRejected) => HandledPromise.resolve(value).then(onFulfilled, onRejected),
};
for (const part of Object.values(parts)) {
  freeze(part);
}

export const E = freeze(Object.assign(send, parts));
export { HandledPromise };
