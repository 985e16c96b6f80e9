// Runs every case of cases/ under the real liveslots and SES, and writes what the vat did to golden/<name>.txt.
// usage: node oracle.mjs [out [part of a case's name [stores]]]      (out defaults to ./golden; needs ../npm's packages)
// Into out also goes what the vat's store holds at each restart, as <name>.<step>.store. With stores, a folder of such files that others have written,
// a case is run from each restart on, and the trace goes to out/<name>.<step>.txt.
import '../npm/node_modules/ses/index.js';
import '../npm/node_modules/@endo/eventual-send/shim.js';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, 'golden');
mkdirSync(out, { recursive: true });

const turn = () => new Promise(resolve => setImmediate(resolve));
const quiet = { debug() {}, info() {}, log() {}, warn() {}, error() {} };
const gcTools = {
  WeakRef,
  FinalizationRegistry,
  waitUntilQuiescent: turn,
  async gcAndFinalize() {
    for (let round = 0; round < 3; round += 1) {
      await turn();
      collect();
      await turn();
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

let makeVat = function(code, store, trace) {
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

async function run(code, steps, store = new Map(), restarting = () => {}) {
  const lines = [];
  let vat;
  const step = async (title, start, message) => {
    const before = new Map(store);
    const trace = [];
    if (start) vat = makeVat(code, store, current.trace = trace);
    else current.trace = trace;
    let error;
    try {
      await vat.dispatch(message);
    } catch (reason) {
      error = typeof reason === 'string' ? reason : reason.message;
    }
    lines.push(`> ${title}`);
    if (error !== undefined) {
      // What a failed delivery asked for is never carried out.
      lines.push(`error ${error}`);
      store.clear();
      before.forEach((value, key) => store.set(key, value));
      return;
    }
    lines.push(...trace);
    for (const key of [...new Set([...before.keys(), ...store.keys()])].sort()) {
      if (before.get(key) !== store.get(key)) lines.push(store.has(key) ? `set ${key} ${store.get(key)}` : `delete ${key}`);
    }
  };
  const current = {};
  const makeTraced = makeVat;
  makeVat = (c, s) => makeTraced(c, s, { push: line => current.trace.push(line) });
  const start = parameters => ['startVat', { body: parameters ?? '#"#undefined"', slots: [] }];
  if (steps[0]?.[0] !== 'start' && steps[0]?.[0] !== 'restart') await step('start', true, start());
  for (const [index, each] of steps.entries()) {
    if (each[0] === 'restart') restarting(index, store);
    if (each[0] === 'start' || each[0] === 'restart') await step(each[0], true, start(each[1] === undefined ? undefined : `#${JSON.stringify(each[1])}`));
    else await step(JSON.stringify(each), false, delivery(each));
  }
  makeVat = makeTraced;
  return lines;
}

const [{ text: prelude }] = (await build({
  stdin: { contents: readFileSync(join(here, 'prelude.js'), 'utf8'), resolveDir: join(here, '../npm') },
  bundle: true, write: false, minifyWhitespace: true, format: 'iife', globalName: '__endo__', target: 'es2022', legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
})).outputFiles;
writeFileSync(join(out, 'prelude.bundle.js'), prelude);

const [, , , only, stores] = process.argv;
for (const file of readdirSync(join(here, 'cases')).filter(name => name.endsWith('.js') && (!only || name.includes(only)))) {
  const [source, script] = readFileSync(join(here, 'cases', file), 'utf8').split('//--- deliveries');
  const steps = script.trim().split('\n').filter(line => line.trim()).map(line => JSON.parse(line));
  const code = `${prelude}\nvar __vatExports__ = (function () { "use strict";\n${source}\nreturn { buildRootObject: typeof buildRootObject === 'undefined' ? undefined : buildRootObject }; })();`;
  const name = file.replace(/\.js$/, '');
  if (!stores) {
    const save = (index, store) => out === join(here, 'golden') || writeFileSync(join(out, `${name}.${index}.store`), JSON.stringify([...store]));
    writeFileSync(join(out, `${name}.txt`), `${(await run(code, steps, undefined, save)).join('\n')}\n`);
    continue;
  }
  for (const index of steps.keys()) {
    const saved = join(stores, `${name}.${index}.store`);
    if (steps[index][0] === 'restart' && existsSync(saved)) {
      writeFileSync(join(out, `${name}.${index}.txt`), `${(await run(code, steps.slice(index), new Map(JSON.parse(readFileSync(saved, 'utf8'))))).join('\n')}\n`);
    }
  }
}
