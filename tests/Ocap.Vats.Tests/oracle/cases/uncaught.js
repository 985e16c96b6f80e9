const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  return Far('root', {
    reject() { Promise.reject(Error('lost')); return 'fine'; },
    async lateReject() { Promise.resolve().then(() => { throw TypeError('late'); }); return 'fine'; },
    sendRejected(t) { E(t).foo(); return 'fine'; },
  });
}
//--- deliveries
["send","o+0","reject",[],[],"p-60"]
["send","o+0","lateReject",[],[],"p-61"]
["send","o+0","sendRejected",["$0.Alleged: t"],["o-5"],"p-62"]
["notify",["p+5",true,{"#error":"nobody listens","name":"Error"}]]
