// Loads bundles as the reference does, in a SES compartment, and calls every method of each root object.
// usage: node run.mjs <bundle>…      Prints {<bundle>: {<method>: <settled>}}, settled as a vat reports it: smallcaps, "!" before a rejection.
import 'ses';
import '@endo/eventual-send/shim.js';
import { readFileSync } from 'node:fs';

lockdown({ consoleTaming: 'unsafe', errorTaming: 'unsafe', overrideTaming: 'severe', domainTaming: 'unsafe', stackFiltering: 'concise' });
const { makeMarshal } = await import('@endo/marshal');

const load = (code) => {
  const compartment = new Compartment({ harden, HandledPromise, assert, console, exports: {} });
  compartment.globalThis.globalThis = compartment.globalThis;
  compartment.globalThis.global = compartment.globalThis;
  return compartment.evaluate(`(function() { ${code}; return __vatExports__; })()`);
};

const { toCapData } = makeMarshal(() => 'slot', undefined, { serializeBodyFormat: 'smallcaps', errorTagging: 'off', marshalSaveError: () => {} });
const settle = async (call) => {
  try {
    return toCapData(harden(await call())).body;
  } catch (error) {
    return `!${toCapData(harden(error)).body}`;
  }
};

const results = {};
for (const path of process.argv.slice(2)) {
  const { code } = JSON.parse(readFileSync(path, 'utf8'));
  const root = load(code).buildRootObject({}, {}, {});
  const answers = {};
  for (const method of Object.keys(root)) {
    answers[method] = await settle(() => root[method]());
  }
  results[path] = answers;
}
process.stdout.write(JSON.stringify(results));
