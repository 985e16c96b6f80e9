const { Far } = __endo__;
function buildRootObject(_p, _q, baggage) {
  baggage.init('h', VatData.makeKindHandle('Never'));
  return Far('root', {});
}
//--- deliveries
["start"]
