// Unicode in strings: normalization and case mapping of every character, and what methods with "locale" in their name do. Compared with Node.
const blocks = [];
for (let c = 0; c < 0x20000; c += 0x1000) blocks.push([c, c + 0x1000]);
blocks.push([0x2f000, 0x30000], [0xe0000, 0xe1000]);

const mix = (hash, s) => { let h = hash; for (let i = 0; i < s.length; i++) h = (Math.imul(h, 31) + s.charCodeAt(i)) | 0; return h; };
// A block is one number: equal only if every character in it is.
const digest = map => () => blocks.map(([from, to]) => {
  let hash = 7;
  for (let c = from; c < to; c++) hash = mix(hash, map(String.fromCodePoint(c)));
  return `${from.toString(16)}:${hash}`;
}).join(' ');

// What normalization has to do something about, in random order: bases, marks, Hangul, lone surrogates.
let seed = 20240917;
const random = n => { seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff; return seed % n; };
const interesting = [];
for (let c = 0; c < 0x1f000; c++) {
  if (c >= 0xac10 && c < 0xd7a0) continue;
  const s = String.fromCodePoint(c);
  if (s.normalize('NFKD') !== s || /\p{M}/u.test(s)) interesting.push(s);
}
interesting.push('a', 'A', 'o', 'u', 'x', '\u1100', '\u1101', '\u1161', '\u1162', '\u11a7', '\u11a8', '\u11a9', '\ud800', '\udc00', '\ud834');
const sequences = form => () => {
  let hash = 7;
  for (let i = 0; i < 4000; i++) {
    let s = '';
    for (let n = 1 + random(8); n > 0; n--) s += interesting[random(interesting.length)];
    hash = mix(hash, s.normalize(form));
  }
  return hash;
};

export const cases = {
  interesting: () => interesting.length,
  nfc: digest(s => s.normalize()),
  nfd: digest(s => s.normalize('NFD')),
  nfkc: digest(s => s.normalize('NFKC')),
  nfkd: digest(s => s.normalize('NFKD')),
  nfcSequences: sequences('NFC'),
  nfdSequences: sequences('NFD'),
  nfkcSequences: sequences('NFKC'),
  nfkdSequences: sequences('NFKD'),
  nfcNames: () => 'Ame\u0301lie'.normalize() === 'Am\u00e9lie'.normalize(),
  normalizeThis: () => String.prototype.normalize.call(1.5),
  normalizeNull: () => { try { return String.prototype.normalize.call(null); } catch (e) { return e.name; } },
  normalizeForm: () => 'abc'.normalize('nfc'),
  normalizeFormUndefined: () => 'e\u0301'.normalize(undefined).length,
  normalizeHangul: () => '\uac01'.normalize('NFD').length + '\u1100\u1161\u11a8'.normalize().length,
  normalizeLoneSurrogate: () => '\ud800\u0301'.normalize().length,
  normalizeManyMarks: () => { const s = `a${'\u0301\u0323'.repeat(50000)}`.normalize(); return mix(7, s); },
  upper: digest(s => s.toUpperCase()),
  lower: digest(s => s.toLowerCase()),
  sharpS: () => 'ß'.toUpperCase(),
  finalSigma: () => ['ΑΣ', 'ΑΣΑ', 'Σ', 'ΑΣ ', 'Α.Σ', 'ΑΣ.Α', 'ΑΣ\u0301', 'Α\u0301Σ', '1Σ'].map(s => s.toLowerCase()).join(),
  dottedI: () => ['İ', 'I', 'ı', 'i\u0307'].map(s => [...s.toLowerCase()].map(c => c.codePointAt(0)).join('+')).join(),
  turkish: () => ['I', 'i', 'İ'].map(s => s.toLocaleLowerCase('tr') + s.toLocaleUpperCase('tr')).join(),
  lithuanian: () => 'i\u0307\u0300'.toLocaleUpperCase('lt').length,
  ligatures: () => 'ﬀﬁﬂﬃﬄﬅﬆ'.toUpperCase(),
  deseret: () => '\u{10428}'.toUpperCase().codePointAt(0),
  titlecase: () => 'ǅ'.toUpperCase() + 'ǅ'.toLowerCase(),
  greekIota: () => 'ᾳ'.toUpperCase() + 'ᾼ'.toLowerCase(),
  localeCompare: () => [['a', 'b'], ['b', 'a'], ['a', 'B'], ['é', 'f'], ['e\u0301', '\u00e9'], ['', 'a'], ['\u{1f600}', '\uffff'], ['10', '9']].map(([a, b]) => a.localeCompare(b)).join(),
  localeCompareOptions: () => 'a'.localeCompare('A', 'en', { sensitivity: 'base' }),
  localeNumber: () => [(1234567.891).toLocaleString('de'), (0.1).toLocaleString('en', { style: 'percent' }), 12345n.toLocaleString()].join(),
  localeDate: () => new Date(0).toLocaleDateString('de', { timeZone: 'UTC' }) === new Date(0).toDateString(),
  localeArray: () => [1234.5, 2].toLocaleString('de'),
  sortByLocale: () => ['z', 'ä', 'a', 'Z'].sort((a, b) => a.localeCompare(b)).join(),
  sortDefault: () => ['\u{1f600}', '\uffff', 'b', 'a'].sort().map(s => s.codePointAt(0)).join(),
  stringIteration: () => [[...'e\u0301x'].length, Array.from('e\u0301x').length, Object.keys('e\u0301'), [...'\u{1f468}\u200d\u{1f469}'].length, [...'\r\n'].length].join('|'),
  stringForOf: () => { const parts = []; for (const c of 'e\u0301\ud800\u{1f600}') parts.push(c.length); return parts.join(); },
  stringDestructuring: () => { const [a, b] = 'e\u0301'; const f = (...r) => r.length; return a.length + b.length + f(...'i\u0307'); },
  stringIterator: () => { const it = 'e\u0301'[Symbol.iterator](); return it.next().value.length + it.next().value.length; },
  stringSplit: () => ['e\u0301x'.split('').length, new Set('e\u0301').size, Array.from(new Map([['k', 'e\u0301']]).get('k')).length].join(),
  trim: () => { let n = ''; for (let c = 0; c < 0x10000; c++) if (String.fromCharCode(c).trim() === '') n += `${c} `; return n; },
  wellFormed: () => ['\ud800', 'a\udc00', '\ud83d\ude00'].map(s => s.isWellFormed() + s.toWellFormed()).join(),
  caseInsensitive: () => [/\u017f/i.test('s'), /\u017f/iu.test('s'), /ß/i.test('ẞ'), /ß/iu.test('ẞ'), /[a-z]/i.test('\u212a'), /[a-z]/iu.test('\u212a'), /σ/i.test('ς')].join(),
  identifiers: () => { const \u00e9t\u00e9 = 1; return été; },
};
export const buildRootObject = () => harden({});
