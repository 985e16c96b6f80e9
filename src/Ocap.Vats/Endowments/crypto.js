// crypto and SubtleCrypto (Web Cryptography §10, §14). The primitives are native; how arguments are read is in algorithms.js, keys are in keys.js.
(natives, {
  common: { DOMException, expose },
  cryptokey: { CryptoKey, materialOf, detailsOf },
  algorithms: { refuse, normalize, hashes, read },
  keys: { importKey, exportKey, generateKey, firstBits },
}, { Array, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array, JSON, Math, Object, Promise, TypeError }) => {
  const bufferOf = bytes => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  /** A mebibyte: more than any key, and no burden. */
  const mostDerivedBits = 2 ** 23;
  const failed = () => refuse('OperationError', 'The operation failed for an operation-specific reason');

  /** The bytes of a key that may be used so. */
  const mayUse = (key, algorithm, usage) => {
    const about = detailsOf(key);
    if (about.algorithm.name !== algorithm.name) refuse('InvalidAccessError', 'Key algorithm mismatch');
    if (!about.usages.includes(usage)) refuse('InvalidAccessError', `Unable to use this key to ${usage}`);
    return { ...materialOf(key), ...about.algorithm };
  };

  const cipher = (encrypts, wanted, { secret }, input) => {
    switch (wanted.name) {
      case 'AES-GCM':
        if (wanted.iv.length === 0) failed();
        return natives.aesGcm(encrypts, secret, wanted.iv, wanted.additionalData ?? new Uint8Array(0), wanted.tagLength ?? 128, input) ?? failed();
      case 'AES-CBC':
        return natives.aesCbc(encrypts, secret, wanted.iv, input) ?? failed();
      default:
        if (wanted.length < 32 && Math.ceil(input.length / 16) > 2 ** wanted.length) failed();
        return natives.aesCtr(secret, wanted.counter, wanted.length, input);
    }
  };

  const sign = (wanted, { secret, hash, namedCurve }, input) => {
    switch (wanted.name) {
      case 'HMAC': return natives.hmac(hash.name, secret, input);
      case 'Ed25519': return natives.ed25519Sign(secret, input);
      default: return natives.ecSign(namedCurve, wanted.hash.name, secret, input);
    }
  };

  const same = (a, b) => {
    if (a.length !== b.length) return false;
    let differs = 0;
    for (let i = 0; i < a.length; i += 1) differs |= a[i] ^ b[i];
    return differs === 0;
  };

  const verify = (wanted, { secret, point, hash, namedCurve }, mark, input) => {
    switch (wanted.name) {
      case 'HMAC': return same(natives.hmac(hash.name, secret, input), mark);
      case 'Ed25519': return natives.ed25519Verify(point, mark, input);
      default: return natives.ecVerify(namedCurve, wanted.hash.name, point, mark, input);
    }
  };

  const agree = (wanted, { secret, namedCurve }, length) => {
    const other = materialOf(wanted.public);
    if (detailsOf(wanted.public).algorithm.namedCurve !== namedCurve) refuse('InvalidAccessError', 'Named curve mismatch');
    const shared = (namedCurve === undefined ? natives.x25519Agree(secret, other.point) : natives.ecAgree(namedCurve, secret, other.point)) ?? failed();
    if (length === null) return shared;
    return Math.ceil(length / 8) > shared.length ? refuse('OperationError', 'derived bit length is too small') : firstBits(shared, length);
  };

  const derive = (wanted, key, length, usage) => {
    const { usages, algorithm } = detailsOf(key);
    if (!usages.includes(usage)) refuse('InvalidAccessError', `baseKey does not have ${usage} usage`);
    const { secret } = mayUse(key, wanted, usage);
    if (wanted.public) return agree(wanted, { secret, ...algorithm }, length);
    if (length === null) refuse('OperationError', 'length cannot be null');
    if (length % 8 !== 0) refuse('OperationError', 'length must be a multiple of 8');
    if (length === 0) return new Uint8Array(0);
    if (length > mostDerivedBits) failed();
    return (wanted.name === 'HKDF'
      ? natives.hkdf(wanted.hash.name, secret, wanted.salt, wanted.info, length / 8)
      : natives.pbkdf2(wanted.hash.name, secret, wanted.salt, wanted.iterations, length / 8)) ?? failed();
  };

  const lengthOf = ({ name, length, hash }) => (name === 'HMAC' ? length ?? hashes[hash.name].block * 8 : length ?? null);
  const exported = value => (value instanceof Uint8Array ? bufferOf(value) : value);
  const parsed = bytes => {
    let value = null;
    try {
      value = JSON.parse(natives.utf8Decode(bytes));
    } catch {
      // It is no JSON, and so no key.
    }
    return value !== null && typeof value === 'object' && Object.hasOwn(value, 'kty') ? read.jwk(value, { prefix: 'unwrapKey', context: 'key' }) : refuse('DataError', 'Invalid wrapped JWK key');
  };
  const keyData = (value, at, [format]) => (format === 'jwk' ? read.jwk : read.bytes)(value, at);
  const optionalLength = (value, at) => (value === null ? null : read.long(value, at));

  let allowed = false;
  let the = null;
  const ordinals = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th'];
  const foreign = name => {
    const error = new TypeError(`Value of "this" must be of type ${name}`);
    error.code = 'ERR_INVALID_THIS';
    return error;
  };
  /** Reads the arguments in their order, does the work at once, and tells of it later. */
  const call = (receiver, method, given, readers, work, required = readers.length) => {
    try {
      if (receiver !== the) throw foreign('SubtleCrypto');
      const prefix = `Failed to execute '${method}' on 'SubtleCrypto'`;
      if (given.length < required) throw new TypeError(`${prefix}: ${required} arguments required, but only ${given.length} present.`);
      const values = [];
      readers.forEach((reader, i) => values.push(reader(given[i], { prefix, context: `${ordinals[i]} argument` }, values)));
      return Promise.resolve(work(...values));
    } catch (error) {
      return Promise.reject(error);
    }
  };
  const { identifier, key: keyOf, bytes, flag, format: formatOf, keyUsages } = read;

  class SubtleCrypto {
    constructor() {
      if (!allowed) throw new TypeError('Illegal constructor');
      allowed = false;
    }

    encrypt(algorithm, key, data) {
      return call(this, 'encrypt', arguments, [identifier, keyOf, bytes], (name, by, input) => {
        const wanted = normalize(name, 'encrypt');
        return bufferOf(cipher(true, wanted, mayUse(by, wanted, 'encrypt'), input));
      });
    }

    decrypt(algorithm, key, data) {
      return call(this, 'decrypt', arguments, [identifier, keyOf, bytes], (name, by, input) => {
        const wanted = normalize(name, 'decrypt');
        return bufferOf(cipher(false, wanted, mayUse(by, wanted, 'decrypt'), input));
      });
    }

    sign(algorithm, key, data) {
      return call(this, 'sign', arguments, [identifier, keyOf, bytes], (name, by, input) => {
        const wanted = normalize(name, 'sign');
        return bufferOf(sign(wanted, mayUse(by, wanted, 'sign'), input));
      });
    }

    verify(algorithm, key, signature, data) {
      return call(this, 'verify', arguments, [identifier, keyOf, bytes, bytes], (name, by, mark, input) => {
        const wanted = normalize(name, 'verify');
        return verify(wanted, mayUse(by, wanted, 'verify'), mark, input);
      });
    }

    digest(algorithm, data) {
      return call(this, 'digest', arguments, [identifier, bytes], (name, input) => bufferOf(natives.digest(normalize(name, 'digest').name, input)));
    }

    generateKey(algorithm, extractable, usages) {
      return call(this, 'generateKey', arguments, [identifier, flag, keyUsages], (name, isOpen, uses) => generateKey(normalize(name, 'generateKey'), isOpen, uses));
    }

    deriveKey(algorithm, baseKey, derivedKeyType, extractable, usages) {
      return call(this, 'deriveKey', arguments, [identifier, keyOf, identifier, flag, keyUsages], (name, base, type, isOpen, uses) => {
        const [wanted, made, measured] = [normalize(name, 'deriveBits'), normalize(type, 'importKey'), normalize(type, 'keyLength')];
        return importKey('raw', derive(wanted, base, lengthOf(measured), 'deriveKey'), made, isOpen, uses);
      });
    }

    deriveBits(algorithm, baseKey, length = null) {
      return call(this, 'deriveBits', [...arguments].slice(0, 2).concat(arguments.length > 1 ? [length] : []), [identifier, keyOf, optionalLength],
        (name, base, bits) => bufferOf(derive(normalize(name, 'deriveBits'), base, bits, 'deriveBits')), 2);
    }

    importKey(format, keyData_, algorithm, extractable, usages) {
      return call(this, 'importKey', arguments, [formatOf, keyData, identifier, flag, keyUsages], (kind, data, name, isOpen, uses) => importKey(kind, data, normalize(name, 'importKey'), isOpen, uses));
    }

    exportKey(format, key) { return call(this, 'exportKey', arguments, [formatOf, keyOf], (kind, shown) => exported(exportKey(kind, shown))); }

    wrapKey(format, key, wrappingKey, wrapAlgorithm) {
      return call(this, 'wrapKey', arguments, [formatOf, keyOf, keyOf, identifier], (kind, shown, by, name) => {
        const wanted = normalize(name, 'encrypt');
        const material = mayUse(by, wanted, 'wrapKey');
        const open = exportKey(kind, shown);
        return bufferOf(cipher(true, wanted, material, kind === 'jwk' ? natives.utf8Encode(JSON.stringify(open)) : open));
      });
    }

    unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, usages) {
      return call(this, 'unwrapKey', arguments, [formatOf, bytes, keyOf, identifier, identifier, flag, keyUsages], (kind, wrapped, by, name, type, isOpen, uses) => {
        const [wanted, made] = [normalize(name, 'decrypt'), normalize(type, 'importKey')];
        const open = cipher(false, wanted, mayUse(by, wanted, 'unwrapKey'), wrapped);
        return importKey(kind, kind === 'jwk' ? parsed(open) : open, made, isOpen, uses);
      });
    }
  }
  expose(SubtleCrypto);

  const integers = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array];

  class Crypto {
    #subtle;

    constructor() {
      if (!allowed) throw new TypeError('Illegal constructor');
      this.#subtle = new SubtleCrypto();
    }

    static mine(value) {
      if (typeof value !== 'object' || value === null || !(#subtle in value)) throw foreign('Crypto');
      return value.#subtle;
    }

    get subtle() { return mine(this); }

    getRandomValues(array) {
      mine(this);
      if (arguments.length < 1) throw new TypeError("Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.");
      if (!integers.some(type => array instanceof type)) throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
      if (array.byteLength > 65536) refuse('QuotaExceededError', 'The requested length exceeds 65,536 bytes');
      natives.fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      return array;
    }

    randomUUID() {
      mine(this);
      const drawn = natives.fill(new Uint8Array(16));
      drawn[6] = (drawn[6] & 0x0f) | 0x40;
      drawn[8] = (drawn[8] & 0x3f) | 0x80;
      const digits = Array.from(drawn, byte => byte.toString(16).padStart(2, '0')).join('');
      return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
    }
  }
  const { mine } = Crypto;
  delete Crypto.mine;
  expose(Crypto);

  allowed = true;
  const crypto = new Crypto();
  the = crypto.subtle;
  return { crypto, SubtleCrypto, CryptoKey };
}
