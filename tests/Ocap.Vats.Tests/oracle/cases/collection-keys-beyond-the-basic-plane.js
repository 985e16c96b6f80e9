const { Far, M, attempt } = __endo__;
function buildRootObject(_, __, baggage) {
  const texts = ['\uFFFD', '\u{1F600}', '\uFF5E', 'a', '\uE000', '\u{1F600}\uE000', '\u{1F600}\u{1F601}', '\u{1F600}a', '\u{10FFFF}', '\u{10000}', 'a\uFF0C', 'a\u{1F600}', 'ab', '\uD7FF', '\uFF5E\u{1F600}', '\uFF5E\uFF5E', '\uFF5E'.repeat(3), '', '\uFFFF', '\uFFFF\uFFFF', '\uFFFF\u{10FFFF}'];
  const keys = [...texts, ...texts.map(t => Symbol.for(t))];
  const show = k => (typeof k === 'symbol' ? `@${Symbol.keyFor(k)}` : k);
  const stores = {};
  for (const name of ['m', 's']) {
    if (!baggage.has(name)) baggage.init(name, name === 'm' ? VatData.makeScalarBigMapStore('m', { durable: true }) : VatData.makeScalarBigSetStore('s', { durable: true }));
    stores[name] = baggage.get(name);
  }
  const { m, s } = stores;
  const bounds = ['\uE000', '\u{1F600}', '\uFF5E', 'a', '\uFFFF', '\u{10FFFF}', '\uD7FF', 'a\uFF0C'];
  return Far('root', {
    fill: () => { keys.forEach((k, i) => { m.init(k, i); s.add(k); }); return m.getSize(); },
    order: () => harden([[...m.keys()].map(show), [...s.values()].map(show), [...m.entries()].map(([k, v]) => `${show(k)} ${v}`), [...m.values()]]),
    ranges: () => harden(bounds.flatMap(b => ['lt', 'lte', 'eq', 'gte', 'gt'].map(op => [`${op} ${b}`, m.getSize(M[op](b)), [...m.keys(M[op](b))]]))),
    symbols: () => harden(bounds.map(b => [...m.keys(M.gte(Symbol.for(b)))].map(show))),
    halves: () => harden([m.has('\uD83D'), s.has('\uDE00'), m.getSize(M.gte('\uD83D')), m.getSize(M.lt('\uD83D')), m.getSize(M.gte('\uDE00')), m.getSize(M.gt('a\uDFFF')), attempt(() => m.get('a\uDBFF'))]),
    deleting() { const seen = []; for (const k of m.keys(M.gte('\u{1F600}'))) { seen.push(show(k)); m.delete(k); } return harden([seen, [...m.keys()].map(show)]); },
    clearing() { m.clear(M.gt('\u{1F600}')); s.clear(M.lte('\uFF5E')); return harden([[...m.keys()].map(show), m.getSize(), [...s.values()].map(show), s.getSize()]); },
    clear() { m.clear(); s.clear(); return harden([m.getSize(), s.getSize()]); },
  });
}
//--- deliveries
["send","o+0","fill",[],[],"p-60"]
["send","o+0","order",[],[],"p-61"]
["send","o+0","ranges",[],[],"p-62"]
["send","o+0","symbols",[],[],"p-63"]
["send","o+0","halves",[],[],"p-64"]
["restart"]
["send","o+0","order",[],[],"p-65"]
["send","o+0","deleting",[],[],"p-66"]
["send","o+0","clearing",[],[],"p-67"]
["send","o+0","order",[],[],"p-68"]
["send","o+0","clear",[],[],"p-69"]
