// What a vat without endowments finds in its global: bootstrap answers with what is there of the host, and what the tamed do.
import { Far } from '@endo/far';

const hostNames = [
  'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'structuredClone', 'crypto', 'SubtleCrypto', 'fetch', 'Request', 'Headers', 'Response', 'TextEncoder',
  'TextDecoder', 'URL', 'URLSearchParams', 'atob', 'btoa', 'AbortController', 'AbortSignal', 'fs', 'process', 'require', 'Buffer', 'performance', 'Intl', 'WebAssembly',
  'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'ShadowRealm', 'Temporal', 'XMLHttpRequest', 'WebSocket', 'Worker', 'navigator', 'window', 'self',
];
const present = ['harden', 'HandledPromise', 'VatData', 'assert', 'console', 'Compartment', 'lockdown', 'eval', 'Function', 'globalThis', 'global', 'exports', 'Float64Array', 'WeakMap', 'WeakSet'];

export const buildRootObject = () => {
  const attempt = thunk => { try { return thunk(); } catch (error) { return `${error.name}: ${error.message}`; } };
  return Far('root', {
    bootstrap: () => [
      hostNames.filter(name => name in globalThis).join(),
      present.filter(name => !(name in globalThis)).join(),
      attempt(() => Date.now()),
      attempt(() => new Date()),
      attempt(() => Math.random()),
      attempt(() => new Date(0).toISOString()),
      // A name that nothing declares reads as undefined here, as it does at the reference.
      attempt(() => typeof process + String(typeof setTimeout === 'undefined' && process)),
      attempt(() => new Compartment({ x: 20 }).evaluate('x + 1') + Function('return 21')()),
      // All arguments literals: the engine passes them in an array of another type than others.
      attempt(() => Function('a', 'b', 'return a + b')(40, 2)),
    ],
  });
};
