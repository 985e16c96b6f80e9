const { Far } = __endo__;
function buildRootObject() {
  return Far('root', { show: (...args) => harden(args.map(a => `${typeof a} ${String(a)} ${Object.is(a, -0)}`)), echo: (...args) => harden(args) });
}
//--- deliveries
["raw",["message","o+0",{"methargs":{"body":"[\"show\",[{\"@qclass\":\"undefined\"},{\"@qclass\":\"NaN\"},{\"@qclass\":\"Infinity\"},{\"@qclass\":\"-Infinity\"},{\"@qclass\":\"bigint\",\"digits\":\"123\"},{\"@qclass\":\"bigint\",\"digits\":\"-5\"},{\"@qclass\":\"@@asyncIterator\"},{\"@qclass\":\"symbol\",\"name\":\"foo\"},{\"@qclass\":\"symbol\",\"name\":\"@@iterator\"}]]","slots":[]},"result":"p-60"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"echo\",[{\"@qclass\":\"slot\",\"index\":0,\"iface\":\"Alleged: x\"},{\"@qclass\":\"slot\",\"index\":0},{\"@qclass\":\"slot\",\"index\":1},{\"@qclass\":\"tagged\",\"tag\":\"t\",\"payload\":[1]},{\"@qclass\":\"error\",\"name\":\"TypeError\",\"message\":\"m\"},{\"@qclass\":\"hilbert\",\"original\":\"q\",\"rest\":{\"a\":1}},{\"@qclass\":\"hilbert\",\"original\":5}]]","slots":["o-5","p-5"]},"result":"p-61"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"echo\",[{\"@qclass\":\"unknown\"}]]","slots":[]},"result":"p-62"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"echo\",[{\"@qclass\":5}]]","slots":[]},"result":"p-63"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"echo\",[{\"@qclass\":\"bigint\",\"digits\":5}]]","slots":[]},"result":"p-64"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"echo\",[\"#plain\",\"$0\",{\"#tag\":\"x\"}]]","slots":[]},"result":"p-65"}]]
