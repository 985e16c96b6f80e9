// Views of bytes as streams take them: from those who give chunks, and from those who give room to be filled.
(natives, { checks: { coded, invalid } }, global) => {
  const { ArrayBuffer, DataView, Math, Object, Reflect, Symbol, TypeError, Uint8Array } = global;
  const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
  const named = Object.fromEntries(['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'BigInt64', 'BigUint64', 'Float16', 'Float32', 'Float64']
    .map(kind => [`${kind}Array`, global[`${kind}Array`]]));
  const getter = (prototype, name) => {
    const { get } = Object.getOwnPropertyDescriptor(prototype, name);
    return object => Reflect.apply(get, object, []);
  };
  const nameOf = getter(typedArray, Symbol.toStringTag);
  const places = [typedArray, DataView.prototype].map(prototype => ['buffer', 'byteOffset', 'byteLength'].map(name => getter(prototype, name)));

  /** [buffer, offset, length] of a view, in bytes, whatever properties it was given. */
  const placeOf = view => places[nameOf(view) === undefined ? 1 : 0].map(get => get(view));

  const kindOf = view => {
    const View = named[nameOf(view)] ?? DataView;
    return { View, element: View.BYTES_PER_ELEMENT ?? 1 };
  };

  /** How many elements a view has; bytes, if it is a DataView. */
  const elementsOf = view => placeOf(view)[2] / kindOf(view).element;

  const needView = (view, name) => {
    if (!ArrayBuffer.isView(view)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be an instance of Buffer, TypedArray, or DataView.`);
  };

  /** A chunk's bytes, in a buffer that its maker no longer has. */
  const owned = chunk => {
    needView(chunk, 'buffer');
    const [buffer, offset, length] = placeOf(chunk);
    if (length === 0) throw invalid('chunk ArrayBuffer is zero-length or detached');
    return new Uint8Array(buffer.transfer(), offset, length);
  };

  /** The room that a reader gives: its view's buffer, which is its no longer. */
  const roomIn = (view, least = 1) => {
    const [buffer, offset, length] = placeOf(view);
    const { View, element } = kindOf(view);
    return { buffer: buffer.transfer(), offset, length, element, View, least: least * element, filled: 0 };
  };

  /** What was filled of a room, as a view of the kind that it came as. */
  const filledOf = ({ buffer, offset, element, View, filled }) => new View(buffer, offset, Math.floor(filled / element));

  return { needView, placeOf, elementsOf, owned, roomIn, filledOf };
}
