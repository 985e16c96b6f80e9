const { Far, attempts } = __endo__;
function buildRootObject() {
  const m = VatData.makeScalarBigMapStore('keys');
  const keys = [0, -0, NaN, Infinity, -Infinity, 1, -1, 1.5, -2.5, 1e21, 1e-7, 2 ** 53, -(2 ** 53), 5e-324, 0n, 1n, -1n, 9n, 10n, -9n, -10n, 123456789012345678901234567890n,
    -123456789012345678901234567890n, true, false, null, undefined, '', 'a', 'b', 'A', '~', 'é', Symbol.for('x'), Symbol.asyncIterator, Symbol.for('@@y')];
  return Far('root', {
    fill: () => attempts(keys.map((key, i) => () => m.init(key, i))),
    keys: () => harden([...m.keys()]),
    values: () => harden([...m.values()]),
    entries: () => harden([...m.entries()]),
    has: () => harden(keys.map(key => m.has(key))),
    get: () => harden(keys.map(key => m.get(key))),
    size: () => m.getSize(),
    del: () => attempts(keys.map(key => () => m.delete(key))),
  });
}
//--- deliveries
["send","o+0","fill",[],[],"p-60"]
["send","o+0","keys",[],[],"p-61"]
["send","o+0","values",[],[],"p-62"]
["send","o+0","entries",[],[],"p-63"]
["send","o+0","has",[],[],"p-64"]
["send","o+0","get",[],[],"p-65"]
["send","o+0","size",[],[],"p-66"]
["send","o+0","del",[],[],"p-67"]
["send","o+0","size",[],[],"p-68"]
