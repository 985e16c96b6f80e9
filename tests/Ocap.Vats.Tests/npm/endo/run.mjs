// Runs one bundled test file under SES in Node and prints what came of each test.
// usage: node run.mjs <bundle>
import { readFileSync } from 'node:fs';
import { evaluateBundle } from '../ses.mjs';

// What the tests say is not what comes of them.
for (const level of ['debug', 'info', 'log', 'warn', 'error']) console[level] = () => {};

let text;
try {
  text = await evaluateBundle(readFileSync(process.argv[2], 'utf8')).run();
} catch (error) {
  text = `not run: ${error.message}`;
}
process.stdout.write(`${text}\n`);
