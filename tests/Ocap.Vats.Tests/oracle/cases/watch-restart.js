const { E, Far } = __endo__;
function buildRootObject(_p, _q, baggage) {
  const provide = (k, f) => { if (!baggage.has(k)) baggage.init(k, f()); return baggage.get(k); };
  const log = provide('log', () => VatData.makeScalarBigMapStore('log', { durable: true }));
  const put = x => log.init(log.getSize(), harden(x));
  const watcher = VatData.providePromiseWatcher(provide('h', () => VatData.makeKindHandle('W')), (v, ...args) => put(['fulfilled', v, ...args]), (r, ...args) => put(['rejected', r, ...args]));
  return Far('root', {
    watch(p, ...args) { VatData.watchPromise(p, watcher, ...args); },
    watchSend(t) { VatData.watchPromise(E(t).ask(), watcher, t); },
    watchOwn() { VatData.watchPromise(new Promise(() => {}), watcher, 'own'); },
    log: () => harden([...log.values()]),
  });
}
//--- deliveries
["send","o+0","watch",["&0","a"],["p-5"],"p-60"]
["send","o+0","watch",["&0","b"],["p-6"],"p-61"]
["send","o+0","watch",["&0","b2"],["p-6"],"p-62"]
["send","o+0","watchSend",["$0.Alleged: t"],["o-5"],"p-63"]
["send","o+0","watchOwn",[],[],"p-64"]
["restart"]
["notify",["p-5",false,"after"]]
["notify",["p-6",true,"broken"],["p+5",false,"answer"]]
["notify",["p+6",true,{"#error":"vat restarted","name":"Error"}]]
["send","o+0","log",[],[],"p-65"]
["send","o+0","watch",["&0","c"],["p-7"],"p-66"]
["restart"]
["restart"]
["notify",["p-7",false,"$0.Alleged: late",["o-9"]]]
["send","o+0","log",[],[],"p-67"]
