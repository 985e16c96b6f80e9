const { Far } = __endo__;
function buildRootObject(_p, define, baggage) {
  for (const tag of ['First', 'Second', 'Third']) if (!baggage.has(tag)) baggage.init(tag, VatData.makeKindHandle(tag));
  for (const tag of define) VatData.defineDurableKind(baggage.get(tag), () => ({}), { m() {} });
  return Far('root', { ok: () => 'ok' });
}
//--- deliveries
["start",["First","Second","Third"]]
["send","o+0","ok",[],[],"p-60"]
["restart",["Second"]]
["restart",[]]
["restart",["First","Second","Third"]]
["send","o+0","ok",[],[],"p-61"]
