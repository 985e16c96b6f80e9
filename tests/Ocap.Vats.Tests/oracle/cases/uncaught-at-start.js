const { Far } = __endo__;
function buildRootObject(_powers, reject) {
  if (reject) Promise.reject(Error('at start'));
  return Far('root', { ok: () => 'ok' });
}
//--- deliveries
["start",true]
["start",false]
["restart",true]
["send","o+0","ok",[],[],"p-60"]
