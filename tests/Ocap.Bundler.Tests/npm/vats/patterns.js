// @endo/patterns alone: keys, sets, maps, order.
import { Far } from '@endo/far';
import { M, compareKeys, elementsCompare, getCopyMapEntries, getCopySetKeys, isKey, keyEQ, kindOf, makeCopyBag, makeCopyMap, makeCopySet, matches } from '@endo/patterns';

export function buildRootObject() {
  const set = makeCopySet(['b', 'a', 'c']);
  const map = makeCopyMap([['x', 1], ['y', 2]]);
  return Far('root', {
    set: () => [...getCopySetKeys(set)],
    map: () => [...getCopyMapEntries(map)].map(([k, v]) => [k, v]),
    bag: () => kindOf(makeCopyBag([['a', 2n]])),
    kinds: () => [kindOf(set), kindOf(map), kindOf(harden([])), kindOf(1), String(kindOf(M.any()))],
    compared: () => [compareKeys('a', 'b'), compareKeys(set, makeCopySet(['a', 'b', 'c', 'd'])), elementsCompare(harden(['a']), harden(['b', 'a'])), keyEQ(set, makeCopySet(['c', 'b', 'a']))],
    keys: () => [isKey(set), isKey(harden({ a: [1] })), isKey(harden({ a: M.any() }))],
    matches: () => [matches(5, M.gte(3)), matches('abc', M.or('abc', 'd')), matches(harden({ a: 1, b: 2 }), M.recordOf(M.string(), M.number())), matches(set, M.setOf(M.string()))],
    duplicate: () => makeCopySet(['a', 'a']),
    limits: () => matches('x'.repeat(10), M.string({ stringLengthLimit: 5 })),
  });
}
