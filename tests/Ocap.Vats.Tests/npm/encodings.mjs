// Decodes bytes as the Encoding standard says (npm's @exodus/bytes, whose own decoders read the standard's indexes) and as Node's own TextDecoder does.
// A line on standard input is an encoding and sequences of bytes in hex, behind spaces; a comma is where a sequence is cut in pieces. Answered are two lines of
// JSON, the standard's and Node's: for each sequence what comes of it, pieces behind bars, and then 0, or null where it is fatal, or what it gives there.
import { createInterface } from 'node:readline';
import { TextDecoder as StandardDecoder } from '@exodus/bytes/encoding.js';

Error.stackTraceLimit = 0;
const decoders = new Map();
const decoder = (Class, label, fatal) => {
  const key = `${Class === TextDecoder} ${label} ${fatal}`;
  if (!decoders.has(key)) decoders.set(key, new Class(label, { fatal }));
  return decoders.get(key);
};
const decode = (Class, label, fatal, pieces) => {
  const one = decoder(Class, label, fatal);
  try {
    return pieces.map((piece, i) => one.decode(piece, { stream: i < pieces.length - 1 })).join('|');
  } catch {
    // What it has kept of a sequence in pieces is none of the next one's business.
    if (pieces.length > 1) decoders.delete(`${Class === TextDecoder} ${label} ${fatal}`);
    return null;
  }
};
const both = (Class, label, pieces) => {
  const forgiving = decode(Class, label, false, pieces);
  const fatal = decode(Class, label, true, pieces);
  return [forgiving, fatal === forgiving ? 0 : fatal];
};

const out = [];
for await (const line of createInterface({ input: process.stdin })) {
  const [label, ...sequences] = line.split(' ');
  const cut = sequences.map(sequence => sequence.split(',').map(hex => Buffer.from(hex, 'hex')));
  for (const Class of [StandardDecoder, TextDecoder]) out.push(JSON.stringify(cut.flatMap(pieces => both(Class, label, pieces))));
}
process.stdout.write(`${out.join('\n')}\n`);
