const { E, Far } = __endo__;
function buildRootObject(_p, parameters, baggage) {
  const provide = (k, f) => { if (!baggage.has(k)) baggage.init(k, f()); return baggage.get(k); };
  const log = [];
  const watcher = VatData.providePromiseWatcher(provide('h', () => VatData.makeKindHandle('W')), (v, ...args) => { log.push(['f', v, ...args]); });
  VatData.watchPromise(Promise.resolve('in start'), watcher, 's');
  if (parameters) VatData.watchPromise(E(baggage.get('t')).go(), watcher, 'sent');
  return Far('root', { keep(t) { baggage.init('t', t); }, log: () => harden([...log]) });
}
//--- deliveries
["send","o+0","log",[],[],"p-60"]
["send","o+0","keep",["$0.Alleged: t"],["o-5"],"p-61"]
["restart",1]
["send","o+0","log",[],[],"p-62"]
["notify",["p+7",false,"went"]]
["send","o+0","log",[],[],"p-63"]
["restart",1]
["send","o+0","log",[],[],"p-64"]
