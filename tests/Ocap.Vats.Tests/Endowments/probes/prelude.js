// What every probe has: `check(label, thunk)` notes what a thunk gives or throws, the same under Node and in a vat.
var lines = [];
var pending = [];
var isClass = name => typeof globalThis[name] === 'function';
var show = (value, depth = 0) => {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}<${Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), b => b.toString(16).padStart(2, '0')).join('')}>`;
  if (value instanceof ArrayBuffer) return `ArrayBuffer<${Array.from(new Uint8Array(value), b => b.toString(16).padStart(2, '0')).join('')}>`;
  if (depth > 4) return '…';
  if (Array.isArray(value)) return `[${value.map(item => show(item, depth + 1)).join(', ')}]`;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return `${tag === 'Object' ? '' : tag}{${Object.keys(value).sort().map(key => `${key}: ${show(value[key], depth + 1)}`).join(', ')}}`;
};
// Messages differ between engines: of an error only its class counts, and its code for those that have a name of their own.
var fault = error => (error instanceof Error ? `! ${error.name}${error.name === 'Error' ? ` ${error.message}` : ''}` : `! ${show(error)}`);
/** As `check`, where the message is ours and not the engine's: it counts too, and that of the cause. */
var tell = (label, thunk) => check(label, thunk, error => (error instanceof Error ? `! ${error.name}: ${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}` : fault(error)));
var check = (label, thunk, told = fault) => {
  const index = lines.push(`${label} -> is never settled`) - 1;
  try {
    const value = thunk();
    if (value instanceof Promise) {
      pending.push(value.then(v => { lines[index] = `${label} -> ${show(v)}`; }, e => { lines[index] = `${label} -> ${told(e)}`; }));
    } else {
      lines[index] = `${label} = ${show(value)}`;
    }
  } catch (error) {
    lines[index] = `${label} = ${told(error)}`;
  }
};
var finish = async () => {
  for (let i = 0; i < pending.length; i += 1) await pending[i];
  return lines;
};
/** The shape of a class: its members, kinds and attributes. */
var shape = (name, skip = []) => {
  const Class = globalThis[name];
  check(`${name} shape`, () => [Class, Class.prototype].map(target => Reflect.ownKeys(target)
    .filter(key => !skip.includes(key) && !['length', 'name', 'prototype', 'arguments', 'caller'].includes(key))
    .map(key => {
      const d = Object.getOwnPropertyDescriptor(target, key);
      return `${String(key)}${'value' in d ? (typeof d.value === 'function' ? `(${d.value.length})` : '') : `${d.get ? ' get' : ''}${d.set ? ' set' : ''}`}${d.enumerable ? '' : ' hidden'}`;
    }).sort()));
};
