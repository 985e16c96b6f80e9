const { Far, attempts } = __endo__;
function buildRootObject() {
  let amplify; let isKit; let isOne; let bad;
  const makeKit = VatData.defineKindMulti('kit', () => ({}), { a: { m() {} }, b: { n() {} } }, { receiveAmplifier: f => { amplify = f; }, receiveInstanceTester: f => { isKit = f; } });
  const makeOne = VatData.defineKind('one', () => ({}), { m() {} }, { receiveInstanceTester: f => { isOne = f; } });
  return Far('root', {
    all(presence) { const k = makeKit(); const o = makeOne(); const f = Far('f', {}); return attempts([() => amplify(k.a) === k, () => amplify(k.b) === k, () => amplify(o), () => amplify(presence), () => amplify({}), () => amplify(k), () => isKit(k.a), () => isKit(k.b, 'a'), () => isKit(k.b, 'b'), () => isKit(k.a, 'c'), () => isKit(o), () => isKit(k.a, 5), () => isOne(o), () => isOne(f), () => isOne(5), () => isOne(o, 'x'), () => Object.isFrozen(amplify) && Object.isFrozen(isKit)]); },
  });
}
//--- deliveries
["send","o+0","all",["$0.Alleged: p"],["o-5"],"p-60"]
