const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject(_p, _q, baggage) {
  if (!baggage.has('h')) { baggage.init('h', VatData.makeKindHandle('Watcher')); baggage.init('log', VatData.makeScalarBigMapStore('log', { durable: true })); }
  const log = baggage.get('log');
  const say = t => log.init(log.getSize(), t);
  const make = VatData.defineDurableKind(baggage.get('h'), () => ({}), { onFulfilled: (_c, v, ...args) => { say(`ok ${v} ${args.join()}`); if (v === 'throw') throw Error('in watcher'); }, onRejected: (_c, r, ...args) => say(`no ${r.message ?? r} ${args.join()}`) });
  const kept = {};
  return Far('root', { watch: (p, ...args) => attempt(() => { VatData.watchPromise(p, make(), ...args); return 'watching'; }), local: n => { const p = new Promise((resolve, reject) => { kept[n] = { resolve, reject }; }); VatData.watchPromise(p, make(), n); return p; }, settle: (n, v) => kept[n].resolve(v), twice: p => { const w = make(); VatData.watchPromise(p, w, 1); VatData.watchPromise(p, w, 2); VatData.watchPromise(p, make(), 3); }, log: () => harden([...log.values()]),
    bad: () => attempts([() => VatData.watchPromise(1, make()), () => VatData.watchPromise(Promise.resolve(), {}), () => VatData.watchPromise(Promise.resolve(), Far('w', { onFulfilled() {} })), () => VatData.watchPromise(Promise.resolve(), make(), () => {}), () => VatData.watchPromise(Promise.resolve(), make(), Far('e', {})), () => VatData.watchPromise(), () => VatData.watchPromise(harden({ then() {} }), make())]) });
}
//--- deliveries
["send","o+0","watch",["&0","x",1],["p-9"],"p-60"]
["send","o+0","twice",["&0"],["p-10"],"p-61"]
["send","o+0","local",["loc"],[],"p-62"]
["send","o+0","bad",[],[],"p-63"]
["notify",["p-9",false,"throw"],["p-10",true,{"#error":"bad","name":"Error"}]]
["send","o+0","log",[],[],"p-64"]
["send","o+0","settle",["loc","done"],[],"p-65"]
["send","o+0","log",[],[],"p-66"]
["send","o+0","watch",["&0","kept"],["p-11"],"p-67"]
["restart"]
["send","o+0","log",[],[],"p-68"]
["notify",["p-11",false,"late"]]
["send","o+0","log",[],[],"p-69"]
