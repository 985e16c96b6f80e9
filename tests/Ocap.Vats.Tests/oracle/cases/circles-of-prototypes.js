const { Far, attempt, passStyleOf } = __endo__;
function buildRootObject() {
  // An object whose prototype is a proxy of that object.
  const circle = style => {
    const t = {};
    Object.setPrototypeOf(t, new Proxy(t, { get: (_, key) => (key === Symbol.for('passStyle') ? style : undefined) }));
    return harden(t);
  };
  const make = VatData.defineKind('k', () => ({}), { throws(_, style) { throw circle(style); } });
  return Far('root', {
    styles: () => harden([undefined, 'remotable', 'error'].map(style => attempt(() => passStyleOf(circle(style))))),
    answer: () => circle(),
    throws() { throw circle(); },
    thrown: () => attempt(() => make().throws(undefined)),
    inData: () => harden([1, circle()]),
  });
}
//--- deliveries
["send","o+0","styles",[],[],"p-60"]
["send","o+0","answer",[],[],"p-61"]
["send","o+0","throws",[],[],"p-62"]
["send","o+0","thrown",[],[],"p-63"]
["send","o+0","inData",[],[],"p-64"]
