// @metamask/kernel-utils, with the CommonJS packages behind it.
import { Far } from '@endo/far';
import { isJsonRpcCall, isPrimitive, isTypedArray, isTypedObject, makeCounter, stringify } from '@metamask/kernel-utils';

export function buildRootObject() {
  const next = makeCounter(5);
  return Far('root', {
    counts: () => [next(), next()],
    text: () => [stringify({ a: [1, { b: null }] }), stringify('x', 0)],
    primitive: () => [isPrimitive(1), isPrimitive({}), isPrimitive(null)],
    typed: () => [isTypedArray([1, 2], (v) => typeof v === 'number'), isTypedObject({ a: 1 }, (v) => typeof v === 'string')],
    calls: () => [isJsonRpcCall({ jsonrpc: '2.0', id: 1, method: 'm', params: [] }), isJsonRpcCall({ id: 1 })],
  });
}
