// Prints what Node offers, and, on the line below, what it finds wrong with the offer in a file. usage: node exchange.mjs <exchange.js> <offer>
import { readFileSync } from 'node:fs';

const [script, made] = process.argv.slice(2).map(file => readFileSync(file, 'utf8'));
const { offer, accept } = (0, eval)(`(() => {\n${script}\nreturn { offer, accept };\n})()`);
process.stdout.write(`${await offer()}\n${await accept(made)}\n`);
