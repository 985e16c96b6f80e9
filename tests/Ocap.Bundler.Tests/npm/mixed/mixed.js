// CommonJS that requires ES modules, cycles and all: parts of a bundle that have scopes of their own.
import { Far } from '@endo/far';
import lib from './lib.cjs';
import { count, bump } from './esm.js';

export function buildRootObject() {
  return Far('root', {
    early: () => harden([...lib.early]),
    same: () => {
      bump();
      return [count, lib.esm().count, typeof lib.esm().default, lib.esm().default.name];
    },
    data: () => harden({ ...lib.data }),
    missing: () => lib.missing(),
    order: () => harden([...lib.order]),
    classes: () => [new (lib.esm().K)().name(), lib.esm().K.name],
  });
}
