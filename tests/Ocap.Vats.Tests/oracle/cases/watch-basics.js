const { E, Far } = __endo__;
function buildRootObject(_p, _q, baggage) {
  const provide = (k, f) => { if (!baggage.has(k)) baggage.init(k, f()); return baggage.get(k); };
  const log = [];
  const watcher = VatData.providePromiseWatcher(provide('h', () => VatData.makeKindHandle('W')), (v, ...args) => { log.push(['fulfilled', v, ...args]); }, (r, ...args) => { log.push(['rejected', r instanceof Error ? r.message : r, ...args]); });
  return Far('root', {
    watch(p, ...args) { VatData.watchPromise(p, watcher, ...args); },
    watchSend(t, ...args) { VatData.watchPromise(E(t).ask(), watcher, ...args); },
    watchLocal() { VatData.watchPromise(Promise.resolve('local'), watcher, 'l'); VatData.watchPromise(Promise.reject(Error('no')), watcher, 'r'); },
    log: () => harden([...log]),
    watcher: () => watcher,
  });
}
//--- deliveries
["send","o+0","watch",["&0","a",1],["p-5"],"p-60"]
["send","o+0","watch",["&0","again"],["p-5"],"p-61"]
["send","o+0","watch",["&0"],["p-6"],"p-62"]
["send","o+0","watchSend",["$0.Alleged: t","arg"],["o-5"],"p-63"]
["send","o+0","watchLocal",[],[],"p-64"]
["send","o+0","log",[],[],"p-65"]
["notify",["p-5",false,"yes"],["p-6",true,{"#error":"bad","name":"Error"}]]
["notify",["p+5",false,"$0.Alleged: r",["o-6"]]]
["send","o+0","log",[],[],"p-66"]
["send","o+0","watcher",[],[],"p-67"]
["restart"]
["send","o+0","log",[],[],"p-68"]
