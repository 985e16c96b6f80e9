// fetch, Request and Response (Fetch standard §5). What travels does so on the daemon's side; each thing that comes back is a crank.
(natives, {
  common: { expose, text, need, dictionary },
  url: { URL },
  abort: { AbortSignal, follow, is: isSignal },
  streams: { ReadableStream },
  headers: { Headers, freeze, isFixed, entriesOf },
  bodies: { Body, bodyOf, setBody, headersOf, setHeaders, copyBody, takeBody, extract },
}, { Boolean, Error, JSON, Math, Number, Object, Promise, RangeError, Reflect, String, TypeError }) => {
  const { begin, more, cancel, harden } = natives;
  const nullStatuses = [101, 103, 204, 205, 304];
  const redirectStatuses = [301, 302, 303, 307, 308];

  const parsed = url => {
    try {
      return new URL(url);
    } catch (cause) {
      throw new TypeError(`Failed to parse URL from ${url}`, { cause });
    }
  };

  const statusText = value => {
    const phrase = String(value);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(phrase)) throw new TypeError('Invalid statusText');
    return phrase;
  };

  let receive;

  class Response extends Body {
    #type = 'default';

    #url = '';

    #redirected = false;

    #status = 200;

    #statusText = '';

    static {
      receive = (head, stream) => {
        const response = new Response(null, { status: 200, headers: head.headers });
        response.#status = head.status;
        response.#statusText = head.statusText;
        response.#url = head.url;
        response.#redirected = head.redirected;
        response.#type = 'basic';
        freeze(response.headers);
        setBody(response, stream && { stream, bytes: null, type: null });
        return response;
      };
    }

    constructor(body = null, init = {}) {
      super();
      init = dictionary(init);
      if (init.status !== undefined) {
        const status = Number(init.status);
        if (!(status >= 200 && status <= 599)) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
        this.#status = Math.trunc(status);
      }
      if (init.statusText !== undefined) this.#statusText = statusText(init.statusText);
      const headers = setHeaders(this, new Headers(init.headers));
      if (body !== null && body !== undefined) {
        if (nullStatuses.includes(this.#status)) throw new TypeError(`Response constructor: Invalid response status code ${this.#status}`);
        const extracted = extract(body);
        setBody(this, extracted);
        if (extracted.type && !headers.has('content-type')) headers.append('content-type', extracted.type);
      }
    }

    static error() {
      const response = new Response();
      response.#type = 'error';
      response.#status = 0;
      freeze(response.headers);
      return response;
    }

    static json(data, init = {}) {
      need(arguments.length, 1, 'Response.json');
      const json = JSON.stringify(data);
      if (json === undefined) throw new TypeError('Value is not JSON serializable');
      const headers = new Headers(init?.headers);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return new Response(json, { ...init, headers });
    }

    static redirect(url, status = 302) {
      need(arguments.length, 1, 'Response.redirect');
      const location = parsed(text(url)).href;
      if (!redirectStatuses.includes(Number(status))) throw new RangeError(`Invalid status code ${status}`);
      const response = new Response(null, { headers: { location } });
      response.#status = Number(status);
      freeze(response.headers);
      return response;
    }

    get type() { return this.#type; }

    get url() { return this.#url; }

    get redirected() { return this.#redirected; }

    get status() { return this.#status; }

    get ok() { return this.#status >= 200 && this.#status <= 299; }

    get statusText() { return this.#statusText; }

    clone() {
      const copy = new Response(null, { headers: headersOf(this) });
      if (isFixed(headersOf(this))) freeze(copy.headers);
      copyBody(this, copy, 'Response.clone: Body has already been consumed.');
      copy.#type = this.#type;
      copy.#url = this.#url;
      copy.#redirected = this.#redirected;
      copy.#status = this.#status;
      copy.#statusText = this.#statusText;
      return copy;
    }
  }

  const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
  const methodOf = value => {
    const method = String(value);
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
    const upper = method.toUpperCase();
    if (['CONNECT', 'TRACE', 'TRACK'].includes(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
    return methods.includes(upper) ? upper : method;
  };
  const oneOf = (name, values, value) => {
    if (!values.includes(String(value))) throw new TypeError(`${value} is not a valid value for ${name}`);
    return String(value);
  };

  /** Members that say how a browser would fetch: kept and shown, of no effect. */
  const kept = {
    mode: [['cors', 'no-cors', 'same-origin'], 'cors'],
    credentials: [['omit', 'same-origin', 'include'], 'same-origin'],
    cache: [['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'], 'default'],
    redirect: [['follow', 'error', 'manual'], 'follow'],
  };

  const referrerOf = value => {
    const given = String(value);
    if (given === '') return '';
    try {
      return new URL(given).href;
    } catch (cause) {
      throw new TypeError(`Referrer "${given}" is not a valid URL.`, { cause });
    }
  };
  const referrerPolicies = ['', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url'];

  let isRequest;
  let urlOf;

  class Request extends Body {
    #method = 'GET';

    #url;

    #signal;

    #options = {};

    static {
      isRequest = value => typeof value === 'object' && value !== null && #url in value;
      urlOf = request => request.#url;
    }

    constructor(input, init = {}) {
      need(arguments.length, 1, 'Request constructor');
      super();
      init = dictionary(init);
      const source = isRequest(input) ? input : null;
      if (source) {
        this.#url = source.#url;
      } else {
        const asked = text(input);
        const url = parsed(asked);
        if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${asked}`);
        this.#url = url.href;
      }
      const options = this.#options;
      for (const [name, [values, fallback]] of Object.entries(kept)) {
        options[name] = init[name] === undefined ? source?.#options[name] ?? fallback : oneOf(name, values, init[name]);
      }
      options.referrerPolicy = init.referrerPolicy === undefined ? '' : oneOf('referrerPolicy', referrerPolicies, init.referrerPolicy);
      if (init.window !== undefined && init.window !== null) throw new TypeError("'window' option 'client' must be null");
      options.referrer = init.referrer === undefined ? 'about:client' : referrerOf(init.referrer);
      if (options.cache === 'only-if-cached' && options.mode !== 'same-origin') throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
      this.#options.integrity = init.integrity === undefined ? source?.#options.integrity ?? '' : String(init.integrity);
      this.#options.keepalive = init.keepalive === undefined ? source?.#options.keepalive ?? false : Boolean(init.keepalive);
      this.#method = init.method === undefined ? source?.#method ?? 'GET' : methodOf(init.method);
      const headers = setHeaders(this, new Headers(init.headers === undefined && source ? headersOf(source) : init.headers));
      const signal = init.signal === undefined ? source?.#signal ?? null : init.signal;
      if (signal !== null && !isSignal(signal)) throw new TypeError('The signal must be an AbortSignal.');
      this.#signal = AbortSignal.any(signal === null ? [] : [signal]);
      const hasBody = (init.body !== undefined && init.body !== null) || (source && init.body === undefined && bodyOf(source) !== null);
      if (hasBody && ['GET', 'HEAD'].includes(this.#method)) throw new TypeError('Request with GET/HEAD method cannot have body.');
      if (init.body !== undefined && init.body !== null) {
        const extracted = extract(init.body);
        if (extracted.stream && init.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
        setBody(this, extracted);
        if (extracted.type && !headers.has('content-type')) headers.append('content-type', extracted.type);
      } else if (hasBody) {
        takeBody(source, this);
      }
    }

    get method() { return this.#method; }

    get url() { return this.#url; }

    get destination() { return this.#url && ''; }

    get referrer() { return this.#options.referrer; }

    get referrerPolicy() { return this.#options.referrerPolicy; }

    get mode() { return this.#options.mode; }

    get credentials() { return this.#options.credentials; }

    get cache() { return this.#options.cache; }

    get redirect() { return this.#options.redirect; }

    get integrity() { return this.#options.integrity; }

    get keepalive() { return this.#options.keepalive; }

    get isReloadNavigation() { return this.#url && false; }

    get isHistoryNavigation() { return this.#url && false; }

    get signal() { return this.#signal; }

    get duplex() { return this.#url && 'half'; }

    clone() {
      const copy = new Request(this.#url, { ...this.#options, method: this.#method, headers: headersOf(this), signal: this.#signal });
      copyBody(this, copy, 'unusable');
      return copy;
    }
  }

  // The body's members belong to both classes, not to one above them.
  for (const Class of [Request, Response]) {
    for (const key of Reflect.ownKeys(Body.prototype)) {
      if (key !== 'constructor') Object.defineProperty(Class.prototype, key, Object.getOwnPropertyDescriptor(Body.prototype, key));
    }
    expose(Class);
    Object.setPrototypeOf(Class.prototype, Object.prototype);
  }

  const failure = ({ kind, message, code }, what) => {
    if (kind !== 'TypeError') return new Error(message);
    const cause = new Error(message);
    if (code !== null) cause.code = code;
    return new TypeError(what, { cause });
  };

  const send = (request, bytes) => new Promise((resolve, reject) => {
    let id = null;
    let controller = null;
    let unfollow = () => {};
    const settle = error => {
      unfollow();
      if (controller) controller.error(error);
      else reject(error);
    };
    const close = () => {
      unfollow();
      if (controller) controller.close();
    };
    const onHead = head => {
      const hasBody = request.method !== 'HEAD' && !nullStatuses.includes(head.status);
      const stream = hasBody ? new ReadableStream({
        type: 'bytes',
        start(made) { controller = made; },
        pull() { more(id); },
        cancel() { unfollow(); cancel(id); },
      }) : null;
      if (!hasBody) {
        cancel(id);
        unfollow();
      }
      try {
        resolve(harden(receive(head, stream)));
      } catch (cause) {
        // A head that is none: nobody would ever hear of it.
        cancel(id);
        unfollow();
        reject(new TypeError('fetch failed', { cause }));
      }
    };
    id = begin(request.method, request.url, entriesOf(request.headers).flat(), bytes, request.redirect, {
      head: onHead,
      piece: bytes => controller.enqueue(bytes),
      end: close,
      failed: details => settle(failure(details, controller ? 'terminated' : 'fetch failed')),
    });
    unfollow = follow(request.signal, reason => {
      cancel(id);
      settle(reason);
    });
  });

  const makeFetch = allowedHosts => {
    const hosts = [...allowedHosts];
    const { fetch } = {
      async fetch(input, init = undefined) {
        need(arguments.length, 1, 'fetch');
        // Read once: what is checked is what is fetched.
        const target = isRequest(input) ? input : text(input);
        const { hostname, protocol } = new URL(isRequest(target) ? urlOf(target) : target);
        if (protocol === 'file:') {
          throw new Error('fetch cannot target file:// URLs. Use the fs platform capability (VatConfig.platformConfig.fs) for filesystem access.');
        }
        if (!hosts.includes(hostname)) throw new Error(`Invalid host: ${hostname}`);
        const request = new Request(target, init);
        if (request.signal.aborted) throw request.signal.reason;
        if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError('fetch failed', { cause: new Error('unknown scheme') });
        const bytes = bodyOf(request) === null ? null : await request.bytes();
        if (request.signal.aborted) throw request.signal.reason;
        return send(request, bytes);
      },
    };
    return fetch;
  };

  return { Request, Response, makeFetch };
}
