const { Far, passStyleOf } = __endo__;
function buildRootObject() {
  const show = e => (e instanceof Error ? harden([e.name, e.message, e.constructor.name, passStyleOf(e), Object.isFrozen(e), Object.getOwnPropertyNames(e).filter(n => n !== 'stack').sort(), e.cause instanceof Error ? e.cause.message : `${e.cause}`]) : harden(['not error', typeof e]));
  return Far('root', { show: (...args) => harden(args.map(show)), back: e => e });
}
//--- deliveries
["send","o+0","show",[{"#error":"m","name":"Error"},{"#error":"t","name":"TypeError"},{"#error":"r","name":"RangeError"},{"#error":"c","name":"Custom"},{"#error":"","name":""},{"#error":"!#x","name":"!$y"},{"#error":"a","name":"AggregateError"}],[],"p-60"]
["send","o+0","show",[{"#error":"m","errorId":"error:other#1","name":"Error"},{"#error":"m","name":"Error","cause":{"#error":"inner","name":"TypeError"}},{"#error":"m","name":"AggregateError","errors":[{"#error":"one","name":"Error"}]}],[],"p-61"]
["send","o+0","show",[{"#error":5,"name":"Error"}],[],"p-62"]
["send","o+0","show",[{"#error":"m"}],[],"p-63"]
["send","o+0","show",[{"#error":"m","name":7}],[],"p-64"]
["send","o+0","show",[{"#error":"m","name":"Error","extra":1}],[],"p-65"]
["send","o+0","show",[{"#error":"m","name":"Error","message":"x"}],[],"p-66"]
["send","o+0","back",[{"#error":"back","name":"URIError"}],[],"p-67"]
