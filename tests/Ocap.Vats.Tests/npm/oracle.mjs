// Runs a bundled test vat's cases in a SES compartment and prints one line for each: what a vat here must do as well.
// usage: node oracle.mjs cases|tables [bundle]
import { evaluateBundle } from './ses.mjs';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [, , verb, name = 'endo-packages'] = process.argv;
const { code } = JSON.parse(readFileSync(join(here, 'bundles', `${name}.bundle`), 'utf8'));
const exports = evaluateBundle(code);

const show = v => (typeof v === 'string' ? v : typeof v === 'bigint' ? `${v}n` : Object(v) === v ? `(${typeof v})` : String(v));
const run = async () => {
  const lines = [];
  for (const [key, thunk] of Object.entries(exports.cases)) {
    let line;
    try {
      line = show(thunk());
    } catch (e) {
      line = `threw ${e.name}: ${e.message}`;
    }
    lines.push(`${key}: ${line}`);
  }
  for (const [key, thunk] of Object.entries(exports.asyncCases ?? {})) {
    lines.push(`${key}: ${await thunk().then(show, e => `rejected ${e.name}: ${e.message}`)}`);
  }
  return lines.join('\n');
};

process.stdout.write(`${verb === 'tables' ? await exports.tables() : await run()}\n`);
