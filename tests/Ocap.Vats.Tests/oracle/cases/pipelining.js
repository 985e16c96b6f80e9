const { E, Far, makePromiseKit } = __endo__;
function buildRootObject() {
  const { promise, resolve } = makePromiseKit();
  const kits = {};
  return Far('root', {
    chain: p => E(E(E(p).a(1)).b(2)).c(3),
    both: p => { const q = E(p).a(); return harden([q, E(q).b(), E(p).c()]); },
    own: () => { const k = makePromiseKit(); kits.k = k; return k.promise; },
    toOwn: () => E(kits.k.promise).later('x'),
    settleOwn(v) { kits.k.resolve(v); },
    rejectOwn() { kits.k.reject(Error('own rejected')); },
    argument: (p, t) => E(t).take(p, harden([p, E(p).x()])),
    resultAsTarget: t => { const r = E(t).make(); E(r).use(r); return r; },
    resolvesToPromise: p => { const k = makePromiseKit(); k.resolve(p); return E(k.promise).forwarded(); },
    unresolved: () => promise,
    get: p => E.get(p).prop,
    fn: p => E(p)('called'),
  });
}
//--- deliveries
["send","o+0","chain",["&0"],["p-5"],"p-60"]
["notify",["p-5",false,"$0.Alleged: t",["o-5"]]]
["notify",["p+5",false,"$0.Alleged: u",["o-6"]]]
["notify",["p+6",true,{"#error":"broken","name":"Error"}]]
["notify",["p+7",true,{"#error":"broken","name":"Error"}]]
["send","o+0","both",["&0"],["p-6"],"p-61"]
["notify",["p-6",true,"no"]]
["notify",["p+8",true,"no"],["p+9",true,"no"],["p+10",true,"no"]]
["send","o+0","own",[],[],"p-62"]
["send","o+0","toOwn",[],[],"p-63"]
["send","o+0","settleOwn",["$0.Alleged: v"],["o-7"],"p-64"]
["send","o+0","own",[],[],"p-65"]
["send","o+0","toOwn",[],[],"p-66"]
["send","o+0","rejectOwn",[],[],"p-67"]
["send","o+0","argument",["&0","$1.Alleged: w"],["p-8","o-8"],"p-68"]
["send","o+0","resultAsTarget",["$0"],["o-8"],"p-69"]
["notify",["p+14",false,"$0.Alleged: made",["o-9"]]]
["send","o+0","resolvesToPromise",["&0"],["p-9"],"p-70"]
["notify",["p-9",false,"$0.Alleged: z",["o-10"]]]
["send","o+0","get",["&0"],["p-10"],"p-71"]
["notify",["p-10",false,{"prop":"value"}]]
