// Looks for what a vat must not find. Each probe answers with what it reached; nothing is the hoped-for answer.
import { Far } from '@endo/far';

const attempt = (probe) => {
  try {
    const found = probe();
    return found === undefined ? 'nothing' : `found ${String(found)}`;
  } catch (error) {
    return `${error.name}`;
  }
};

const probes = {
  hostNames: () => {
    const names = ['System', 'clr', 'importNamespace', 'process', 'require', 'window', 'self', 'Deno', 'Bun', 'fetch', 'setTimeout', 'setInterval', 'XMLHttpRequest', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'document'];
    const there = names.filter((name) => name in globalThis);
    return there.length > 0 ? there : undefined;
  },
  constructors: () => {
    const names = ['System', 'process', 'importNamespace'];
    const reach = (0, probes.hostNames.constructor)('names', 'return names.filter((name) => name in globalThis)');
    const there = reach(names);
    return there.length > 0 ? there : undefined;
  },
  types: () => {
    const odd = Reflect.ownKeys(globalThis).filter((key) => {
      const value = globalThis[key];
      return Object(value) === value && (value.GetType !== undefined || value.ToString !== undefined);
    });
    return odd.length > 0 ? odd : undefined;
  },
  pollution: () => {
    Object.prototype.polluted = 'yes';
    return {}.polluted;
  },
  replacement: () => {
    Array.prototype.push = () => 'stolen';
    return [].push(1) === 'stolen' ? 'push' : undefined;
  },
  sharedGlobal: () => globalThis.mark,
};

export const buildRootObject = () =>
  Far('root', {
    bootstrap() {},
    probe: (name) => attempt(probes[name]),
    mark() {
      try {
        globalThis.mark = 'here';
      } catch (_frozen) {
        // The hoped-for answer.
      }
    },
  });
