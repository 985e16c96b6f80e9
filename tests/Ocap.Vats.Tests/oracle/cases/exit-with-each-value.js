const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject({ exitVat, exitVatWithFailure }) {
  return Far('root', { exit: v => exitVat(v), fail: v => exitVatWithFailure(v), soft: () => attempt(() => exitVat({ soft: [1] })), bad: () => attempts([() => exitVat(() => {}), () => exitVatWithFailure(new Map()), () => exitVat(Promise.resolve(1)), () => exitVat(), () => exitVatWithFailure()]), hang: () => { exitVat('hang'); return new Promise(() => {}); } });
}
//--- deliveries
["send","o+0","exit",[1],[],"p-60"]
["send","o+0","fail",[{"#error":"f","name":"Error"}],[],"p-61"]
["send","o+0","exit",["$0.Alleged: x"],["o-5"],"p-62"]
["send","o+0","exit",["&0"],["p-9"],"p-63"]
["send","o+0","soft",[],[],"p-64"]
["send","o+0","bad",[],[],"p-65"]
["send","o+0","hang",[],[],"p-66"]
