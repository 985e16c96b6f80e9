const { Far, passStyleOf, attempts } = __endo__;
function buildRootObject() {
  let m;
  return Far('root', {
    make() { m = VatData.makeScalarBigMapStore('people'); return m.getSize(); },
    all: () => attempts([
      () => m.has('a'), () => m.get('a'), () => m.set('a', 1), () => m.delete('a'), () => m.init('a', 1), () => m.init('a', 2), () => m.get('a'),
      () => m.set('a', harden({ x: [1] })), () => m.get('a'), () => m.getSize(), () => m.delete('a'), () => m.has('a'), () => m.getSize(), () => m.init('b'), () => m.get('b'),
    ]),
    methods: () => harden([m.__getMethodNames__(), Object.isFrozen(m), passStyleOf(m), `${m}`]),
    export: () => m,
  });
}
//--- deliveries
["send","o+0","make",[],[],"p-60"]
["send","o+0","all",[],[],"p-61"]
["send","o+0","methods",[],[],"p-62"]
["send","o+0","export",[],[],"p-63"]
["send","o+v2/4","get",["b"],[],"p-64"]
["send","o+v2/4","init",["c","$0.Alleged: x"],["o-7"],"p-65"]
["send","o+v2/4","get",["nosuch"],[],"p-66"]
["bringOutYourDead"]
