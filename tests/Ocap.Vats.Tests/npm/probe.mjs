// Runs a probe of Endowments/probes with Node's own globals and prints what it finds. usage: node probe.mjs <prelude> <probe>
import { readFileSync } from 'node:fs';

globalThis.harden = value => value;
const [prelude, probe] = process.argv.slice(2).map(file => readFileSync(file, 'utf8'));
const lines = await (0, eval)(`${prelude}\n(async () => {\n'use strict';\n${probe}\nreturn finish();\n})()`);
// All of it, before the end: a pipe takes so much at a time.
process.stdout.write(`${lines.join('\n')}\n`, () => process.exit(0));
