// SES as the reference's vat workers set it up: its newest @metamask/kernel-shims has these options and this order.
import 'ses';
import '@endo/eventual-send/shim.js';

repairIntrinsics({ consoleTaming: 'unsafe', errorTaming: 'unsafe', overrideTaming: 'severe', domainTaming: 'unsafe', stackFiltering: 'concise' });
hardenIntrinsics();

/** Evaluates a bundle's code as the reference's supervisor does, and returns its exports. */
export const evaluateBundle = code => {
  const compartment = new Compartment({ harden, console, assert, exports: {} });
  const global = compartment.globalThis;
  global.globalThis = global;
  global.global = global;
  return compartment.evaluate(`(function() { ${code}\n; return __vatExports__; })()`);
};
