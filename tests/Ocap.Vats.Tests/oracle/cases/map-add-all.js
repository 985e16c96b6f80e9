const { Far, makeTagged, makeCopyMap, makeCopySet, attempts } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('a');
  function* gen() { yield ['g', 1]; yield ['h', 2]; throw Error('stop'); }
  return Far('root', {
    array() { m.addAll([['a', 1], ['b', 2], ['a', 3]]); return harden([...m.entries()]); },
    map() { m.addAll(new Map([['c', 4], ['a', 5]])); return harden([...m.entries()]); },
    copyMap() { m.addAll(makeCopyMap([['d', 6], ['a', 7]])); return harden([...m.entries()]); },
    generator: () => attempts([() => m.addAll(gen()), () => harden([...m.entries()])]),
    bad: () => attempts([() => m.addAll(5), () => m.addAll({}), () => m.addAll(harden({})), () => m.addAll(makeCopySet([1])), () => m.addAll([1]), () => m.addAll([[]]), () => m.addAll('xy'), () => m.addAll(makeTagged('copyMap', 1))]),
    after: () => harden([...m.entries()]),
  });
}
//--- deliveries
["send","o+0","array",[],[],"p-60"]
["send","o+0","map",[],[],"p-61"]
["send","o+0","copyMap",[],[],"p-62"]
["send","o+0","generator",[],[],"p-63"]
["send","o+0","bad",[],[],"p-64"]
["send","o+0","after",[],[],"p-65"]
