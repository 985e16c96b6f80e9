// Prints normalization.txt: what Unicode normalization needs to know, found out by asking this Node's String.prototype.normalize.
// usage: node generate.mjs > normalization.txt        (a test holds that the file is what the Node of tests/Ocap.Vats.Tests/npm prints)
const all = [];
for (let c = 0; c <= 0x10ffff; c++) if (c < 0xd800 || c > 0xdfff) all.push(String.fromCodePoint(c));
const isHangul = c => c >= '\uac00' && c <= '\ud7a3' && c.length === 1;
const nfd = s => s.normalize('NFD');
const nfc = s => s.normalize('NFC');

// A composite and the two it is made of; what decomposes but is never composed; what differs under compatibility.
const pairs = [];
const singles = [];
const compatible = [];
for (const c of all) {
  if (isHangul(c)) continue;
  const d = nfd(c);
  if (d !== c && nfc(c) === c) {
    const last = [...d].at(-1);
    const first = nfc(d.slice(0, -last.length));
    if ([...first].length !== 1 || nfc(first + last) !== c) throw Error(`U+${c.codePointAt(0).toString(16)} is no pair`);
    pairs.push(`${c}${first}${last}`);
  } else if (d !== c) singles.push(`${c}${d}`);
  const k = c.normalize('NFKD');
  if (k !== d) compatible.push(`${c}${k}`);
}

// Marks, by their class: what comes first when two are sorted. U+0334 has the lowest class, U+0345 the highest.
const swaps = (a, b) => nfd(`a${a}${b}`) === `a${b}${a}`;
const marks = all.filter(c => nfd(c) === c && !isHangul(c) && (swaps('\u0345', c) || swaps(c, '\u0334') || c === '\u0345'));
const classes = [];
for (const mark of marks) {
  let low = 0;
  let high = classes.length;
  let found;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (swaps(classes[middle][0], mark)) high = middle;
    else if (swaps(mark, classes[middle][0])) low = middle + 1;
    else { found = classes[middle]; break; }
  }
  if (found) found.push(mark);
  else classes.splice(low, 0, [mark]);
}

const section = (name, lines) => `# ${name}\n${lines.join('\n')}\n`;
process.stdout.write(
  `# Unicode ${process.versions.unicode}. Made by generate.mjs.\n` +
    section('pairs: a character, and the two that it is composed of', pairs) +
    section('singles: a character that is never composed, and its canonical decomposition', singles) +
    section('compatible: a character, and its compatibility decomposition', compatible) +
    section('classes: combining marks, those of one class in one line, in the order of the classes', classes.map(c => c.join(''))),
);
