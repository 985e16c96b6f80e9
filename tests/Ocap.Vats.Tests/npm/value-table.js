// Prints what each of many thunks gives, all the way down: one line for each, named by the thunk's own text.

const isTyped = value => ArrayBuffer.isView(value) && !(value instanceof DataView);
const keyed = key => (typeof key === 'symbol' ? `[${String(key)}]` : /^[\w$]+$/.test(key) ? key : JSON.stringify(key));
const member = (value, key, deeper) => {
  const { get, set, value: held, enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(value, key);
  const marks = `${enumerable ? '' : '~'}${get || set || writable ? '' : '!'}${configurable ? '' : '#'}`;
  return `${marks}${keyed(key)}: ${get || set ? `<${get ? 'get' : ''}${set ? 'set' : ''}>` : deeper(held)}`;
};
const listed = (value, deeper) => Array.from({ length: value.length }, (_, i) => (i in value ? deeper(value[i]) : '<hole>')).join(', ');
const extras = (value, left, deeper) => {
  const keys = Reflect.ownKeys(value).filter(key => !left(key));
  return keys.length ? ` {${keys.map(key => member(value, key, deeper)).join(', ')}}` : '';
};

/** A value as text that tells -0 from 0, holes from undefined, and how properties are. */
export const shown = (value, depth = 0) => {
  const deeper = v => (depth > 5 ? '…' : shown(v, depth + 1));
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (Object(value) !== value) return String(value);
  if (typeof value === 'function') return `<function ${JSON.stringify(value.name)} ${value.length}>`;
  if (Array.isArray(value)) return `[${listed(value, deeper)}]${extras(value, key => key === 'length' || /^\d+$/.test(String(key)), deeper)}`;
  if (isTyped(value)) return `${value[Symbol.toStringTag]}[${listed(value, deeper)}]`;
  if (value instanceof ArrayBuffer) return value.detached ? 'ArrayBuffer detached' : `ArrayBuffer[${[...new Uint8Array(value)]}]${value.resizable ? ` of ${value.maxByteLength}` : ''}`;
  if (value instanceof Map) return `Map{${[...value].map(([k, v]) => `${deeper(k)} => ${deeper(v)}`).join(', ')}}`;
  if (value instanceof Set) return `Set{${[...value].map(deeper).join(', ')}}`;
  if (value instanceof Date) return `Date ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}`;
  if (value instanceof RegExp) return `${value} at ${value.lastIndex}`;
  if (value instanceof Promise) return 'Promise';
  if (value instanceof Error) return `<${value.name}: ${value.message}>${extras(value, key => key === 'stack' || key === 'message', deeper)}`;
  const proto = Object.getPrototypeOf(value);
  const kind = proto === null ? 'null ' : proto === Object.prototype ? '' : `${typeof proto.constructor === 'function' ? proto.constructor.name : 'odd'} `;
  return `${kind}{${Reflect.ownKeys(value).map(key => member(value, key, deeper)).join(', ')}}`;
};

const thrown = e => (Object(e) === e && e instanceof Error ? `threw ${e.name}: ${e.message}` : `threw ${shown(e)}`);
const outcome = thunk => {
  try {
    return shown(thunk());
  } catch (e) {
    return thrown(e);
  }
};
const evaluate = eval;
const oneLine = text => text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
const name = thunk => oneLine((typeof thunk === 'string' ? thunk : String(thunk)).replace(/\s+/g, ' '));
const runnable = thunk => (typeof thunk === 'string' ? () => evaluate(thunk) : thunk);

export const table = async (cases, asyncCases = []) => {
  const lines = cases.map(thunk => `${name(thunk)} ⇒ ${oneLine(outcome(runnable(thunk)))}`);
  for (const thunk of asyncCases) {
    let line = 'never settles';
    const settled = Promise.resolve().then(runnable(thunk)).then(value => { line = shown(value); }, e => { line = thrown(e); });
    let turns = 0;
    const patience = (async () => { while (turns < 400) { turns += 1; await null; } })();
    await Promise.race([settled, patience]);
    lines.push(`${name(thunk)} ⇒ ${oneLine(line)}`);
  }
  return lines.join('\n');
};
