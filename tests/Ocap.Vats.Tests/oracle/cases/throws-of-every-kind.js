const { E, Far, makeExo, M, makeTagged, makeCopyMap, makeCopySet, passStyleOf, getInterfaceOf, makePromiseKit, isPassable, attempts, attempt } = __endo__;
const { makeScalarBigMapStore, makeScalarBigWeakMapStore, makeScalarBigSetStore, makeScalarBigWeakSetStore, defineKind, defineKindMulti, defineDurableKind, defineDurableKindMulti, makeKindHandle, canBeDurable, watchPromise, providePromiseWatcher } = VatData;

function buildRootObject(vatPowers, parameters, baggage) {
  const make = what => () => { throw what; };
  return Far('root', { undef: make(undefined), nul: make(null), text: make('text'), num: make(7), big: make(5n), rec: make(harden({ a: 1 })), far: make(Far('f', {})), sym: make(Symbol.for('s')), fun: make(() => 1), mutable() { throw { a: [] }; }, map() { throw new Map(); } });
}
//--- deliveries
["send","o+0","undef",[],[],"p-60"]
["send","o+0","nul",[],[],"p-61"]
["send","o+0","text",[],[],"p-62"]
["send","o+0","num",[],[],"p-63"]
["send","o+0","big",[],[],"p-64"]
["send","o+0","rec",[],[],"p-65"]
["send","o+0","far",[],[],"p-66"]
["send","o+0","sym",[],[],"p-67"]
["send","o+0","fun",[],[],"p-68"]
["send","o+0","mutable",[],[],"p-69"]
["send","o+0","map",[],[],"p-70"]
