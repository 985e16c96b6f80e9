// Whole runs from process start, and the size of what comes out: ocap, esbuild (its own executable) and Vite as the reference uses it, on the vats of vats/.
// usage: node bench.mjs <ocap> [runs]      The runs of the three take turns, so that a busy machine is busy for all.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const here = import.meta.dirname;
const ocap = path.resolve(process.argv[2]);
const runs = Number(process.argv[3] ?? 9);
const out = mkdtempSync(path.join(os.tmpdir(), 'ocap-bench-'));
const esbuild = createRequire(import.meta.url).resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`);

const tools = {
  ocap: (entry, name) => [ocap, ['bundle', '--out-dir', out, entry], path.join(out, `${name}.bundle`)],
  esbuild: (entry, name) => [
    esbuild,
    [entry, '--bundle', '--format=iife', '--global-name=__vatExports__', '--legal-comments=none', '--target=es2022', '--define:process.env.NODE_ENV="production"', '--log-level=error', `--outfile=${path.join(out, `${name}.esbuild.js`)}`],
    path.join(out, `${name}.esbuild.js`),
  ],
  Vite: (entry, name) => [process.execPath, [path.join(here, 'vite.mjs'), entry, path.join(out, `${name}.vite.js`)], path.join(out, `${name}.vite.js`)],
};

const once = (command, args) => {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  }
  return Number(process.hrtime.bigint() - start) / 1e6;
};

// Scripts are measured as they would stand in a .bundle.
const sizeOf = (file) =>
  file.endsWith('.bundle') ? statSync(file).size : Buffer.byteLength(JSON.stringify({ moduleFormat: 'iife', code: readFileSync(file, 'utf8'), exports: ['buildRootObject'], external: [] }));

const middle = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];
const names = Object.keys(tools);
console.log(`${os.cpus()[0].model}, ${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}; ${runs} runs each, least and median in ms; bytes of the .bundle`);
console.log(`| vat | ${names.map((n) => `${n} ms`).join(' | ')} | ${names.map((n) => `${n} bytes`).join(' | ')} | ocap / Vite |`);
console.log(`|${'---|'.repeat(2 + 2 * names.length)}`);
try {
  for (const file of readdirSync(path.join(here, 'vats')).filter((f) => f.endsWith('.js')).sort()) {
    const name = path.basename(file, '.js');
    const commands = names.map((tool) => tools[tool](path.join(here, 'vats', file), name));
    const times = names.map(() => []);
    for (let run = 0; run < runs; run++) {
      commands.forEach(([command, args], i) => times[i].push(once(command, args)));
    }
    const sizes = commands.map(([, , output]) => sizeOf(output));
    const shown = times.map((t) => `${Math.min(...t).toFixed(0)} / ${middle(t).toFixed(0)}`);
    console.log(`| ${name} | ${shown.join(' | ')} | ${sizes.join(' | ')} | ${(sizes[0] / sizes.at(-1)).toFixed(2)} |`);
  }
} finally {
  rmSync(out, { recursive: true });
}
