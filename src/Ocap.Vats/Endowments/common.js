// What the other scripts share: how classes of the web look, and DOMException.
(natives, use, { Error, Object, Reflect, String, Symbol, TypeError, Uint8Array }) => {
  const describe = Object.getOwnPropertyDescriptor;

  /** Gives a class the look that the web's interface definitions ask for: enumerable members, and its name as tag. */
  const expose = (Class, tag = Class.name) => {
    for (const target of [Class, Class.prototype]) {
      for (const key of Object.getOwnPropertyNames(target)) {
        if (key === 'constructor' || (target === Class && ['length', 'name', 'prototype'].includes(key))) continue;
        Object.defineProperty(target, key, { ...describe(target, key), enumerable: true });
      }
    }
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: tag, configurable: true });
    return Class;
  };

  const constants = (Class, values) => {
    for (const target of [Class, Class.prototype]) {
      for (const [name, value] of Object.entries(values)) Object.defineProperty(target, name, { value, enumerable: true });
    }
  };

  const codes = {
    IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7, NotFoundError: 8,
    NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13, NamespaceError: 14,
    InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18, NetworkError: 19, AbortError: 20, URLMismatchError: 21, QuotaExceededError: 22,
    TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
  };

  class DOMException extends Error {
    #name;

    constructor(message = '', options = 'Error') {
      super(String(message));
      if (options !== null && typeof options === 'object') {
        this.#name = options.name === undefined ? 'Error' : String(options.name);
        if ('cause' in options) Object.defineProperty(this, 'cause', { value: options.cause, configurable: true, writable: true });
      } else {
        this.#name = String(options);
      }
    }

    get name() { return this.#name; }

    get code() { return Object.hasOwn(codes, this.#name) ? codes[this.#name] : 0; }
  }
  expose(DOMException);
  for (const [name, value] of Object.entries(codes)) {
    constants(DOMException, { [`${name.replace(/Error$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}_ERR`]: value });
  }

  /** A scalar value string: what the web does with text from JavaScript. */
  const text = value => {
    if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    return String(value).toWellFormed();
  };

  /** What may be given as a dictionary of the web's interface definitions: an object, or nothing. */
  const dictionary = value => {
    if (value === undefined || value === null) return {};
    if (Object(value) !== value) throw new TypeError(`Expected ${String(value)} to be one of: Null, Undefined, Object.`);
    return value;
  };

  const need = (given, wanted, what) => {
    if (given < wanted) throw new TypeError(`${what}: ${wanted} argument${wanted === 1 ? '' : 's'} required, but${given > 0 ? ' only' : ''} ${given} found.`);
  };

  /** Bytes after bytes. */
  const joined = parts => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };

  const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

  /** Iterators over a list that may grow and shrink meanwhile, as those of the web's maps. */
  const iterate = (name, at) => {
    const prototype = Object.create(iteratorPrototype);
    class Iterator {
      #index = 0;

      #owner;

      #kind;

      constructor(owner, kind) {
        this.#owner = owner;
        this.#kind = kind;
      }

      next() {
        const entry = at(this.#owner, this.#index);
        if (entry === undefined) return { value: undefined, done: true };
        this.#index += 1;
        return { value: this.#kind === 'entries' ? [entry[0], entry[1]] : entry[this.#kind === 'keys' ? 0 : 1], done: false };
      }
    }
    Object.defineProperty(prototype, 'next', { ...describe(Iterator.prototype, 'next'), enumerable: true });
    Object.defineProperty(prototype, Symbol.toStringTag, { value: `${name} Iterator`, configurable: true });
    Object.setPrototypeOf(Iterator.prototype, prototype);
    delete Iterator.prototype.next;
    delete Iterator.prototype.constructor;
    // No property leads here, only iterators do: whoever hardens the endowments passes these by.
    for (const shared of [prototype.next, prototype, Iterator.prototype]) Object.freeze(shared);
    return (owner, kind) => new Iterator(owner, kind);
  };

  /** The methods that make a class iterable as a map: `list(this)` gives its entries. */
  const mapLike = (Class, list) => {
    const make = iterate(Class.name, (owner, index) => list(owner)[index]);
    const methods = {
      entries() { return make(list(this) && this, 'entries'); },
      keys() { return make(list(this) && this, 'keys'); },
      values() { return make(list(this) && this, 'values'); },
      forEach(callback, thisArg = undefined) {
        need(arguments.length, 1, `${Class.name}.forEach`);
        if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
        for (let i = 0; i < list(this).length; i += 1) Reflect.apply(callback, thisArg, [list(this)[i][1], list(this)[i][0], this]);
      },
    };
    for (const key of Object.keys(methods)) Object.defineProperty(Class.prototype, key, { ...describe(methods, key), enumerable: true });
    Object.defineProperty(Class.prototype, Symbol.iterator, { value: Class.prototype.entries, writable: true, configurable: true });
  };

  return { DOMException, expose, constants, text, dictionary, need, joined, mapLike };
}
