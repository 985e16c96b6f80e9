// What the vats of the cases import, bundled once.
export { E, Far, passStyleOf, getInterfaceOf } from '@endo/far';
export { makeExo, defineExoClass, defineExoClassKit } from '@endo/exo';
export { M, mustMatch, matches, makeCopyMap, makeCopySet } from '@endo/patterns';
export { makeTagged, isPassable, assertPassable } from '@endo/pass-style';
export { makePromiseKit } from '@endo/promise-kit';
