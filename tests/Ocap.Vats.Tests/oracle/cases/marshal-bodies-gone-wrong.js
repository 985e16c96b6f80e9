const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  return Far('root', { echo: v => v });
}
//--- deliveries
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"*x\"]]","slots":[]},"result":"p-200"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"#foo\"]]","slots":[]},"result":"p-201"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[{\"#foo\":1}]]","slots":[]},"result":"p-202"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"+\"]]","slots":[]},"result":"p-203"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"-\"]]","slots":[]},"result":"p-204"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"+1.5\"]]","slots":[]},"result":"p-205"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"$0\"]]","slots":[]},"result":"p-206"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"&0\"]]","slots":[]},"result":"p-207"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"%@@nope\"]]","slots":[]},"result":"p-208"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[{\"#tag\":5,\"payload\":1}]]","slots":[]},"result":"p-209"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[{\"#tag\":\"x\"}]]","slots":[]},"result":"p-210"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[{\"#error\":5,\"name\":\"x\"}]]","slots":[]},"result":"p-211"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[{\"#error\":\"x\"}]]","slots":[]},"result":"p-212"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"(x)\"]]","slots":[]},"result":"p-213"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[{\"a\":1,\"a\":2}]]","slots":[]},"result":"p-214"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"+00\"]]","slots":[]},"result":"p-215"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"-0\"]]","slots":[]},"result":"p-216"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"+-1\"]]","slots":[]},"result":"p-217"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"+ 1\"]]","slots":[]},"result":"p-218"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"+1n\"]]","slots":[]},"result":"p-219"}]]
["raw",["message","o+0",{"methargs":{"body":"#[\"echo\",[\"+0x10\"]]","slots":[]},"result":"p-220"}]]
