// Private members of frozen and hardened objects, here and under SES in Node: freezing has nothing to do with them.
import { table } from '../error-table.js';

const stamped = class { constructor(o) { return o; } };

class Counter {
  #n = 0;
  static #made = 0;
  static made() { return Counter.#made; }
  constructor() { Counter.#made += 1; }
  inc() { return ++this.#n; }
  get value() { return this.#n; }
  #twice() { return this.#n * 2; }
  twice() { return this.#twice(); }
  get #half() { return this.#n / 2; }
  set #half(v) { this.#n = v * 2; }
  half(v) { if (v !== undefined) this.#half = v; return this.#half; }
  static has(o) { return #n in o; }
  static hasMethod(o) { return #twice in o; }
}
class Stamp extends stamped {
  #mark = 'mark';
  #method() { return `method of ${this.#mark}`; }
  get #got() { return `got ${this.#mark}`; }
  static read(o) { return o.#mark; }
  static write(o, v) { o.#mark = v; return o.#mark; }
  static call(o) { return o.#method(); }
  static get(o) { return o.#got; }
  static has(o) { return #mark in o; }
}
class Base { constructor() { harden(this); } }
class Late extends Base { #late = 1; late() { return ++this.#late; } }
class LatePublic extends Base { open = 1; }
class LateMethod extends Base { #m() { return 'm'; } m() { return this.#m(); } }
class Far1 { #x = 0; constructor() { Object.freeze(this); } add(n) { this.#x += n; return this.#x; } }
class Destructured { #a = 1; #b = 2; swap() { [this.#a, this.#b] = [this.#b, this.#a]; return `${this.#a}${this.#b}`; } rest() { ({ a: this.#a, b: this.#b } = { a: 5, b: 6 }); return this.#a + this.#b; } }
class Nested { #o = { list: [] }; push(v) { this.#o.list.push(v); return this.#o.list.length; } replace() { this.#o = { list: [1, 2, 3] }; return this.#o.list.length; } }
class Optional { #v = 1; static get(o) { return o?.#v; } static deep(o) { return o.next?.#v; } }
class Logical { #v = null; set(x) { this.#v ??= x; return this.#v; } or(x) { this.#v ||= x; return this.#v; } and(x) { this.#v &&= x; return this.#v; } }
class Generators { #n = 0; *run() { while (this.#n < 3) yield this.#n++; } async later() { await null; return ++this.#n; } #gen = function* () { yield 1; }; first() { return this.#gen().next().value; } }
class Statics { static #s = 1; static bump() { return ++Statics.#s; } static #m() { return 'static'; } static m() { return Statics.#m(); } static { harden(Statics); } }
class Accessor { accessorValue = 1; #inner = new Counter(); inc() { return this.#inner.inc(); } }
const closure = () => { const hidden = new WeakMap(); return { set: (o, v) => hidden.set(o, v), get: o => hidden.get(o) }; };

export const cases = [
  () => { const c = harden(new Counter()); return `${c.inc()} ${c.inc()} ${c.value}`; },
  () => { const c = Object.freeze(new Counter()); c.inc(); return c.value; },
  () => { const c = Object.seal(new Counter()); c.inc(); return c.value; },
  () => { const c = harden(new Counter()); c.inc(); return c.twice(); },
  () => { const c = harden(new Counter()); return `${c.half(4)} ${c.value}`; },
  () => `${Counter.has(harden(new Counter()))} ${Counter.has(harden({}))} ${Counter.hasMethod(Object.freeze(new Counter()))}`,
  () => { harden(Counter); const before = Counter.made(); new Counter(); return Counter.made() - before; },
  () => `${Statics.bump()} ${Statics.m()} ${Object.isFrozen(Statics)}`,
  () => { const o = {}; new Stamp(o); return Stamp.read(o); },
  () => { const o = Object.freeze({}); new Stamp(o); return `${Stamp.read(o)} ${Stamp.write(o, 'new')} ${Stamp.call(o)} ${Stamp.get(o)} ${Stamp.has(o)}`; },
  () => { const o = harden({ a: 1 }); new Stamp(o); return Stamp.write(o, 2); },
  () => { const o = Object.seal([]); new Stamp(o); return Stamp.read(o); },
  () => { const o = Object.preventExtensions(() => {}); new Stamp(o); return Stamp.call(o); },
  () => { new Stamp(Array.prototype); return Stamp.read(Array.prototype); },
  () => { const o = Object.freeze({}); new Stamp(o); new Stamp(o); },
  () => { const o = new Proxy(Object.freeze({}), {}); new Stamp(o); return Stamp.read(o); },
  () => { const seen = []; const o = new Proxy({}, new Proxy({}, { get(_t, trap) { seen.push(trap); return undefined; } })); new Stamp(o); return `${Stamp.read(o)} ${seen.join()}`; },
  () => Stamp.read(new Proxy((() => { const o = {}; new Stamp(o); return o; })(), {})),
  () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); new Stamp(proxy); return Stamp.read(proxy); },
  () => { const l = new Late(); return `${l.late()} ${l.late()}`; },
  () => new LateMethod().m(),
  () => new LatePublic().open,
  () => { const f = new Far1(); f.add(2); return f.add(3); },
  () => { const d = harden(new Destructured()); return `${d.swap()} ${d.rest()}`; },
  () => { const n = harden(new Nested()); n.push(1); return `${n.push(2)} ${n.replace()}`; },
  () => `${Optional.get(null)} ${Optional.get(harden(new Optional()))} ${Optional.deep({})}`,
  () => { const l = harden(new Logical()); return `${l.set(0)} ${l.or(5)} ${l.and(6)}`; },
  () => [...harden(new Generators()).run()].join(),
  () => harden(new Generators()).first(),
  () => { const a = harden(new Accessor()); a.inc(); return a.inc(); },
  () => { class Holder { #o = {}; get() { return this.#o; } } const h = harden(new Holder()); return Object.isFrozen(h.get()); },
  () => { class Sub extends Counter { #own = 1; both() { return this.inc() + ++this.#own; } } const s = harden(new Sub()); return s.both(); },
  () => { class Open extends Far1 { #more = 1; more() { return this.#more; } } return new Open().more(); },
  () => { const make = () => class { #p = 1; static has(o) { return #p in o; } }; const A = make(); const B = make(); return `${A.has(harden(new A()))} ${A.has(harden(new B()))}`; },
  () => { const c = closure(); const o = harden({}); c.set(o, 1); return c.get(o); },
  () => Reflect.ownKeys(harden(new Counter())).length,
  () => JSON.stringify(harden(new Counter())),
  () => Object.keys({ ...harden(new Counter()) }).length,
  () => { class A { #m() {} set() { this.#m = 1; } } return harden(new A()).set(); },
  () => { class A { get #g() { return 1; } set() { this.#g = 1; } } return harden(new A()).set(); },
  () => Counter.prototype.inc.call(harden({})),
];

export const asyncCases = [
  async () => { const g = harden(new Generators()); return `${await g.later()} ${await g.later()}`; },
  async () => { class A { #n = 1; async #m() { await null; return ++this.#n; } run() { return this.#m(); } } return harden(new A()).run(); },
];

export const tables = () => table(cases, asyncCases);
export const buildRootObject = () => harden({});
