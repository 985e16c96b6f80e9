// Arrays that may not change, callbacks that cannot be called and arrays that are long, run here and under SES in Node, and what it gives compared.
import { table } from '../value-table.js';

export const cases = [
  // arrays that may not change
  ...['[]', '[1]', '[3, 2, 1]', '[, 1]'].flatMap(list => ["Object.defineProperty(a, 'length', { writable: false })", 'Object.freeze(a)', 'Object.seal(a)', 'Object.preventExtensions(a)'].flatMap(fix =>
    ['a.push()', 'a.push(0)', 'a.unshift()', 'a.unshift(0)', 'a.pop()', 'a.shift()', 'a.splice()', 'a.splice(0)', 'a.splice(0, 0)', 'a.splice(0, 1)', 'a.splice(0, 0, 9)', 'a.splice(0, 1, 9)', 'a.length = 0', 'a.length = 9', 'a.length--', 'a.length = a.length', 'a.fill(0)', 'a.reverse()', 'a.sort()', 'a.copyWithin(0, 1)', 'a[a.length] = 1', 'a[0] = 7', 'delete a[0]', "Reflect.set(a, 'length', 0)"]
      .map(change => `(a => { ${fix}; try { return [${change}, a]; } catch (e) { return [e.name, e.message, a, Object.keys(a)]; } })(${list})`))),
  // what is to be called, and nothing to call it for
  ...['', 'null', '5', '{}', "'x'"].flatMap(f => [
    ...['find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'forEach', 'map', 'filter', 'reduce', 'reduceRight', 'flatMap', 'sort', 'toSorted'].flatMap(m => [`[].${m}(${f})`, ...['{ length: 0 }', '{ length: 2, 0: 1 }', "''"].map(list => `Array.prototype.${m}.call(${list}${f && ', ' + f})`)]),
    ...['find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'forEach', 'map', 'filter', 'reduce', 'reduceRight', 'sort', 'toSorted'].flatMap(m => [`new Uint8Array().${m}(${f})`, `new Uint8Array(2).${m}(${f})`]),
    ...['map', 'filter', 'forEach', 'reduce', 'some', 'every', 'find', 'flatMap'].flatMap(m => [`[].values().${m}(${f})`, `Iterator.prototype.${m}.call({ next() { return { done: true }; } }${f && ', ' + f})`]),
    `new Map().forEach(${f})`, `new Set().forEach(${f})`, `Array.from([]${f && ', ' + f})`, `Array.from({ length: 0 }${f && ', ' + f})`, `Uint8Array.from([]${f && ', ' + f})`, `typeof Promise.resolve().finally(${f})`, `Object.groupBy([]${f && ', ' + f})`, `Map.groupBy([]${f && ', ' + f})`, `JSON.parse('[]'${f && ', ' + f})`,
  ]),
  // long arrays that hold next to nothing
  ...['2 ** 24', '5e7', '2 ** 32 - 1'].flatMap(n => [`[new Array(${n}).length, Array(${n}).length, Reflect.construct(Array, [${n}]).length, new (class extends Array {})(${n}).length]`,
    ...['a[5] = 1, a[a.length - 1] = 2, [Object.keys(a), 7 in a, a.at(-1)]', 'a.pop()', 'a.length = 3', 'a[1] = 1, a.slice(0, 3)', 'a[0] = 1, a.length = 1, a.push(2), a', 'a.push(1)', 'Reflect.ownKeys(Object.freeze(a))', '(() => { for (let i = 0; i < 100; i++) a[i] = i; return Object.keys(a).length; })()', '(() => { let n = 0; for (const k in a) n++; return n; })()'].flatMap(use => [`(a => { try { return [${use}, a.length]; } catch (e) { return [e.name, e.message, a.length]; } })(new Array(${n}))`, `(a => { a.length = ${n}; try { return [${use}, a.length]; } catch (e) { return [e.name, e.message, a.length]; } })([])`])]),
];

export const tables = () => table(cases);
