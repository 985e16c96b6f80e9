const { Far, E, M, makeTagged, makeCopyMap, makeCopySet, attempt, attempts } = __endo__;
function buildRootObject() {
  const thing = Far('thing', {}), other = Far('other', { m() {} });
  const makeCopyBag = entries => makeTagged('copyBag', harden(entries.reverse()));
  const specimens = [undefined, null, true, 0, -0, 1, 2.5, NaN, Infinity, 0n, 1n, -1n, 10n ** 30n, '', 'a', 'abc', 'é', Symbol.for('s'), Symbol.iterator, harden([]), harden([1]), harden([1, 'b']), harden(['a', 'b', 'c']), harden([[1], [2]]), harden({}), harden({ a: 1 }), harden({ a: 'x', b: 2 }), harden({ a: 1, b: 2, c: 3 }), makeCopySet([]), makeCopySet(['a', 'b']), makeCopyBag([]), makeCopyBag([['a', 2n], ['b', 5n]]), makeCopyMap([]), makeCopyMap([['a', 1], ['b', 'x']]), makeTagged('t', 1), thing, other, harden(Error('e')), harden(TypeError('te')), Promise.resolve(1), M.string(), M.gte(3), harden([M.number()])];
  const makers = [
    () => M.any(),
    () => M.and(),
    () => M.or(),
    () => M.not(M.any()),
    () => M.scalar(),
    () => M.key(),
    () => M.pattern(),
    () => M.boolean(),
    () => M.number(),
    () => M.bigint(),
    () => M.nat(),
    () => M.string(),
    () => M.symbol(),
    () => M.null(),
    () => M.undefined(),
    () => M.error(),
    () => M.promise(),
    () => M.remotable(),
    () => M.remotable('label'),
    () => M.nat({ decimalDigitsLimit: 2 }),
    () => M.bigint({ decimalDigitsLimit: 3 }),
    () => M.string({ stringLengthLimit: 2 }),
    () => M.symbol({ symbolNameLengthLimit: 1 }),
    () => M.raw(),
  ];
  const put = (i, s) => attempt(() => { VatData.makeScalarBigMapStore('m', { valueShape: makers[i]() }).init('k', s); return true; });
  return Far('root', {
    accepted: i => harden(specimens.map((s, n) => (put(i, s) === true ? n : -1)).filter(n => n >= 0)),
    refused: i => harden(specimens.map(s => put(i, s)).filter(t => t !== true)),
    kept: i => attempt(() => VatData.makeScalarBigMapStore('m', { valueShape: makers[i]() })),
  });
}
//--- deliveries
["send","o+0","accepted",[0],[],"p-60"]
["send","o+0","refused",[0],[],"p-61"]
["send","o+0","kept",[0],[],"p-62"]
["send","o+0","accepted",[1],[],"p-63"]
["send","o+0","refused",[1],[],"p-64"]
["send","o+0","kept",[1],[],"p-65"]
["send","o+0","accepted",[2],[],"p-66"]
["send","o+0","refused",[2],[],"p-67"]
["send","o+0","kept",[2],[],"p-68"]
["send","o+0","accepted",[3],[],"p-69"]
["send","o+0","refused",[3],[],"p-70"]
["send","o+0","kept",[3],[],"p-71"]
["send","o+0","accepted",[4],[],"p-72"]
["send","o+0","refused",[4],[],"p-73"]
["send","o+0","kept",[4],[],"p-74"]
["send","o+0","accepted",[5],[],"p-75"]
["send","o+0","refused",[5],[],"p-76"]
["send","o+0","kept",[5],[],"p-77"]
["send","o+0","accepted",[6],[],"p-78"]
["send","o+0","refused",[6],[],"p-79"]
["send","o+0","kept",[6],[],"p-80"]
["send","o+0","accepted",[7],[],"p-81"]
["send","o+0","refused",[7],[],"p-82"]
["send","o+0","kept",[7],[],"p-83"]
["send","o+0","accepted",[8],[],"p-84"]
["send","o+0","refused",[8],[],"p-85"]
["send","o+0","kept",[8],[],"p-86"]
["send","o+0","accepted",[9],[],"p-87"]
["send","o+0","refused",[9],[],"p-88"]
["send","o+0","kept",[9],[],"p-89"]
["send","o+0","accepted",[10],[],"p-90"]
["send","o+0","refused",[10],[],"p-91"]
["send","o+0","kept",[10],[],"p-92"]
["send","o+0","accepted",[11],[],"p-93"]
["send","o+0","refused",[11],[],"p-94"]
["send","o+0","kept",[11],[],"p-95"]
["send","o+0","accepted",[12],[],"p-96"]
["send","o+0","refused",[12],[],"p-97"]
["send","o+0","kept",[12],[],"p-98"]
["send","o+0","accepted",[13],[],"p-99"]
["send","o+0","refused",[13],[],"p-100"]
["send","o+0","kept",[13],[],"p-101"]
["send","o+0","accepted",[14],[],"p-102"]
["send","o+0","refused",[14],[],"p-103"]
["send","o+0","kept",[14],[],"p-104"]
["send","o+0","accepted",[15],[],"p-105"]
["send","o+0","refused",[15],[],"p-106"]
["send","o+0","kept",[15],[],"p-107"]
["send","o+0","accepted",[16],[],"p-108"]
["send","o+0","refused",[16],[],"p-109"]
["send","o+0","kept",[16],[],"p-110"]
["send","o+0","accepted",[17],[],"p-111"]
["send","o+0","refused",[17],[],"p-112"]
["send","o+0","kept",[17],[],"p-113"]
["send","o+0","accepted",[18],[],"p-114"]
["send","o+0","refused",[18],[],"p-115"]
["send","o+0","kept",[18],[],"p-116"]
["send","o+0","accepted",[19],[],"p-117"]
["send","o+0","refused",[19],[],"p-118"]
["send","o+0","kept",[19],[],"p-119"]
["send","o+0","accepted",[20],[],"p-120"]
["send","o+0","refused",[20],[],"p-121"]
["send","o+0","kept",[20],[],"p-122"]
["send","o+0","accepted",[21],[],"p-123"]
["send","o+0","refused",[21],[],"p-124"]
["send","o+0","kept",[21],[],"p-125"]
["send","o+0","accepted",[22],[],"p-126"]
["send","o+0","refused",[22],[],"p-127"]
["send","o+0","kept",[22],[],"p-128"]
["send","o+0","accepted",[23],[],"p-129"]
["send","o+0","refused",[23],[],"p-130"]
["send","o+0","kept",[23],[],"p-131"]
