const { Far, attempt } = __endo__;
function buildRootObject() {
  const define = init => attempt(() => { const make = VatData.defineKind('k', init, { get: ({ state }) => harden({ ...state }) }); const o = make(1, 2); return o.get(); });
  return Far('root', {
    undefinedInit: () => define(undefined),
    nothing: () => define(() => {}),
    number: () => define(() => 5),
    string: () => define(() => 'text'),
    nul: () => define(() => null),
    empty: () => define(() => ({})),
    args: () => define((...args) => ({ args: harden(args) })),
    throws: () => define(() => { throw Error('no'); }),
    unhardened: () => define(() => ({ x: [] })),
    notPassable: () => define(() => ({ f: () => {} })),
    array: () => define(() => [1, 2]),
    symbols: () => define(() => ({ [Symbol.for('s')]: 1, a: 2 })),
    hidden: () => define(() => Object.defineProperty({}, 'h', { value: 1, enumerable: false })),
    odd: () => define(() => ({ 10: 1, 9: 2, '': 3, 'a b': 4, constructor: 5, z: 6, b: 7 })),
    inherited: () => define(() => Object.create({ inherited: 1 })),
    getter: () => define(() => ({ get x() { return 7; } })),
    thisValue: () => define(function init() { return { t: this === undefined }; }),
  });
}
//--- deliveries
["send","o+0","undefinedInit",[],[],"p-60"]
["send","o+0","nothing",[],[],"p-61"]
["send","o+0","number",[],[],"p-62"]
["send","o+0","string",[],[],"p-63"]
["send","o+0","nul",[],[],"p-64"]
["send","o+0","empty",[],[],"p-65"]
["send","o+0","args",[],[],"p-66"]
["send","o+0","throws",[],[],"p-67"]
["send","o+0","unhardened",[],[],"p-68"]
["send","o+0","notPassable",[],[],"p-69"]
["send","o+0","array",[],[],"p-70"]
["send","o+0","symbols",[],[],"p-71"]
["send","o+0","hidden",[],[],"p-72"]
["send","o+0","odd",[],[],"p-73"]
["send","o+0","inherited",[],[],"p-74"]
["send","o+0","getter",[],[],"p-75"]
["send","o+0","thisValue",[],[],"p-76"]
