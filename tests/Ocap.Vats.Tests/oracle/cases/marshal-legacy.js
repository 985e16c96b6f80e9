const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
function buildRootObject() {
  return Far('root', { echo: (...args) => harden(args), kinds: (...args) => harden(args.map(a => passStyleOf(a))) });
}
//--- deliveries
["raw",["message","o+0",{"methargs":{"body":"[\"echo\",[{\"@qclass\":\"undefined\"},{\"@qclass\":\"NaN\"},{\"@qclass\":\"Infinity\"},{\"@qclass\":\"-Infinity\"},{\"@qclass\":\"bigint\",\"digits\":\"12\"},\"#x\",{\"@qclass\":\"@@asyncIterator\"},{\"@qclass\":\"symbol\",\"name\":\"foo\"}]]","slots":[]},"result":"p-60"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"echo\",[{\"@qclass\":\"slot\",\"iface\":\"Alleged: f\",\"index\":0},{\"@qclass\":\"slot\",\"index\":0},{\"@qclass\":\"slot\",\"index\":1}]]","slots":["o-5","p-7"]},"result":"p-61"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"kinds\",[{\"@qclass\":\"tagged\",\"tag\":\"t\",\"payload\":[1]},{\"@qclass\":\"error\",\"errorId\":\"x\",\"message\":\"m\",\"name\":\"TypeError\"},{\"@qclass\":\"hilbert\",\"original\":\"o\",\"rest\":{\"b\":1}},{\"b\":1,\"a\":2}]]","slots":[]},"result":"p-62"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"echo\",[{\"@qclass\":\"hilbert\",\"original\":\"o\",\"rest\":{\"b\":1}},{\"b\":1,\"a\":2}]]","slots":[]},"result":"p-63"}]]
["raw",["message","o+0",{"methargs":{"body":"[\"echo\",[{\"@qclass\":\"nosuch\"}]]","slots":[]},"result":"p-64"}]]
