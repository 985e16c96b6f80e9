// @agoric/store: heap stores, and all that it re-exports.
import { Far } from '@endo/far';
import { makeScalarMapStore, makeScalarSetStore, makeScalarWeakMapStore, M, keyEQ, isKey } from '@agoric/store';

export function buildRootObject() {
  return Far('root', {
    map: () => {
      const map = makeScalarMapStore('name');
      map.init('a', 1);
      map.init('b', 2);
      map.set('a', 3);
      return [map.get('a'), map.has('c'), [...map.keys()], map.getSize()];
    },
    mapRefuses: () => {
      const map = makeScalarMapStore('name');
      map.init('a', 1);
      map.init('a', 2);
    },
    missing: () => makeScalarMapStore('thing').get('x'),
    set: () => {
      const set = makeScalarSetStore('member', { keyShape: M.string() });
      set.add('b');
      set.add('a');
      return [...set.values()];
    },
    setRefuses: () => makeScalarSetStore('member', { keyShape: M.string() }).add(1),
    weak: () => {
      const key = Far('key', {});
      const weak = makeScalarWeakMapStore('key');
      weak.init(key, 'v');
      return [weak.get(key), weak.has(Far('other', {}))];
    },
    equal: () => [keyEQ('a', 'a'), isKey("a")],
  });
}
