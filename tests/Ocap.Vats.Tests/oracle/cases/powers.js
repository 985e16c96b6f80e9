const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject(vatPowers, parameters, baggage) {
  const names = o => harden(Reflect.ownKeys(o).map(String).sort());
  return Far('root', {
    powers: () => names(vatPowers),
    frozen: () => harden([Object.isFrozen(vatPowers), Object.isFrozen(vatPowers.VatData), Object.isFrozen(VatData), VatData === vatPowers.VatData]),
    vatData: () => names(VatData),
    parameters: () => parameters,
    parametersFrozen: () => Object.isFrozen(parameters),
    baggage: () => names(baggage),
    baggageStyle: () => harden([passStyleOf(baggage), getInterfaceOf(baggage), Object.isFrozen(baggage)]),
    durable: (...args) => harden(args.map(arg => VatData.canBeDurable(arg))),
    passStyle: () => harden([typeof globalThis[Symbol.for('@endo passStyleOf')], globalThis[Symbol.for('@endo passStyleOf')] === vatPowers[Symbol.for('@endo passStyleOf')]]),
    handled: () => names(HandledPromise),
    handledShape: () => harden([HandledPromise.prototype === Promise.prototype, Object.getPrototypeOf(HandledPromise) === Promise, Object.isFrozen(HandledPromise)]),
  });
}
//--- deliveries
["start",{"greeting":"hello","n":"+5","list":[1,"!#x",null]}]
["send","o+0","powers",[],[],"p-60"]
["send","o+0","frozen",[],[],"p-61"]
["send","o+0","vatData",[],[],"p-62"]
["send","o+0","parameters",[],[],"p-63"]
["send","o+0","parametersFrozen",[],[],"p-64"]
["send","o+0","baggage",[],[],"p-65"]
["send","o+0","baggageStyle",[],[],"p-66"]
["send","o+0","durable",[1,"x","$0.Alleged: f","&1",["$0"]],["o-5","p-6"],"p-67"]
["send","o+0","passStyle",[],[],"p-68"]
["send","o+0","handled",[],[],"p-69"]
["send","o+0","handledShape",[],[],"p-70"]
