// Bodies of requests and responses (Fetch standard §5.2, §5.3): what they are made of, and what they give, once.
(natives, {
  common: { text, joined },
  url: { URLSearchParams },
  encoding: { TextDecoder },
  streams: { ReadableStream, ReadableStreamDefaultReader, isDisturbed, isLocked, split, usedUp },
  headers: { valuesOf },
  blobs: { Blob, isBlob, contentOf },
  forms: { isForm, encode, decode },
}, { ArrayBuffer, Boolean, JSON, String, Symbol, TypeError, Uint8Array }) => {
  const { utf8Encode, mimeTypeOf, harden } = natives;

  const streamed = stream => {
    if (isLocked(stream) || isDisturbed(stream)) throw new TypeError('Response body object should not be disturbed or locked');
    return { stream, bytes: null, type: null };
  };
  const whole = (bytes, type = null) => ({ stream: null, bytes, type });

  /** What a source of pieces may give for bytes: text and lists of numbers too, as Node takes them. */
  const pieceOf = value => {
    if (typeof value === 'string') return utf8Encode(text(value));
    if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
    if (typeof value === 'object' && typeof value?.length === 'number') return Uint8Array.from(value);
    throw new TypeError('A piece of a body must be bytes or text.');
  };

  const bytesFrom = iterable => {
    const iterator = iterable[Symbol.asyncIterator]();
    return new ReadableStream({
      type: 'bytes',
      async pull(controller) {
        for (;;) {
          const { value, done } = await iterator.next();
          if (done) {
            controller.close();
            return;
          }
          const piece = pieceOf(value);
          if (piece.length > 0) {
            controller.enqueue(piece);
            return;
          }
        }
      },
      async cancel(reason) { await iterator.return?.(reason); },
    });
  };

  /** A body: its bytes, or the stream they come from; and the content type that its kind implies. */
  const extract = init => {
    if (init instanceof ReadableStream) return streamed(init);
    if (isBlob(init)) return whole(contentOf(init), init.type || null);
    if (init instanceof ArrayBuffer) return whole(new Uint8Array(init.slice(0)));
    if (ArrayBuffer.isView(init)) return whole(new Uint8Array(init.buffer, init.byteOffset, init.byteLength).slice());
    if (isForm(init)) {
      const { bytes, type } = encode(init);
      return whole(bytes, type);
    }
    if (init instanceof URLSearchParams) return whole(utf8Encode(String(init)), 'application/x-www-form-urlencoded;charset=UTF-8');
    if (typeof init?.[Symbol.asyncIterator] === 'function') return streamed(bytesFrom(init));
    return whole(utf8Encode(text(init)), 'text/plain;charset=UTF-8');
  };

  const gather = async stream => {
    const reader = new ReadableStreamDefaultReader(stream);
    const pieces = [];
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return joined(pieces);
      if (!(value instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
      pieces.push(value);
    }
  };

  let bodyOf;
  let setBody;
  let headersOf;
  let setHeaders;
  let copyBody;
  let takeBody;

  class Body {
    #body = null;

    #headers = null;

    #used = false;

    static {
      bodyOf = owner => owner.#body;
      setBody = (owner, body) => { owner.#body = body; };
      headersOf = owner => owner.#headers;
      setHeaders = (owner, headers) => {
        owner.#headers = headers;
        return headers;
      };
      copyBody = (from, to, complaint) => {
        if (from.#unusable) throw new TypeError(complaint);
        if (from.#body === null) return;
        if (from.#body.stream) {
          const [one, other] = split(from.#body.stream);
          from.#body = { ...from.#body, stream: one };
          to.#body = { ...from.#body, stream: other };
        } else {
          to.#body = { ...from.#body };
        }
      };
      takeBody = (from, to) => {
        if (from.#unusable) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
        to.#body = from.#body;
        from.#body = { stream: null, bytes: null, type: null };
        from.#used = true;
      };
    }

    get headers() { return this.#headers; }

    get body() {
      if (this.#body === null) return null;
      if (!this.#body.stream) {
        this.#body.stream = this.#used ? usedUp() : new Blob([this.#body.bytes]).stream();
        this.#body.bytes = null;
      }
      return this.#body.stream;
    }

    get bodyUsed() { return this.#isRead; }

    get #isRead() { return this.#used || Boolean(this.#body?.stream && isDisturbed(this.#body.stream)); }

    get #unusable() { return this.#isRead || Boolean(this.#body?.stream && isLocked(this.#body.stream)); }

    async #consume() {
      if (this.#unusable) throw new TypeError('Body is unusable: Body has already been read');
      if (this.#body === null) return new Uint8Array(0);
      this.#used = true;
      if (this.#body.stream) return gather(this.#body.stream);
      const { bytes } = this.#body;
      this.#body.bytes = null;
      return bytes;
    }

    /** [essence, boundary, the whole], or null when the headers say nothing that can be understood. */
    get #mimeType() { return mimeTypeOf(valuesOf(this.#headers, 'content-type')); }

    async arrayBuffer() { return (await this.#consume()).slice().buffer; }

    async blob() { return harden(new Blob([await this.#consume()], { type: this.#mimeType?.[2] ?? '' })); }

    async bytes() { return (await this.#consume()).slice(); }

    async formData() { return harden(decode(await this.#consume(), this.#mimeType)); }

    async json() { return JSON.parse(new TextDecoder().decode(await this.#consume())); }

    async text() { return new TextDecoder().decode(await this.#consume()); }
  }

  return { Body, bodyOf, setBody, headersOf, setHeaders, copyBody, takeBody, extract };
}
