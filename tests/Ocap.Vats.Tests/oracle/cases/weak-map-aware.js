const { Far, attempts } = __endo__;
function buildRootObject() {
  const make = VatData.defineKind('k', n => ({ n }), { n: ({ state }) => state.n });
  const makeKit = VatData.defineKindMulti('kit', () => ({}), { a: { m() {} }, b: { m() {} } });
  let w = new WeakMap();
  let s = new WeakSet();
  const local = Far('local', {});
  const kit = makeKit();
  let obj;
  return Far('root', {
    put(k, v) { w.set(k, v); s.add(k); },
    get: k => harden([w.get(k), w.has(k), s.has(k)]),
    del: k => harden([w.delete(k), w.delete(k), s.delete(k), s.delete(k), w.has(k)]),
    virtual() { obj = make(1); w.set(obj, 'v'); s.add(obj); return obj; },
    letGo() { obj = undefined; },
    locals() { const plain = {}; w.set(local, 1).set(plain, 2).set(kit, 3).set(kit.a, 4); s.add(local).add(plain).add(kit).add(kit.a); return harden([w.get(local), w.get(plain), w.get(kit), w.get(kit.a), w.has(kit.b), s.has(kit), s.has(kit.b), w.delete(kit), w.has(kit), s.delete(kit)]); },
    errors: () => attempts([() => w.set(1, 2), () => w.set('x', 2), () => w.set(undefined, 2), () => s.add(null), () => w.get(5), () => w.has(5), () => w.delete(5), () => s.has('x'), () => WeakMap(), () => WeakSet()]),
    shape: () => harden([`${w}`, `${s}`, WeakMap.name, WeakMap.length, typeof WeakMap.prototype.clear, Object.getOwnPropertyNames(WeakMap.prototype), Object.getOwnPropertyNames(WeakSet.prototype), w instanceof WeakMap, s instanceof WeakSet, Object.prototype.toString.call(WeakMap), Object.isFrozen(WeakMap)]),
    sub: () => { class My extends WeakMap { twice(k) { return this.get(k) * 2; } } const m = new My(); m.set(local, 21); return harden([m.twice(local), m instanceof WeakMap]); },
    dropMap() { w = undefined; },
    dropSet() { s = undefined; },
    nothing() {},
  });
}
//--- deliveries
["send","o+0","put",["$0.Alleged: a","va"],["o-5"],"p-60"]
["send","o+0","put",["$0.Alleged: b","$1.Alleged: c"],["o-6","o-7"],"p-61"]
["send","o+0","get",["$0"],["o-5"],"p-62"]
["send","o+0","get",["$0"],["o-8"],"p-63"]
["send","o+0","del",["$0"],["o-5"],"p-64"]
["send","o+0","virtual",[],[],"p-65"]
["send","o+0","get",["$0"],["o+v10/1"],"p-66"]
["send","o+0","letGo",[],[],"p-67"]
["send","o+0","locals",[],[],"p-68"]
["send","o+0","errors",[],[],"p-69"]
["send","o+0","shape",[],[],"p-70"]
["send","o+0","sub",[],[],"p-71"]
["send","o+0","nothing",[],[],"p-72"]
["bringOutYourDead"]
["send","o+0","get",["$0"],["o+v10/1"],"p-73"]
["send","o+0","get",["$0"],["o-8"],"p-74"]
["dropExports","o+v10/1"]
["send","o+0","nothing",[],[],"p-75"]
["bringOutYourDead"]
["retireImports","o-6"]
["send","o+0","nothing",[],[],"p-76"]
["bringOutYourDead"]
["send","o+0","dropMap",[],[],"p-77"]
["send","o+0","nothing",[],[],"p-78"]
["bringOutYourDead"]
["send","o+0","dropSet",[],[],"p-79"]
["send","o+0","nothing",[],[],"p-80"]
["bringOutYourDead"]
