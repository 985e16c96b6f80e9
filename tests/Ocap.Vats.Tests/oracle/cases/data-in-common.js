const { Far, attempt, makeTagged, passStyleOf } = __endo__;
function buildRootObject() {
  const twice = (levels, inmost, make) => { let o = inmost; for (let i = 0; i < levels; i++) o = make(o); return o; };
  const list = o => harden([o, o]), record = o => harden({ a: o, b: o }), tagged = o => makeTagged('t', harden([o, o]));
  const errors = e => harden(Object.defineProperty(Error('n'), 'errors', { value: harden([e, e]) }));
  const causes = e => harden(Object.defineProperty(Error('c', { cause: e }), 'errors', { value: harden([e, e]) }));
  const make = VatData.defineKind('k', () => ({}), { throws(_, what) { throw what; } });
  const same = what => { try { make().throws(what); return 'nothing thrown'; } catch (e) { return e === what || `${e.name}: ${e.message}`; } };
  const odd = () => harden(Object.assign(Error('odd'), { extra: 1 }));
  return Far('root', {
    thrown: () => harden([list, record, tagged, errors, causes].map(f => same(twice(8, 'x', f === errors || f === causes ? o => (o === 'x' ? Error('x') : f(o)) : f)))),
    refused: () => harden([list, record, tagged].map(f => attempt(() => same(twice(3, odd(), f))))),
    refusedLate: () => harden([same(harden([list('x'), list(Far('f', {}))])), same(harden([list('x'), 'y', odd()])), same(harden([list(harden(Error('e'))), list(harden(Error('e')))]))]),
    styles: () => harden([errors, causes].map(f => passStyleOf(twice(8, harden(Error('x')), f)))),
    badInside: () => harden([errors, causes].map(f => attempt(() => passStyleOf(twice(3, odd(), f))))),
  });
}
//--- deliveries
["send","o+0","thrown",[],[],"p-60"]
["send","o+0","refused",[],[],"p-61"]
["send","o+0","refusedLate",[],[],"p-62"]
["send","o+0","styles",[],[],"p-63"]
["send","o+0","badInside",[],[],"p-64"]
