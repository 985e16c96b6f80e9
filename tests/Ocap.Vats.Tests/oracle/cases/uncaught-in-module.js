const { Far } = __endo__;
Promise.reject(TypeError('in the module'));
function buildRootObject() {
  return Far('root', {});
}
//--- deliveries
["start"]
