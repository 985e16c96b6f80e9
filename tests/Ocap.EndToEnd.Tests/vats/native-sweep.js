// Calls every function that a vat can reach, with literals: alone, and where a constructor is meant. What they answer or throw does not matter.
import { Far } from '@endo/far';

const SAMPLES = [
  '[1, 2]', '"ab"', '1', '1n', 'true', 'Symbol("s")', '/a/g', '({})', '(function () {})', '(class {})', '(async () => {})', '(function* () {})()', '(async function* () {})()',
  'new Map([[1, 2]])', 'new Set([1])', 'new WeakMap()', 'new WeakSet()', 'Promise.resolve(1)', 'new ArrayBuffer(8)', 'new DataView(new ArrayBuffer(8))', 'new Uint8Array([1, 2])',
  'new Float64Array(2)', 'new BigInt64Array(2)', 'new Date(0)', 'Error("e")', 'new AggregateError([1])', '[1][Symbol.iterator]()', '[1].values().map(x => x)', '"a"[Symbol.iterator]()',
  '"a".matchAll(/a/g)', 'new Map().keys()', 'new Set().values()', 'new Proxy({}, {})', 'new Compartment()', 'HandledPromise.resolve(1)', 'Far("f", {})', 'VatData.makeScalarBigMapStore("m")',
  'VatData.makeScalarBigSetStore("s")', 'VatData.makeScalarBigWeakMapStore("wm")', 'VatData.makeScalarBigWeakSetStore("ws")', 'new URL("http://a/b?c#d")', 'new URLSearchParams("a=1")',
  'new Headers({ a: "b" })', 'new Request("http://a/")', 'new Response("x")', 'new Response("x").body', 'new AbortController()', 'new AbortController().signal', 'new TextEncoder()',
  'new TextDecoder()', 'crypto', 'crypto.subtle', 'console', 'assert', 'assert.details`x`', 'new URL("http://a/").searchParams.keys()', 'new Headers().keys()', 'fs', 'fs.promises',
];
const ARGUMENTS = ['', '1', '"a"', '"a", "b"', '3, 4', '1, 2, 3', 'null', 'undefined, true', '-1, 1n', '"http://127.0.0.1:9/"', '/a/, "b", 0'];

// What never ends, or ends the vat, on purpose.
const LEFT_OUT = /^(exitVat|exitVatWithFailure|bringOutYourDead)$/;

export const buildRootObject = () => {
  globalThis.Far = Far;
  const attempts = [];
  const seen = new Set();

  const name = key => (typeof key === 'symbol' ? `[${String(key).replace(/^Symbol\((Symbol\..*)\)$/, '$1')}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
  const isKnown = key => typeof key !== 'symbol' || /^Symbol\(Symbol\./.test(String(key));
  const look = (object, path) => {
    if (Object(object) !== object || seen.has(object)) return;
    seen.add(object);
    for (const key of Reflect.ownKeys(object)) {
      if (!isKnown(key) || LEFT_OUT.test(String(key))) continue;
      const { value, get, set } = Reflect.getOwnPropertyDescriptor(object, key);
      const at = `${path}${name(key)}`;
      if (get) attempts.push(at);
      if (set) attempts.push(`${at} = 1`, `${at} = "a"`);
      if (typeof value === 'function') attempts.push(...ARGUMENTS.flatMap(list => [`${at}(${list})`, `new ${at}(${list})`]));
      look(value, at);
    }
  };
  const methods = sample => {
    let made;
    try { made = (0, eval)(sample); } catch { return; }
    const names = new Set();
    for (let at = made; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) for (const key of Reflect.ownKeys(Object(at))) if (isKnown(key)) names.add(key);
    for (const key of names) {
      if (/^(next|forEach)$/.test(String(key)) || typeof key === 'symbol' || typeof key === 'string') {
        const at = `(${sample})${name(key)}`;
        attempts.push(at, `${at} = 1`, ...ARGUMENTS.map(list => `${at}(${list})`));
      }
    }
  };
  look(globalThis, 'globalThis');
  SAMPLES.forEach(methods);

  return Far('root', {
    bootstrap() {},
    count: () => attempts.length,
    attempt(from, to) {
      let answered = 0;
      for (const text of attempts.slice(from, to)) {
        try {
          const value = (0, eval)(text);
          answered += 1;
          Promise.resolve(value).catch(() => {});
        } catch {
          // Refused, which is as good.
        }
      }
      return answered;
    },
    show: (from, to) => attempts.slice(from, to).join('\n'),
  });
};
