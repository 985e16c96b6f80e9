// Headers (Fetch standard §5.1).
(natives, { common: { expose, need, mapLike } }, { Array, Map, Object, Reflect, String, Symbol, TypeError }) => {
  const tokens = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const nameOf = name => {
    const text = String(name);
    if (!tokens.test(text)) throw new TypeError(`${text} is not a legal HTTP header name`);
    return text.toLowerCase();
  };
  const valueOf = value => {
    const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
    if (/[\0\r\n]|[^\0-\xff]/.test(text)) throw new TypeError(`${text} is not a legal HTTP header value`);
    return text;
  };
  let freeze;
  let entriesOf;
  let valuesOf;

  class Headers {
    #list = [];

    #immutable = false;

    #sorted = null;

    static {
      freeze = headers => { headers.#immutable = true; return headers; };
      entriesOf = headers => headers.#list;
      valuesOf = (headers, name) => headers.#list.filter(entry => entry[0] === name).map(entry => entry[1]);
    }

    constructor(init = undefined) {
      if (init === undefined) return;
      if (init === null || (typeof init !== 'object' && typeof init !== 'function')) throw new TypeError('Headers must be made from an object or an iterable');
      if (init[Symbol.iterator] !== undefined && init[Symbol.iterator] !== null) {
        for (const pair of init) {
          if (pair === null || typeof pair !== 'object') throw new TypeError('A header must be a pair of name and value');
          const both = Array.from(pair);
          if (both.length !== 2) throw new TypeError('A header must be a pair of name and value');
          this.append(both[0], both[1]);
        }
      } else {
        for (const key of Reflect.ownKeys(init)) {
          if (Object.getOwnPropertyDescriptor(init, key)?.enumerable) this.append(key, init[key]);
        }
      }
    }

    #change() {
      if (this.#immutable) throw new TypeError('immutable');
      this.#sorted = null;
    }

    append(name, value) {
      this.#list;
      need(arguments.length, 2, 'Headers.append');
      const entry = [nameOf(name), valueOf(value)];
      this.#change();
      this.#list.push(entry);
    }

    delete(name) {
      this.#list;
      need(arguments.length, 1, 'Headers.delete');
      name = nameOf(name);
      this.#change();
      this.#list = this.#list.filter(entry => entry[0] !== name);
    }

    get(name) {
      this.#list;
      need(arguments.length, 1, 'Headers.get');
      name = nameOf(name);
      const values = this.#list.filter(entry => entry[0] === name).map(entry => entry[1]);
      return values.length === 0 ? null : values.join(name === 'cookie' ? '; ' : ', ');
    }

    has(name) {
      this.#list;
      need(arguments.length, 1, 'Headers.has');
      name = nameOf(name);
      return this.#list.some(entry => entry[0] === name);
    }

    set(name, value) {
      this.#list;
      need(arguments.length, 2, 'Headers.set');
      const entry = [nameOf(name), valueOf(value)];
      this.#change();
      const first = this.#list.findIndex(one => one[0] === entry[0]);
      this.#list = this.#list.filter((one, i) => one[0] !== entry[0] || i === first);
      if (first < 0) this.#list.push(entry);
      else this.#list[first] = entry;
    }

    getSetCookie() { return this.#list.filter(entry => entry[0] === 'set-cookie').map(entry => entry[1]); }

    static sortedOf(headers) {
      if (headers.#sorted === null) {
        const names = [...new Map(headers.#list.map(entry => [entry[0], true])).keys()].sort();
        headers.#sorted = names.flatMap(name => (name === 'set-cookie' ? headers.getSetCookie().map(value => [name, value]) : [[name, headers.get(name)]]));
      }
      return headers.#sorted;
    }
  }
  const { sortedOf } = Headers;
  delete Headers.sortedOf;
  mapLike(Headers, sortedOf);
  expose(Headers);

  return { Headers, freeze, entriesOf, valuesOf };
}
