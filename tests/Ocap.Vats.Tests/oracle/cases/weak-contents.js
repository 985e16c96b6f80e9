const { Far, attempts } = __endo__;
function buildRootObject() {
  const inside = (text, given) => new Compartment({ given }).evaluate(text);
  return Far('root', {
    maps: given => attempts([
      () => inside('const k = {}; const m = new WeakMap([[k, 1], [given, 2]]); [m.get(k), m.get(given), m.has({})].join()', given),
      () => inside('new WeakMap(new Map([[given, "text"]])).get(given)', given),
      () => inside('[null, undefined, [], "", new Set()].map(none => new WeakMap(none).has(given)).join()', given),
      () => inside('let n = 0; class Loud extends WeakMap { set(k, v) { n += 1; return super.set(k, v); } } new Loud([[given, 1], [{}, 2]]); n', given),
    ]),
    sets: given => attempts([
      () => inside('const k = {}; const s = new WeakSet((function* () { yield k; yield given; })()); [s.has(k), s.has(given), s.has({})].join()', given),
      () => inside('[null, undefined, []].map(none => new WeakSet(none).has(given)).join()', given),
    ]),
    refused: given => attempts(['new WeakMap([5])', 'new WeakMap([[1, 2]])', 'new WeakMap(5)', 'new WeakSet([given, "text"])', 'new WeakSet({})'].map(text => () => inside(`try { ${text}; 'made' } catch (e) { e.name }`, given))),
  });
}
//--- deliveries
["send","o+0","maps",["$0"],["o-5"],"p-60"]
["send","o+0","sets",["$0"],["o-5"],"p-61"]
["send","o+0","refused",["$0"],["o-6"],"p-62"]
["bringOutYourDead"]
