// @endo/marshal and @endo/promise-kit.
import { Far } from '@endo/far';
import { makeMarshal, decodeToJustin, makeEncodePassable, stringify, parse, compareRank, sortByRank, compareAntiRank } from '@endo/marshal';
import { makePromiseKit, isPromise } from '@endo/promise-kit';

export function buildRootObject() {
  const thing = Far('thing', {});
  const slots = (tag) => makeMarshal((value) => `${tag}${value === thing ? 1 : 2}`, (slot) => (slot === `${tag}1` ? thing : Far(`alien ${slot}`, {})), { serializeBodyFormat: 'smallcaps', marshalSaveError: () => {} });
  return Far('root', {
    encoded: () => slots('s').toCapData(harden({ a: [1, 2n, undefined, NaN, 'x', '#y', Symbol.for('foo')], thing })),
    decoded: () => {
      const { body, slots: refs } = slots('s').toCapData(harden([thing, { thing }]));
      const [first, { thing: second }] = slots('s').fromCapData({ body, slots: refs });
      return [first === thing, second === thing];
    },
    error: () => slots('s').toCapData(harden(TypeError('wrong'))).body.replace(/errorId":"[^"]*"/, 'errorId":"…"'),
    justin: () => decodeToJustin({ '@qclass': 'bigint', digits: '7' }),
    plain: () => [stringify(harden({ b: [1n] })), stringify(harden(parse('{"a":{"@qclass":"undefined"}}')))],
    ranks: () => [...sortByRank(['b', 3, 'a', -1, 2n, null, true], compareRank)].map((v) => String(v)),
    antiRanks: () => [compareRank('a', 'b'), compareAntiRank('a', 'b')],
    passable: () => makeEncodePassable()(harden(['a', 1, 2n])),
    kit: async () => {
      const { promise, resolve } = makePromiseKit();
      resolve('kept');
      return [isPromise(promise), await promise];
    },
  });
}
