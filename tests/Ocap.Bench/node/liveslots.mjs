// What the cases of cases.json cost under the real liveslots and SES: one line of JSON a case, {name, cpu: µs of CPU for one operation}.
// usage: node liveslots.mjs <cases.json> <bundle> <capdata.json> [--big]
import '../../Ocap.Vats.Tests/npm/node_modules/ses/index.js';
import '../../Ocap.Vats.Tests/npm/node_modules/@endo/eventual-send/shim.js';
import { readFileSync } from 'node:fs';
import { SortedMap } from './sorted-map.mjs';

lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe', overrideTaming: 'severe', errorTrapping: 'none', unhandledRejectionTrapping: 'none' });
const { makeLiveSlots } = await import('../../Ocap.Vats.Tests/npm/node_modules/@agoric/swingset-liveslots/src/index.js');
const { makeMarshal } = await import('../../Ocap.Vats.Tests/npm/node_modules/@endo/marshal/index.js');
const { Far } = await import('../../Ocap.Vats.Tests/npm/node_modules/@endo/far/src/index.js');

const [, , casesFile, bundleFile, capDataFile, ...options] = process.argv;
const { code } = JSON.parse(readFileSync(bundleFile, 'utf8'));
const quiet = { debug() {}, info() {}, log() {}, warn() {}, error() {} };
const turn = () => new Promise(resolve => setImmediate(resolve));
const meterControl = {
  isMeteringDisabled: () => false, assertIsMetered() {}, assertNotMetered() {},
  runWithoutMetering: thunk => thunk(), runWithoutMeteringAsync: async thunk => thunk(), unmetered: f => f,
};
const gcTools = { WeakRef, FinalizationRegistry, waitUntilQuiescent: turn, gcAndFinalize: turn, meterControl };

function openVat() {
  const store = new SortedMap();
  const resolved = new Map();
  const syscall = {
    send() {}, subscribe() {}, exit() {}, dropImports() {}, retireImports() {}, retireExports() {}, abandonExports() {}, callNow() {},
    resolve: resolutions => resolutions.forEach(([vpid, rejected, data]) => {
      if (rejected) throw console.error(data.body);
      resolved.set(vpid, data);
    }),
    vatstoreGet: key => store.get(key),
    vatstoreGetNextKey: key => store.next(key),
    vatstoreSet: (key, value) => store.set(key, value),
    vatstoreDelete: key => store.delete(key),
  };
  const buildVatNamespace = async (lsEndowments, inescapable) => {
    const compartment = new Compartment({ harden, console: quiet, assert, ...lsEndowments, ...inescapable });
    return compartment.evaluate(`(function() { ${code}\n; return __vatExports__; })()`);
  };
  const vat = makeLiveSlots(syscall, 'v1', {}, {}, gcTools, quiet, buildVatNamespace);
  let sent = 60;
  return {
    dispatch: vat.dispatch,
    async send(target, method, args) {
      const result = `p-${(sent += 1)}`;
      resolved.clear();
      await vat.dispatch(['message', target, { methargs: { body: `#${JSON.stringify([method, args])}`, slots: [] }, result }]);
      return resolved.get(result);
    },
  };
}

async function cpuOf(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const say = (name, cpu) => console.log(JSON.stringify({ name, cpu }));

const vat = openVat();
say('start of a vat of this bundle, parsed anew', await cpuOf(() => vat.dispatch(['startVat', { body: '#"#undefined"', slots: [] }])));
const { slots } = await vat.send('o+0', 'adders', []);
const targets = { root: 'o+0', plain: slots[0], guarded: slots[1], virtual: slots[2] };

for (const { name, setup = [], target = 'root', method, args = [], times, operations = 1, once, big } of JSON.parse(readFileSync(casesFile, 'utf8'))) {
  if (big && !options.includes('--big')) continue;
  for (const [step, first, second, repeats = 1] of setup) {
    for (let i = 0; i < repeats; i += 1) await vat.send('o+0', step, second === undefined ? [first] : [first, second]);
  }
  const deliver = async many => {
    for (let i = 0; i < many; i += 1) await vat.send(targets[target], method, args);
  };
  if (!once) await deliver(times);
  say(name, await cpuOf(() => deliver(times)) / times / operations);
}

// The marshaller alone, with presences that it is given.
const capData = JSON.parse(readFileSync(capDataFile, 'utf8'));
const presences = new Map(capData.slots.map(slot => [slot, Far(`presence ${slot}`, {})]));
const slotsOf = new Map([...presences].map(([slot, presence]) => [presence, slot]));
const marshal = makeMarshal(value => slotsOf.get(value), slot => presences.get(slot), { serializeBodyFormat: 'smallcaps', marshalName: 'bench', errorTagging: 'off' });
const parts = { unserialize: () => marshal.fromCapData(capData), serialize: () => marshal.toCapData(value) };
const value = parts.unserialize();
if (JSON.stringify(parts.serialize()) !== JSON.stringify(capData)) throw Error(`the data is not what comes back: ${parts.serialize().body.slice(0, 300)}`);
for (const [name, part] of Object.entries(parts)) {
  const repeat = async many => {
    for (let i = 0; i < many; i += 1) part();
  };
  await repeat(300);
  say(name, await cpuOf(() => repeat(300)) / 300);
}
process.exit(0);
