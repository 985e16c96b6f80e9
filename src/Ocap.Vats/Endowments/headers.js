// Headers (Fetch standard §5.1).
(natives, { common: { expose, need, mapLike } }, { Array, Map, Object, Reflect, String, Symbol, TypeError }) => {
  const tokens = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const bytesOf = value => {
    const text = String(value);
    const wide = Array.prototype.findIndex.call(text, c => c > '\xff');
    if (wide >= 0) throw new TypeError(`Cannot convert argument to a ByteString because the character at index ${wide} has a value of ${text.charCodeAt(wide)} which is greater than 255.`);
    return text;
  };
  const nameOf = (name, what) => {
    const text = bytesOf(name);
    if (!tokens.test(text)) throw new TypeError(`${what}: "${text}" is an invalid header name.`);
    return text.toLowerCase();
  };
  const valueOf = (value, what) => {
    const text = bytesOf(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
    if (/[\0\r\n]/.test(text)) throw new TypeError(`${what}: "${text}" is an invalid header value.`);
    return text;
  };
  const combined = (name, values) => values.join(name === 'cookie' ? '; ' : ', ');
  let freeze;
  let entriesOf;
  let valuesOf;
  let isFixed;

  class Headers {
    #list = [];

    #immutable = false;

    #sorted = null;

    static {
      freeze = headers => { headers.#immutable = true; return headers; };
      isFixed = headers => headers.#immutable;
      entriesOf = headers => headers.#list;
      valuesOf = (headers, name) => headers.#list.filter(entry => entry[0] === name).map(entry => entry[1]);
    }

    constructor(init = undefined) {
      if (init === undefined) return;
      if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
        throw new TypeError('Headers constructor: Argument 1 could not be converted to one of: sequence<sequence<ByteString>>, record<ByteString, ByteString>.');
      }
      if (init[Symbol.iterator] !== undefined && init[Symbol.iterator] !== null) {
        Array.from(init, (pair, i) => {
          if (pair === null || typeof pair !== 'object' || typeof pair[Symbol.iterator] !== 'function') throw new TypeError(`Headers constructor: init[${i}] (${String(pair)}) is not iterable.`);
          const both = Array.from(pair);
          if (both.length !== 2) throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${both.length}.`);
          return both;
        }).forEach(([name, value]) => this.#append(name, value));
      } else {
        for (const key of Reflect.ownKeys(init)) {
          if (Object.getOwnPropertyDescriptor(init, key)?.enumerable) this.#append(key, init[key]);
        }
      }
    }

    #change() {
      if (this.#immutable) throw new TypeError('immutable');
      this.#sorted = null;
    }

    #append(name, value) {
      const entry = [nameOf(name, 'Headers.append'), valueOf(value, 'Headers.append')];
      this.#change();
      this.#list.push(entry);
    }

    append(name, value) {
      this.#list;
      need(arguments.length, 2, 'Headers.append');
      this.#append(name, value);
    }

    delete(name) {
      this.#list;
      need(arguments.length, 1, 'Headers.delete');
      name = nameOf(name, 'Headers.delete');
      this.#change();
      this.#list = this.#list.filter(entry => entry[0] !== name);
    }

    get(name) {
      this.#list;
      need(arguments.length, 1, 'Headers.get');
      name = nameOf(name, 'Headers.get');
      const values = valuesOf(this, name);
      return values.length === 0 ? null : combined(name, values);
    }

    has(name) {
      this.#list;
      need(arguments.length, 1, 'Headers.has');
      name = nameOf(name, 'Headers.has');
      return this.#list.some(entry => entry[0] === name);
    }

    set(name, value) {
      this.#list;
      need(arguments.length, 2, 'Headers.set');
      const entry = [nameOf(name, 'Headers.set'), valueOf(value, 'Headers.set')];
      this.#change();
      const first = this.#list.findIndex(one => one[0] === entry[0]);
      this.#list = this.#list.filter((one, i) => one[0] !== entry[0] || i === first);
      if (first < 0) this.#list.push(entry);
      else this.#list[first] = entry;
    }

    getSetCookie() { return valuesOf(this, 'set-cookie'); }

    static sortedOf(headers) {
      if (headers.#sorted === null) {
        const names = [...new Map(headers.#list.map(entry => [entry[0], true])).keys()].sort();
        headers.#sorted = names.flatMap(name => (name === 'set-cookie' ? valuesOf(headers, name).map(value => [name, value]) : [[name, combined(name, valuesOf(headers, name))]]));
      }
      return headers.#sorted;
    }
  }
  const { sortedOf } = Headers;
  delete Headers.sortedOf;
  mapLike(Headers, sortedOf);
  expose(Headers);

  return { Headers, freeze, isFixed, entriesOf, valuesOf };
}
