// Which elements are compared when something is sorted, and in which order it ends: a line for each list, comparator and kind of array, with hashes of both.
const random = seed => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 4294967296;
};
const lists = {
  random: (n, r) => Array.from({ length: n }, () => Math.floor(r() * 1000)),
  'few values': (n, r) => Array.from({ length: n }, () => Math.floor(r() * 4)),
  runs: (n, r) => Array.from({ length: n }, (_, i) => (i % Math.max(2, Math.floor(n / 5))) * 3 + Math.floor(r() * 2)),
  descending: n => Array.from({ length: n }, (_, i) => n - i),
  'ascending but for some': (n, r) => Array.from({ length: n }, (_, i) => (r() < 0.05 ? Math.floor(r() * n) : i)),
  'two halves': (n, r) => Array.from({ length: n }, (_, i) => (i < n / 2 ? i * 2 : (i - n / 2) * 2 + Math.floor(r() * 3))),
};
const comparators = {
  'a - b': () => (a, b) => a - b,
  'b - a': () => (a, b) => b - a,
  'a > b': () => (a, b) => a > b,
  'a < b': () => (a, b) => a < b,
  'a > b ? 1 : -1': () => (a, b) => (a > b ? 1 : -1),
  'a < b ? -1 : 0': () => (a, b) => (a < b ? -1 : 0),
  'by rest': () => (a, b) => (a % 7) - (b % 7),
  'a fraction': () => (a, b) => (a - b) / 1000,
  'always 1': () => () => 1,
  'always -1': () => () => -1,
  'always 0': () => () => 0,
  NaN: () => () => NaN,
  nothing: () => () => undefined,
  'any number': r => () => 0.5 - r(),
  'a text': () => (a, b) => String(a - b),
};
const kinds = {
  sort: (list, f) => list.sort(f),
  toSorted: (list, f) => list.toSorted(f),
  'sort with holes': (list, f) => { for (let i = 0; i < list.length; i += 5) { if (i % 2) delete list[i]; else list[i] = undefined; } return list.sort(f); },
  Int32Array: (list, f) => new Int32Array(list).sort(f),
  'Int16Array toSorted': (list, f) => new Int16Array(list).toSorted(f),
};
const sizes = [2, 3, 5, 12, 31, 32, 33, 64, 65, 129];
const add = (hash, n) => Math.imul(hash ^ (n | 0), 16777619);
const line = (size, list, comparator, kind) => {
  const r = random(size * 31 + list.length * 7 + comparator.length);
  const items = lists[list](size, r), compare = comparators[comparator](r);
  let calls = 0, asked = 2166136261;
  const sorted = kinds[kind](items, (a, b) => {
    calls += 1;
    asked = add(add(asked, a), b);
    return compare(a, b);
  });
  let order = 2166136261;
  for (let i = 0; i < sorted.length; i++) order = add(order, sorted[i] === undefined ? -1 : sorted[i]);
  return `${size} ${list}, ${comparator}, ${kind} ⇒ ${calls} ${asked >>> 0} ${order >>> 0}`;
};
const lines = [];
for (const size of sizes) for (const list of Object.keys(lists)) for (const comparator of Object.keys(comparators)) for (const kind of Object.keys(kinds)) {
  if (size < 64 || kind === 'sort' || kind === 'Int32Array' && size === 65) lines.push([size, list, comparator, kind]);
}
export const tables = async () => [
  ...lines.map(each => line(...each)),
  ...['any number', 'a > b', 'a - b'].flatMap(comparator => Object.keys(lists).map(list => line(700, list, comparator, 'sort'))),
].join('\n');
