const { Far, makeTagged, passStyleOf } = __endo__;
function buildRootObject() {
  const thrown = [() => Error('plain'), () => TypeError('typed'), () => Object.assign(Error('extra'), { code: 5 }), () => Error('cause', { cause: Error('inner') }), () => AggregateError([Error('one')], 'many'), () => 'text', () => 5, () => undefined, () => harden({ a: 1 }), () => harden([Error('in')]), () => ({}), () => () => {}, () => Far('x', {}), () => Promise.resolve(), () => { class MyError extends Error {} return new MyError('mine'); }, () => Object.assign(Error('named'), { name: 'Custom' }), () => makeTagged('t', 1), () => null];
  const make = VatData.defineKind('t', () => ({}), { boom: (_c, i) => { throw thrown[i](); } });
  const o = make();
  return Far('root', {
    export: () => o, all: () => harden(thrown.map((_, i) => { try { return o.boom(i); } catch (e) { try { return [passStyleOf(e), e instanceof Error ? `${e.name}: ${e.message}` : e, e instanceof Error && e.cause ? e.cause.message : 'no cause', Object.isFrozen(e)]; } catch (e2) { return e2.message; } } })),
  });
}
//--- deliveries
["send","o+0","export",[],[],"p-60"]
["send","o+0","all",[],[],"p-61"]
["send","o+v10/1","boom",[0],[],"p-62"]
["send","o+v10/1","boom",[1],[],"p-63"]
["send","o+v10/1","boom",[2],[],"p-64"]
["send","o+v10/1","boom",[5],[],"p-65"]
["send","o+v10/1","boom",[8],[],"p-66"]
["send","o+v10/1","boom",[12],[],"p-67"]
