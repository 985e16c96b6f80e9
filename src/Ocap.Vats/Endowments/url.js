// URL and URLSearchParams (URL standard §6). Parsing is native; a URL here is a handle to it.
(natives, { common: { expose, text, mapLike } }, { Array, Object, Reflect, Symbol, TypeError }) => {
  const { parse, part, setPart, parseForm, serializeForm } = natives;
  const specified = (given, ...names) => {
    if (given.length >= names.length) return;
    const error = new TypeError(`The ${names.map(name => `"${name}"`).join(' and ')} argument${names.length === 1 ? '' : 's'} must be specified`);
    error.code = 'ERR_MISSING_ARGS';
    throw error;
  };
  let link;
  let refresh;

  const pairsOf = init => {
    const method = init[Symbol.iterator];
    if (method === undefined || method === null) {
      const seen = [];
      for (const key of Reflect.ownKeys(init)) {
        if (!Object.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
        const name = text(key);
        const value = text(init[key]);
        const known = seen.find(pair => pair[0] === name);
        if (known) known[1] = value;
        else seen.push([name, value]);
      }
      return seen;
    }
    if (typeof method !== 'function') throw new TypeError('Query pairs must be iterable');
    return Array.from(init, pair => {
      if (pair === null || (typeof pair !== 'object' && typeof pair !== 'function') || typeof pair[Symbol.iterator] !== 'function') {
        throw new TypeError('Each query pair must be an iterable [name, value] tuple');
      }
      const both = Array.from(pair);
      if (both.length !== 2) throw new TypeError('Each query pair must be an iterable [name, value] tuple');
      return [text(both[0]), text(both[1])];
    });
  };

  const fromForm = query => {
    const flat = parseForm(query);
    return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
  };

  const byUnits = (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);

  class URLSearchParams {
    #pairs = [];

    #url;

    static {
      link = (params, url, query) => {
        params.#url = url;
        params.#pairs = fromForm(query);
      };
    }

    constructor(init = '') {
      if ((typeof init === 'object' && init !== null) || typeof init === 'function') {
        this.#pairs = pairsOf(init);
      } else {
        const query = text(init);
        this.#pairs = fromForm(query.startsWith('?') ? query.slice(1) : query);
      }
    }

    static entriesOf(params) { return params.#pairs; }

    #changed() {
      if (this.#url) setPart(this.#url, 'query', serializeForm(this.#pairs.flat()));
    }

    get size() { return this.#pairs.length; }

    append(name, value) {
      this.#pairs;
      specified(arguments, 'name', 'value');
      this.#pairs.push([text(name), text(value)]);
      this.#changed();
    }

    delete(name, value = undefined) {
      this.#pairs;
      specified(arguments, 'name');
      name = text(name);
      if (value !== undefined) value = text(value);
      this.#replace(this.#pairs.filter(pair => pair[0] !== name || (value !== undefined && pair[1] !== value)));
    }

    #replace(pairs) {
      // In place: iterators under way look at this list.
      this.#pairs.splice(0, this.#pairs.length, ...pairs);
      this.#changed();
    }

    get(name) {
      this.#pairs;
      specified(arguments, 'name');
      name = text(name);
      return this.#pairs.find(pair => pair[0] === name)?.[1] ?? null;
    }

    getAll(name) {
      this.#pairs;
      specified(arguments, 'name');
      name = text(name);
      return this.#pairs.filter(pair => pair[0] === name).map(pair => pair[1]);
    }

    has(name, value = undefined) {
      this.#pairs;
      specified(arguments, 'name');
      name = text(name);
      if (value !== undefined) value = text(value);
      return this.#pairs.some(pair => pair[0] === name && (value === undefined || pair[1] === value));
    }

    set(name, value) {
      this.#pairs;
      specified(arguments, 'name', 'value');
      name = text(name);
      value = text(value);
      const first = this.#pairs.find(pair => pair[0] === name);
      if (first) first[1] = value;
      else this.#pairs.push([name, value]);
      this.#replace(this.#pairs.filter(pair => pair[0] !== name || pair === first || first === undefined));
    }

    sort() { this.#replace([...this.#pairs].sort(byUnits)); }

    toString() { return serializeForm(this.#pairs.flat()); }
  }
  const { entriesOf } = URLSearchParams;
  delete URLSearchParams.entriesOf;
  mapLike(URLSearchParams, entriesOf);
  expose(URLSearchParams);

  const parsed = (url, base) => parse(text(url), base === undefined ? undefined : text(base));

  class URL {
    #handle;

    #params;

    static {
      refresh = url => {
        if (url.#params) link(url.#params, url.#handle, part(url.#handle, 'query'));
      };
    }

    constructor(url, base = undefined) {
      specified(arguments, 'url');
      this.#handle = parsed(url, base);
      if (this.#handle === null) {
        const error = new TypeError('Invalid URL');
        error.code = 'ERR_INVALID_URL';
        error.input = text(url);
        if (base !== undefined) error.base = text(base);
        throw error;
      }
    }

    static canParse(url, base = undefined) {
      specified(arguments, 'url');
      return parsed(url, base) !== null;
    }

    static parse(url, base = undefined) {
      specified(arguments, 'url');
      return parsed(url, base) === null ? null : new URL(url, base);
    }

    get href() { return part(this.#handle, 'href'); }

    set href(value) {
      const handle = parse(text(value));
      if (handle === null) {
        const error = new TypeError('Invalid URL');
        error.code = 'ERR_INVALID_URL';
        error.input = text(value);
        throw error;
      }
      this.#handle = handle;
      refresh(this);
    }

    get origin() { return part(this.#handle, 'origin'); }

    get protocol() { return part(this.#handle, 'protocol'); }

    set protocol(value) { setPart(this.#handle, 'protocol', text(value)); }

    get username() { return part(this.#handle, 'username'); }

    set username(value) { setPart(this.#handle, 'username', text(value)); }

    get password() { return part(this.#handle, 'password'); }

    set password(value) { setPart(this.#handle, 'password', text(value)); }

    get host() { return part(this.#handle, 'host'); }

    set host(value) { setPart(this.#handle, 'host', text(value)); }

    get hostname() { return part(this.#handle, 'hostname'); }

    set hostname(value) { setPart(this.#handle, 'hostname', text(value)); }

    get port() { return part(this.#handle, 'port'); }

    set port(value) { setPart(this.#handle, 'port', text(value)); }

    get pathname() { return part(this.#handle, 'pathname'); }

    set pathname(value) { setPart(this.#handle, 'pathname', text(value)); }

    get search() { return part(this.#handle, 'search'); }

    set search(value) {
      setPart(this.#handle, 'search', text(value));
      refresh(this);
    }

    get searchParams() {
      if (!this.#params) {
        this.#params = new URLSearchParams();
        link(this.#params, this.#handle, part(this.#handle, 'query'));
      }
      return this.#params;
    }

    get hash() { return part(this.#handle, 'hash'); }

    set hash(value) { setPart(this.#handle, 'hash', text(value)); }

    toString() { return part(this.#handle, 'href'); }

    toJSON() { return part(this.#handle, 'href'); }
  }
  expose(URL);

  return { URL, URLSearchParams };
}
