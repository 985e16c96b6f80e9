const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, mustMatch, matches, defineExoClass, defineExoClassKit } = __endo__;
const symbols = { iterator: Symbol.asyncIterator, registered: Symbol.for('foo'), at: Symbol.for('@@foo') };
function buildRootObject() {
  return Far('root', {
    scalars: () => harden([undefined, null, true, false, 0, -0, 1.5, 1e21, 1e-7, 123456789012, NaN, Infinity, -Infinity, 0n, 123n, -7n, 2n ** 70n]),
    strings: () => harden(['', ' ', '!', '"', '#x', '$1', '%', '&', "'", '(', ')', '*', '+', ',', '-', '.', '/', '@', 'plain', 'é', '\ud83d\ude00', '\ud800', 'a\u0000\n\t\\"\u2028']),
    symbols: () => harden(Object.values(symbols)),
    records: () => harden({ b: 1, a: 2, '#x': 3, '$y': 4, '!z': 5, 10: 6, 9: 7, '': 8, '@qclass': 9, __proto__: null }),
    record: () => harden({ b: 1, a: { z: [], y: {} }, '#x': 3, '$y': 4, '!z': 5, 10: 6, 9: 7, '': 8, '@qclass': 9 }),
    order: () => harden({ 2: Far('two', {}), 10: Far('ten', {}), 1: Far('one', {}) }),
    tagged: () => makeTagged('#tag', harden([1, { x: undefined }])),
    nested: () => harden([[[['x']]], { a: { b: { c: 1n } } }]),
    copies: () => harden([makeCopySet(['b', 'a']), makeCopyMap([['k', 1]])]),
    remotables: () => { const f = Far('Foo', {}); return harden([f, f, Far('Bar', { m() {} }), Far('fn', () => 1)]); },
    echo: (...args) => harden(args),
    kinds: (...args) => harden(args.map(arg => passStyleOf(arg))),
    parsed: (...args) => harden(args.map(arg => `${typeof arg} ${String(arg)} ${Object.is(arg, -0)}`)),
  });
}
//--- deliveries
["send","o+0","scalars",[],[],"p-60"]
["send","o+0","strings",[],[],"p-61"]
["send","o+0","symbols",[],[],"p-62"]
["send","o+0","records",[],[],"p-63"]
["send","o+0","record",[],[],"p-64"]
["send","o+0","order",[],[],"p-65"]
["send","o+0","tagged",[],[],"p-66"]
["send","o+0","nested",[],[],"p-67"]
["send","o+0","copies",[],[],"p-68"]
["send","o+0","remotables",[],[],"p-69"]
["send","o+0","echo",["#undefined","#NaN","#Infinity","#-Infinity","+5","-5","!#x","%@@asyncIterator","%foo","%@@@@foo",{"!#k":1,"b":[{"#tag":"!!t","payload":[1]}]},"$0.Alleged: friend","$0","&1"],["o-5","p-6"],"p-70"]
["send","o+0","kinds",["#undefined",null,true,1,"+1","x","%foo",[],{},{"#tag":"t","payload":1},{"#error":"m","name":"TypeError"},"$0.Alleged: f","&1"],["o-6","p-7"],"p-71"]
["send","o+0","parsed",[0.1,"+0","-0",12345678901234567000],[],"p-72"]
