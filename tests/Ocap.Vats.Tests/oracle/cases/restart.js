const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject(_powers, parameters, baggage) {
  const starts = baggage.has('starts') ? baggage.get('starts') + 1 : 1;
  if (starts === 1) baggage.init('starts', 1); else baggage.set('starts', starts);
  return Far('root', {
    starts: () => starts,
    parameters: () => parameters,
    make: () => Far('thing', {}),
    friend(f) { baggage.init('friend', f); },
    call: () => E(baggage.get('friend')).hello(starts),
    promise: () => new Promise(() => {}),
  });
}
//--- deliveries
["start",{"a":1}]
["send","o+0","starts",[],[],"p-60"]
["send","o+0","make",[],[],"p-61"]
["send","o+0","friend",["$0.Alleged: friend"],["o-5"],"p-62"]
["send","o+0","call",[],[],"p-63"]
["send","o+0","promise",[],[],"p-64"]
["restart",{"a":2}]
["send","o+0","starts",[],[],"p-65"]
["send","o+0","parameters",[],[],"p-66"]
["send","o+0","call",[],[],"p-67"]
["send","o+10","foo",[],[],"p-68"]
["send","o+0","make",[],[],"p-69"]
["notify",["p+5",false,"answer to the one before"]]
["notify",["p+6",false,"answer to this one"]]
["restart"]
["send","o+0","starts",[],[],"p-70"]
