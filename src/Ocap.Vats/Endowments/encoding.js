// TextEncoder and TextDecoder (Encoding standard), atob and btoa (HTML standard). The codecs are native.
(natives, { common: { DOMException, expose, text, need } }, { ArrayBuffer, Boolean, RangeError, TypeError, Uint8Array }) => {
  const { utf8Encode, utf8EncodeInto, encodingOf, makeDecoder, base64Encode, base64Decode } = natives;

  const bytesOf = input => {
    if (input === undefined) return new Uint8Array(0);
    if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
    if (input instanceof ArrayBuffer) return new Uint8Array(input);
    const error = new TypeError('The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  };

  const optionsOf = options => {
    if (options === undefined || options === null || typeof options === 'object' || typeof options === 'function') return options ?? {};
    const error = new TypeError('The "options" argument must be of type object.');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  };

  class TextEncoder {
    #brand = true;

    get encoding() { return this.#brand && 'utf-8'; }

    encode(input = '') {
      this.#brand;
      return utf8Encode(text(input));
    }

    encodeInto(source, destination) {
      this.#brand;
      need(arguments.length, 2, 'TextEncoder.encodeInto');
      if (!(destination instanceof Uint8Array)) throw new TypeError('The "dest" argument must be an instance of Uint8Array.');
      const [read, written] = utf8EncodeInto(text(source), destination);
      return { read, written };
    }
  }
  expose(TextEncoder);

  class TextDecoder {
    #encoding;

    #fatal;

    #ignoreBOM;

    #decode;

    constructor(label = 'utf-8', options = undefined) {
      this.#encoding = encodingOf(text(label));
      if (this.#encoding === null || this.#encoding === 'replacement') {
        const error = new RangeError(`The "${this.#encoding ?? label}" encoding is not supported`);
        error.code = 'ERR_ENCODING_NOT_SUPPORTED';
        throw error;
      }
      this.#fatal = Boolean(optionsOf(options).fatal);
      this.#ignoreBOM = Boolean(optionsOf(options).ignoreBOM);
      this.#decode = makeDecoder(this.#encoding, this.#fatal, this.#ignoreBOM);
    }

    get encoding() { return this.#encoding; }

    get fatal() { return this.#fatal; }

    get ignoreBOM() { return this.#ignoreBOM; }

    decode(input = undefined, options = undefined) {
      const decoded = this.#decode(bytesOf(input), Boolean(optionsOf(options).stream));
      if (decoded === null) {
        const error = new TypeError(`The encoded data was not valid for encoding ${this.#encoding}`);
        error.code = 'ERR_ENCODING_INVALID_ENCODED_DATA';
        throw error;
      }
      return decoded;
    }
  }
  expose(TextDecoder);

  const { atob, btoa } = {
    atob(data) {
      need(arguments.length, 1, 'atob');
      const decoded = base64Decode(`${data}`);
      if (decoded === null) throw new DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
      return decoded;
    },
    btoa(data) {
      need(arguments.length, 1, 'btoa');
      const encoded = base64Encode(`${data}`);
      if (encoded === null) throw new DOMException('Invalid character', 'InvalidCharacterError');
      return encoded;
    },
  };

  return { TextEncoder, TextDecoder, atob, btoa };
}
