// Blob and File (File API): bytes that do not change, and their type. No vat is given the names; they come out of bodies.
(natives, { common: { expose, text, joined }, encoding: { TextDecoder }, streams: { ReadableStream } }, { Array, ArrayBuffer, Math, Number, String, Symbol, TypeError, Uint8Array }) => {
  const { utf8Encode } = natives;
  const mostPiece = 65536;
  let contentOf;
  let isBlob;

  const typeOf = value => {
    const type = String(value);
    return /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase();
  };

  /** Whole, and exact: what lies outside of these numbers or between them is brought to the nearest (Web IDL, [Clamp]). */
  const whole = value => {
    const number = Number(value);
    if (Number.isNaN(number)) return 0;
    const clamped = Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
    const down = Math.floor(clamped);
    const over = clamped - down;
    return over > 0.5 || (over === 0.5 && down % 2 !== 0) ? down + 1 : down;
  };

  const partOf = part => {
    if (isBlob(part)) return contentOf(part);
    if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    return part instanceof ArrayBuffer ? new Uint8Array(part) : utf8Encode(text(part));
  };

  const foreign = name => {
    const error = new TypeError(`Value of "this" must be of type ${name}`);
    error.code = 'ERR_INVALID_THIS';
    return error;
  };

  class Blob {
    #content;

    #type;

    static {
      isBlob = value => typeof value === 'object' && value !== null && #content in value;
      contentOf = blob => {
        if (!isBlob(blob)) throw foreign('Blob');
        return blob.#content;
      };
    }

    constructor(parts = [], options = undefined) {
      if (parts === null || typeof parts !== 'object' || typeof parts[Symbol.iterator] !== 'function') throw new TypeError('Value cannot be converted to sequence.');
      this.#content = joined(Array.from(parts, partOf));
      this.#type = typeOf(options?.type ?? '');
    }

    get size() { return contentOf(this).length; }

    get type() { return contentOf(this) && this.#type; }

    slice(start = 0, end = contentOf(this).length, contentType = '') {
      const { length } = contentOf(this);
      const at = index => (index < 0 ? Math.max(length + index, 0) : Math.min(index, length));
      const from = at(whole(start));
      return new Blob([contentOf(this).subarray(from, Math.max(at(whole(end)), from))], { type: String(contentType) });
    }

    stream() {
      const content = contentOf(this);
      let at = 0;
      return new ReadableStream({
        type: 'bytes',
        pull(controller) {
          if (at < content.length) controller.enqueue(content.slice(at, at + mostPiece));
          at += mostPiece;
          if (at >= content.length) controller.close();
        },
      });
    }

    async text() { return new TextDecoder().decode(contentOf(this)); }

    async arrayBuffer() { return contentOf(this).slice().buffer; }

    async bytes() { return contentOf(this).slice(); }
  }
  expose(Blob);

  let isFile;

  class File extends Blob {
    #name;

    // A vat that was not given a clock reads none here.
    #lastModified = 0;

    static { isFile = value => typeof value === 'object' && value !== null && #name in value; }

    constructor(parts, name, options = undefined) {
      super(parts, options);
      this.#name = text(name);
      if (options?.lastModified !== undefined) this.#lastModified = Number(options.lastModified) || 0;
    }

    get name() { return this.#name; }

    get lastModified() { return this.#lastModified; }
  }
  expose(File);

  return { Blob, File, isBlob, isFile, contentOf };
}
