const { E, Far, makePromiseKit, attempts } = __endo__;
function buildRootObject(vatPowers) {
  const { promise, resolve } = makePromiseKit();
  return Far('root', {
    first(x) { vatPowers.exitVat(harden(['done', x])); return 'after exit'; },
    async later() { await null; vatPowers.exitVatWithFailure(Error('failing')); await null; return 'still'; },
    twice() { vatPowers.exitVat(1); vatPowers.exitVat(2); },
    send: t => { E(t).before(); vatPowers.exitVat(t); E(t).after(); return 'x'; },
    promise() { vatPowers.exitVat(promise); resolve(5); },
    soft() { const v = { a: [] }; vatPowers.exitVat(v); return Object.isFrozen(v.a); },
    bad: () => attempts([() => vatPowers.exitVat(() => {}), () => vatPowers.exitVatWithFailure(Symbol('x')), () => vatPowers.exitVat(new Map())]),
    undef() { vatPowers.exitVat(); vatPowers.exitVatWithFailure(); },
    onlyExit: () => { vatPowers.exitVat('quiet'); return new Promise(() => {}); },
    far: () => { vatPowers.exitVat(Far('left', {})); },
  });
}
//--- deliveries
["send","o+0","first",["$0.Alleged: x"],["o-5"],"p-60"]
["send","o+0","later",[],[],"p-61"]
["send","o+0","twice",[],[],"p-62"]
["send","o+0","send",["$0.Alleged: t"],["o-6"],"p-63"]
["send","o+0","promise",[],[],"p-64"]
["send","o+0","soft",[],[],"p-65"]
["send","o+0","bad",[],[],"p-66"]
["send","o+0","undef",[],[],"p-67"]
["send","o+0","onlyExit",[],[],"p-68"]
["send","o+0","far",[],[],"p-69"]
