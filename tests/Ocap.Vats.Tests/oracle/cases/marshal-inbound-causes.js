const { Far, passStyleOf } = __endo__;
function buildRootObject() {
  const show = e => (e instanceof Error ? harden([e.name, e.message, passStyleOf(e), Object.getOwnPropertyNames(e).filter(n => n !== 'stack').sort(), e.cause === undefined ? 'none' : show(e.cause), e.errors === undefined ? 'none' : e.errors.map(show)]) : `not an error: ${String(e)}`);
  return Far('root', { show: (...args) => harden(args.map(show)), ok: () => 'ok', nothing: () => 'called' });
}
//--- deliveries
["send","o+0","show",[{"#error":"m","name":"Error","cause":5},{"#error":"m","name":"Error","cause":"text"},{"#error":"m","name":"TypeError","cause":["x"]},{"#error":"m","name":"Error","cause":null},{"#error":"m","name":"Error","cause":"#undefined"},{"#error":"m","name":"Error","cause":{"#error":"c","name":"RangeError"}}],[],"p-60"]
["send","o+0","show",[{"#error":"m","name":"Error","cause":"$0.Alleged: far"},{"#error":"m","name":"Error","cause":"&1"}],["o-5","p-7"],"p-61"]
["send","o+0","show",[{"#error":"m","name":"Error","errors":5},{"#error":"m","name":"Error","errors":"text"},{"#error":"m","name":"Error","errors":["text"]},{"#error":"m","name":"Error","errors":[]},{"#error":"m","name":"Error","errors":[{"#error":"e","name":"Error"},1]},{"#error":"m","name":"Error","errors":[{"#error":"e","name":"Error"}],"cause":1}],[],"p-62"]
["send","o+0","show",[{"#error":"m","name":"AggregateError","errors":"text"},{"#error":"m","name":"AggregateError","errors":["text"]},{"#error":"m","name":"AggregateError","errors":0},{"#error":"m","name":"AggregateError","errors":"#undefined","cause":{"#error":"c","name":"Error"}},{"#error":"m","name":"AggregateError","errors":[{"#error":"e","name":"Error","cause":1}]}],[],"p-63"]
["send","o+0","show",[{"#error":"m","name":"AggregateError","errors":5}],[],"p-64"]
["send","o+0","show",[{"#error":"m","name":"AggregateError","errors":{"a":1}}],[],"p-65"]
["raw",["message","o+0",{"methargs":{"body":"[\"show\",[{\"@qclass\":\"error\",\"message\":\"m\",\"name\":\"Error\",\"cause\":{\"@qclass\":\"error\",\"message\":\"c\",\"name\":\"TypeError\"}},{\"@qclass\":\"error\",\"message\":\"m\",\"name\":\"AggregateError\",\"errors\":[{\"@qclass\":\"error\",\"message\":\"e\",\"name\":\"Error\"}]},{\"@qclass\":\"error\",\"message\":\"m\",\"name\":\"AggregateError\"}]]","slots":[]},"result":"p-66"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"show\",[{\"@qclass\":\"error\",\"message\":\"m\",\"name\":\"Error\",\"cause\":5},{\"@qclass\":\"error\",\"message\":\"m\",\"name\":\"Error\",\"cause\":{\"@qclass\":\"slot\",\"index\":0}},{\"@qclass\":\"error\",\"message\":\"m\",\"name\":\"Error\",\"errors\":[1]},{\"@qclass\":\"error\",\"message\":\"m\",\"name\":\"Error\",\"errors\":[{\"@qclass\":\"error\",\"message\":\"e\",\"name\":\"Error\"}],\"errorId\":\"x\"},{\"@qclass\":\"error\",\"message\":\"m\",\"name\":\"Error\",\"cause\":{\"@qclass\":\"undefined\"}}]]","slots":["o-6"]},"result":"p-67"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"nothing\",null]","slots":[]},"result":"p-68"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"nothing\",0]","slots":[]},"result":"p-69"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"ok\",\"\"]","slots":[]},"result":"p-70"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"ok\",false]","slots":[]},"result":"p-71"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"#undefined\",null]","slots":[]},"result":"p-72"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"absent\",null]","slots":[]},"result":"p-73"}]]
["notify",["p-7",true,{"#error":"m","name":"Error","cause":7}]]
["send","o+0","ok",[],[],"p-74"]
