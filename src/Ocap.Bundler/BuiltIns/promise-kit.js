// A promise together with the two functions that settle it.
const harden = globalThis.harden ?? Object.freeze;

// Where promises can be pipelined to, kits are made of such promises.
const KitPromise = globalThis.HandledPromise ?? Promise;

export const makePromiseKit = () => {
  let settle;
  const promise = new KitPromise((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Once settled, the kit no longer holds on to the promise's own functions.
  const once = (how) => (value) => {
    const functions = settle;
    settle = undefined;
    functions?.[how](value);
  };
  return harden({ promise, resolve: once('resolve'), reject: once('reject') });
};
harden(makePromiseKit);

export const isPromise = (value) => Promise.resolve(value) === value;
harden(isPromise);

// Promise.race keeps a reaction on every promise that never settles; those given here are let go with the winner.
export const racePromises = (values) => {
  const kit = makePromiseKit();
  for (const value of values) {
    Promise.resolve(value).then(kit.resolve, kit.reject);
  }
  return kit.promise;
};
harden(racePromises);
