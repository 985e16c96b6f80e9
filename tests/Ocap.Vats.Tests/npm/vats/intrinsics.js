// Every object that a vat's global leads to, one line for the object and one for each of its properties: printed here and under SES in Node, and compared.
const { getOwnPropertyDescriptor, getPrototypeOf, isExtensible } = Object;
const { ownKeys, construct } = Reflect;
const proto = getPrototypeOf;

// What only values lead to.
const generator = proto(function* () {});
const asyncGenerator = proto(async function* () {});
const arrayIterator = proto([][Symbol.iterator]());
const hidden = {
  '%ThrowTypeError%': getOwnPropertyDescriptor((function () { return arguments; })(), 'callee').get,
  '%TypedArray%': proto(Int8Array),
  '%IteratorPrototype%': proto(arrayIterator),
  '%ArrayIteratorPrototype%': arrayIterator,
  '%StringIteratorPrototype%': proto(''[Symbol.iterator]()),
  '%MapIteratorPrototype%': proto(new Map().entries()),
  '%SetIteratorPrototype%': proto(new Set().values()),
  '%RegExpStringIteratorPrototype%': proto(/a/[Symbol.matchAll]('a')),
  '%AsyncIteratorPrototype%': proto(proto(asyncGenerator.prototype)) === Object.prototype ? proto(asyncGenerator.prototype) : proto(proto(asyncGenerator.prototype)),
  '%GeneratorFunction%': generator.constructor,
  '%GeneratorFunction.prototype%': generator,
  '%GeneratorPrototype%': generator.prototype,
  '%AsyncGeneratorFunction%': asyncGenerator.constructor,
  '%AsyncGeneratorFunction.prototype%': asyncGenerator,
  '%AsyncGeneratorPrototype%': asyncGenerator.prototype,
  '%AsyncFunction%': proto(async () => {}).constructor,
  '%AsyncFunction.prototype%': proto(async () => {}),
  '%InertFunction%': (() => {}).constructor,
  '%DetailsPrototype%': proto(assert.details`x`),
};
if (typeof Iterator === 'function' && Iterator.from) {
  hidden['%WrapForValidIteratorPrototype%'] = proto(Iterator.from({ next() {} }));
  hidden['%IteratorHelperPrototype%'] = proto(Iterator.from({ next() {} }).map(x => x));
}

// Compared elsewhere, or the vat's own.
const elsewhere = new Set(['console', 'VatData', 'exports', 'globalThis', 'global', 'myOwn']);

const isObject = v => Object(v) === v;
const text = key => (typeof key === 'symbol' ? (Symbol.keyFor(key) ? `Symbol.for(${Symbol.keyFor(key)})` : `@@${key.description.replace('Symbol.', '')}`) : key);
const isConstructor = f => { try { construct(Object, [], f); return true; } catch { return false; } };

const quickHash = s => { let h = 0; for (let i = 0; i < s.length; i++) h = (h * 31 + s.charCodeAt(i)) | 0; return h; };
const primitive = v => (typeof v === 'string' ? (v.length > 80 ? `text of ${v.length} ${quickHash(v)}` : JSON.stringify(v)) : typeof v === 'symbol' ? text(v) : typeof v === 'bigint' ? `${v}n` : Object.is(v, -0) ? '-0' : String(v));

export const walk = () => {
  const names = new Map();
  const queue = [];
  const enqueue = (value, name) => {
    if (names.has(value)) return;
    names.set(value, name);
    queue.push(value);
  };
  names.set(globalThis, 'globalThis');
  for (const [name, value] of Object.entries(hidden)) enqueue(value, name);
  const globals = ownKeys(globalThis).sort((a, b) => (text(a) < text(b) ? -1 : 1));
  const globalValues = globals.filter(key => !elsewhere.has(key)).map(key => [text(key), getOwnPropertyDescriptor(globalThis, key).value]).filter(([, v]) => isObject(v));
  for (const [name, value] of globalValues) enqueue(value, name);
  for (const [name, value] of globalValues) {
    const prototype = typeof value === 'function' ? getOwnPropertyDescriptor(value, 'prototype')?.value : undefined;
    if (isObject(prototype)) enqueue(prototype, `${name}.prototype`);
  }
  enqueue(hidden['%TypedArray%'].prototype, '%TypedArray%.prototype');

  const lines = [];
  const flags = d => `${d.writable === undefined ? '' : d.writable ? 'w' : '-'}${d.enumerable ? 'e' : '-'}${d.configurable ? 'c' : '-'}`;
  const property = (path, key, d) => {
    const at = `${path}.${text(key)}`;
    const show = (value, suffix) => {
      if (!isObject(value)) return primitive(value);
      if (path === 'globalThis' && elsewhere.has(key)) return 'elsewhere';
      enqueue(value, `${at}${suffix}`);
      return `→ ${names.get(value)}`;
    };
    lines.push('value' in d ? `${at}: ${flags(d)} ${show(d.value, '')}` : `${at}: ${flags(d)} get ${show(d.get, ' get')}, set ${show(d.set, ' set')}`);
  };
  for (const key of globals) property('globalThis', key, getOwnPropertyDescriptor(globalThis, key));
  for (let i = 0; i < queue.length; i++) {
    const value = queue[i];
    const name = names.get(value);
    const parent = proto(value);
    if (isObject(parent)) enqueue(parent, `${name}.__proto__`);
    const kind = typeof value === 'function' ? `function${isConstructor(value) ? ' constructor' : ''}` : 'object';
    lines.push(`${name}: ${kind}${isExtensible(value) ? ' extensible' : ''}, heir of ${parent ? names.get(parent) : 'nothing'}`);
    for (const key of ownKeys(value).sort((a, b) => (text(a) < text(b) ? -1 : 1))) property(name, key, getOwnPropertyDescriptor(value, key));
  }
  return lines.join('\n');
};
export const tables = walk;
export const buildRootObject = () => harden({});
