// Runs every case of cases/ under the real liveslots and SES, and writes what the vat did to golden/<name>.txt.
// usage: node oracle.mjs [out [part of a case's name [stores]]]      (out defaults to ./golden; needs ../npm's packages)
// Into out also goes what the vat's store holds at each restart, as <name>.<step>.store. With stores, a folder of such files that others have written,
// a case is run from each restart on, and the trace goes to out/<name>.<step>.txt.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePrelude, openVat, wrap } from './vat.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, 'golden');
mkdirSync(out, { recursive: true });
const prelude = await bundlePrelude();
writeFileSync(join(out, 'prelude.bundle.js'), prelude);

async function run(code, steps, store = new Map(), restarting = () => {}) {
  const deliver = openVat(code, store);
  const lines = [];
  if (steps[0]?.[0] !== 'start' && steps[0]?.[0] !== 'restart') lines.push(...await deliver(['start']));
  for (const [index, step] of steps.entries()) {
    if (step[0] === 'restart') restarting(index, store);
    lines.push(...await deliver(step));
  }
  return lines;
}

const [, , , only, stores] = process.argv;
for (const file of readdirSync(join(here, 'cases')).filter(name => name.endsWith('.js') && (!only || name.includes(only)))) {
  const [source, script] = readFileSync(join(here, 'cases', file), 'utf8').split('//--- deliveries');
  const steps = script.trim().split('\n').filter(line => line.trim()).map(line => JSON.parse(line));
  const code = wrap(prelude, source);
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
