// What the vats of the cases import, bundled once.
export { E, Far, passStyleOf, getInterfaceOf } from '@endo/far';
export { makeExo, defineExoClass, defineExoClassKit } from '@endo/exo';
export { M, mustMatch, matches, makeCopyMap, makeCopySet } from '@endo/patterns';
export { makeTagged, isPassable, assertPassable } from '@endo/pass-style';
export { makePromiseKit } from '@endo/promise-kit';

// What a function gives, or the message of what it throws.
export const attempt = thunk => {
  try {
    return thunk();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
// The same for a list of them: one answer that can travel.
export const attempts = thunks => harden(thunks.map(thunk => attempt(thunk)));
