const { Far } = __endo__;
function buildRootObject() {
  const top = VatData.makeScalarBigMapStore('top');
  return Far('root', {
    nest() { const inner = VatData.makeScalarBigMapStore('inner'); inner.init('x', 1); top.init('in', inner); inner.init('self', inner); return 'nested'; },
    read: () => top.get('in').get('x'),
    same: () => harden([top.get('in') === top.get('in'), top.get('in').get('self') === top.get('in')]),
    asKey() { const key = top.get('in'); top.init(key, 'by store'); return harden([top.get(key), ...top.keys()]); },
    drop() { top.delete(top.get('in')); top.delete('in'); },
  });
}
//--- deliveries
["send","o+0","nest",[],[],"p-60"]
["bringOutYourDead"]
["send","o+0","read",[],[],"p-61"]
["send","o+0","same",[],[],"p-62"]
["send","o+0","asKey",[],[],"p-63"]
["send","o+0","drop",[],[],"p-64"]
["bringOutYourDead"]
["bringOutYourDead"]
