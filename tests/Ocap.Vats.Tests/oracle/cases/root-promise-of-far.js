const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject(_powers, _parameters, baggage) { return Promise.resolve(Far('ok', {})); }
//--- deliveries
["send","o+0","foo",[],[],"p-60"]
