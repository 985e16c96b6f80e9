// A vat under the real liveslots and SES, driven step by step. What it did is told line by line.
import '../npm/node_modules/ses/index.js';
import '../npm/node_modules/@endo/eventual-send/shim.js';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe', stackFiltering: 'verbose', overrideTaming: 'severe', errorTrapping: 'none', unhandledRejectionTrapping: 'none' });
process.on('unhandledRejection', () => {});
const { makeLiveSlots } = await import('../npm/node_modules/@agoric/swingset-liveslots/src/index.js');
const { build } = await import('../npm/node_modules/esbuild/lib/main.js');

const turn = () => new Promise(resolve => setImmediate(resolve));
const quiet = { debug() {}, info() {}, log() {}, warn() {}, error() {} };

// Finalizers run some turns after a collection, and with fewer turns before it the last objects used would still be alive.
const turns = async () => { for (let i = 0; i < 3; i += 1) await turn(); };
const gcTools = {
  WeakRef,
  FinalizationRegistry,
  waitUntilQuiescent: turn,
  async gcAndFinalize() {
    for (let round = 0; round < 2; round += 1) {
      await turns();
      collect();
      await turns();
    }
  },
  meterControl: {
    isMeteringDisabled: () => false,
    assertIsMetered() {},
    assertNotMetered() {},
    runWithoutMetering: thunk => thunk(),
    runWithoutMeteringAsync: async thunk => thunk(),
    unmetered: f => f,
  },
};

const capData = ({ body, slots }) => `${body} [${slots.join(' ')}]`;
const settlement = ([vpid, rejected, data]) => `${vpid} ${rejected ? 'rejected' : 'fulfilled'} ${capData(data)}`;

const makeVat = (code, store, trace) => {
  const sorted = () => [...store.keys()].sort();
  const syscall = {
    send: (target, methargs, result) => trace.push(`send ${target} ${capData(methargs)} ${result}`),
    subscribe: vpid => trace.push(`subscribe ${vpid}`),
    resolve: resolutions => resolutions.forEach((r, i) => trace.push(`${i ? '  and' : 'resolve'} ${settlement(r)}`)),
    exit: (failure, info) => trace.push(`exit ${failure ? 'failure' : 'success'} ${capData(info)}`),
    dropImports: vrefs => trace.push(`dropImports ${vrefs.join(' ')}`),
    retireImports: vrefs => trace.push(`retireImports ${vrefs.join(' ')}`),
    retireExports: vrefs => trace.push(`retireExports ${vrefs.join(' ')}`),
    abandonExports: vrefs => trace.push(`abandonExports ${vrefs.join(' ')}`),
    callNow: () => { throw Error('callNow not supported (we have no devices)'); },
    vatstoreGet: key => store.get(key),
    vatstoreGetNextKey: key => sorted().find(other => other > key),
    vatstoreSet: (key, value) => void store.set(key, value),
    vatstoreDelete: key => void store.delete(key),
  };
  const powers = { logger: quiet };
  const buildVatNamespace = async (lsEndowments, inescapable) => {
    const compartment = new Compartment({ harden, console: quiet, assert, ...lsEndowments, ...inescapable, exports: {} });
    for (const [name, value] of [['exports', {}], ['globalThis', compartment.globalThis], ['global', compartment.globalThis]]) compartment.globalThis[name] = value;
    return compartment.evaluate(`(function() { ${code}\n; return __vatExports__; })()`);
  };
  return makeLiveSlots(syscall, 'v1', powers, {}, gcTools, quiet, buildVatNamespace);
};

function delivery([kind, ...rest]) {
  switch (kind) {
    case 'send': {
      const [target, method, args, slots = [], result = null] = rest;
      return ['message', target, { methargs: { body: `#${JSON.stringify(args === undefined ? [method] : [method, args])}`, slots }, result }];
    }
    case 'notify':
      return ['notify', rest.map(([vpid, rejected, value, slots = []]) => [vpid, rejected, { body: `#${JSON.stringify(value)}`, slots }])];
    case 'raw':
      return rest[0];
    case 'bringOutYourDead':
      return ['bringOutYourDead'];
    default:
      return [kind, rest];
  }
}

/** A vat with nothing on its heap yet: the first step is start or restart. */
export function openVat(code, store = new Map()) {
  let vat;
  let trace;
  return async step => {
    const [kind, parameters] = step;
    const isStart = kind === 'start' || kind === 'restart';
    const before = new Map(store);
    const lines = trace = [];
    if (isStart) vat = makeVat(code, store, { push: line => trace.push(line) });
    const message = isStart ? ['startVat', { body: parameters === undefined ? '#"#undefined"' : `#${JSON.stringify(parameters)}`, slots: [] }] : delivery(step);
    const title = `> ${isStart ? kind : JSON.stringify(step)}`;
    try {
      await vat.dispatch(message);
    } catch (reason) {
      // What a failed delivery asked for is never carried out.
      store.clear();
      before.forEach((value, key) => store.set(key, value));
      return [title, `error ${typeof reason === 'string' ? reason : reason.message}`];
    }
    for (const key of [...new Set([...before.keys(), ...store.keys()])].sort()) {
      if (before.get(key) !== store.get(key)) lines.push(store.has(key) ? `set ${key} ${store.get(key)}` : `delete ${key}`);
    }
    return [title, ...lines];
  };
}

/** What the vats of the cases import, bundled. */
export async function bundlePrelude() {
  const here = dirname(fileURLToPath(import.meta.url));
  const [{ text }] = (await build({
    stdin: { contents: readFileSync(join(here, 'prelude.js'), 'utf8'), resolveDir: join(here, '../npm') },
    bundle: true, write: false, minifyWhitespace: true, format: 'iife', globalName: '__endo__', target: 'es2022', legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
  })).outputFiles;
  return text;
}

/** A vat's source as a bundle's code. */
export const wrap = (prelude, source) => `${prelude}\nvar __vatExports__ = (function () { "use strict";\n${source}\nreturn { buildRootObject: typeof buildRootObject === 'undefined' ? undefined : buildRootObject }; })();`;
