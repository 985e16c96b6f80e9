// crypto, SubtleCrypto and CryptoKey (Web Cryptography). The primitives are native; here are the rules around them.
(natives, { common }, { Array, ArrayBuffer, Boolean, JSON, Math, Number, Object, Promise, Set, String, TypeError, Uint8Array, Uint8ClampedArray, Int8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array }) => {
  const { DOMException, expose, need } = common;
  const { fill, toBase64Url, fromBase64Url } = natives;
  const refuse = (name, message) => { throw new DOMException(message, name); };

  const bytesOf = (value, what) => {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
    if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
    throw new TypeError(`${what} must be an ArrayBuffer or a view of one`);
  };
  const bufferOf = bytes => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const random = length => fill(new Uint8Array(length));
  const joined = (...parts) => common.joined(parts);
  const hex = digits => Uint8Array.from(digits.match(/../g), pair => Number.parseInt(pair, 16));
  const startsWith = (bytes, prefix) => bytes.length >= prefix.length && prefix.every((byte, i) => bytes[i] === byte);

  const hashes = { 'SHA-1': { block: 64, size: 20, jwk: '1' }, 'SHA-256': { block: 64, size: 32, jwk: '256' }, 'SHA-384': { block: 128, size: 48, jwk: '384' }, 'SHA-512': { block: 128, size: 64, jwk: '512' } };
  const curves = {
    'P-256': {
      size: 32, hash: 'SHA-256',
      spki: hex('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
      pkcs8: hex('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420'),
      between: hex('a144034200'),
      inner: hex('301306072a8648ce3d020106082a8648ce3d030107'),
    },
    'P-384': {
      size: 48, hash: 'SHA-384',
      spki: hex('3076301006072a8648ce3d020106052b81040022036200'),
      pkcs8: hex('3081b6020100301006072a8648ce3d020106052b8104002204819e30819b0201010430'),
      between: hex('a164036200'),
      inner: hex('301006072a8648ce3d020106052b81040022'),
    },
  };
  const octets = {
    Ed25519: { spki: hex('302a300506032b6570032100'), pkcs8: hex('302e020100300506032b657004220420') },
    X25519: { spki: hex('302a300506032b656e032100'), pkcs8: hex('302e020100300506032b656e04220420') },
  };
  const names = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'HMAC', 'AES-GCM', 'AES-CBC', 'AES-CTR', 'PBKDF2', 'HKDF', 'Ed25519', 'X25519', 'ECDSA', 'ECDH'];

  const normalize = (algorithm, allowed = names) => {
    const described = (typeof algorithm === 'object' && algorithm !== null) || typeof algorithm === 'function' ? algorithm : { name: String(algorithm) };
    if (described.name === undefined) throw new TypeError('An algorithm must be a name or an object with a name');
    const known = allowed.find(one => one.toLowerCase() === String(described.name).toLowerCase());
    if (!known) refuse('NotSupportedError', 'Unrecognized algorithm name');
    return { ...described, name: known };
  };
  const hashOf = algorithm => {
    if (algorithm.hash === undefined) throw new TypeError('The algorithm needs a hash');
    return normalize(algorithm.hash, Object.keys(hashes)).name;
  };
  const curveOf = algorithm => {
    if (algorithm.namedCurve === undefined) throw new TypeError('The algorithm needs a namedCurve');
    if (!Object.hasOwn(curves, String(algorithm.namedCurve))) refuse('NotSupportedError', 'Unrecognized namedCurve');
    return String(algorithm.namedCurve);
  };
  const aesLength = length => ([128, 192, 256].includes(length) ? length : refuse('OperationError', 'The length must be 128, 192 or 256 bits'));

  let makeKey;
  let materialOf;

  class CryptoKey {
    #type;

    #extractable;

    #algorithm;

    #usages;

    #material;

    static {
      makeKey = (type, extractable, algorithm, usages, material) => {
        allowed = true;
        const key = new CryptoKey();
        key.#type = type;
        key.#extractable = Boolean(extractable);
        key.#algorithm = algorithm;
        key.#usages = order.filter(usage => usages.includes(usage));
        key.#material = material;
        return key;
      };
      materialOf = key => {
        if (typeof key !== 'object' || key === null || !(#material in key)) throw new TypeError('The key must be a CryptoKey');
        return key.#material;
      };
    }

    constructor() {
      if (!allowed) throw new TypeError('Illegal constructor');
      allowed = false;
    }

    get type() { return this.#type; }

    get extractable() { return this.#extractable; }

    get algorithm() { return this.#algorithm; }

    get usages() { return this.#usages; }
  }
  const order = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];
  let allowed = false;
  expose(CryptoKey);

  const usagesOf = usages => {
    const list = Array.from(usages, String);
    for (const usage of list) if (!order.includes(usage)) throw new TypeError(`${usage} is not a valid key usage`);
    return list;
  };
  const within = (usages, possible) => {
    for (const usage of usages) if (!possible.includes(usage)) refuse('SyntaxError', 'Unsupported key usage');
    return usages;
  };
  const mayUse = (key, algorithm, usage) => {
    const material = materialOf(key);
    if (key.algorithm.name !== algorithm.name) refuse('InvalidAccessError', 'Key algorithm mismatch');
    if (!key.usages.includes(usage)) refuse('InvalidAccessError', `Unable to use this key to ${usage}`);
    return material;
  };

  const secretUses = { HMAC: ['sign', 'verify'], 'AES-GCM': ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'], 'AES-CBC': ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'], 'AES-CTR': ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'], PBKDF2: ['deriveKey', 'deriveBits'], HKDF: ['deriveKey', 'deriveBits'] };
  const pairUses = { Ed25519: [['verify'], ['sign']], ECDSA: [['verify'], ['sign']], X25519: [[], ['deriveKey', 'deriveBits']], ECDH: [[], ['deriveKey', 'deriveBits']] };

  /** What differs between the two kinds of key pairs: their primitives and encodings. */
  const pairOf = algorithm => {
    if (Object.hasOwn(octets, algorithm.name)) {
      const { name } = algorithm;
      const { spki, pkcs8 } = octets[name];
      return {
        algorithm: { name },
        size: 32,
        generate: () => random(32),
        publicOf: secret => (name === 'Ed25519' ? natives.ed25519Public(secret) : natives.x25519Public(secret)),
        isPublic: bytes => bytes.length === 32,
        spki: point => joined(spki, point),
        pkcs8: secret => joined(pkcs8, secret),
        fromSpki: bytes => (startsWith(bytes, spki) && bytes.length === spki.length + 32 ? bytes.slice(spki.length) : null),
        fromPkcs8: bytes => (startsWith(bytes, pkcs8) && bytes.length === pkcs8.length + 32 ? bytes.slice(pkcs8.length) : null),
        toJwk: point => ({ kty: 'OKP', crv: name, x: toBase64Url(point), ...(name === 'Ed25519' ? { alg: name } : {}) }),
        fromJwk: jwk => (jwk.kty === 'OKP' && jwk.crv === name ? fromBase64Url(String(jwk.x)) : null),
      };
    }
    const namedCurve = curveOf(algorithm);
    const { size, spki, pkcs8, between, inner } = curves[namedCurve];
    return {
      algorithm: { name: algorithm.name, namedCurve },
      size,
      generate: () => {
        for (;;) {
          const secret = random(size);
          if (natives.ecIsSecret(namedCurve, secret)) return secret;
        }
      },
      publicOf: secret => (natives.ecIsSecret(namedCurve, secret) ? natives.ecPublic(namedCurve, secret) : null),
      isPublic: bytes => natives.ecIsPoint(namedCurve, bytes),
      spki: point => joined(spki, point),
      pkcs8: (secret, point) => joined(pkcs8, secret, between, point),
      fromSpki: bytes => (startsWith(bytes, spki) ? bytes.slice(spki.length) : null),
      fromPkcs8: bytes => natives.ecSecretOf(bytes, inner, size),
      toJwk: point => ({ kty: 'EC', crv: namedCurve, x: toBase64Url(point.slice(1, 1 + size)), y: toBase64Url(point.slice(1 + size)) }),
      fromJwk: jwk => {
        if (jwk.kty !== 'EC' || jwk.crv !== namedCurve) return null;
        const [x, y] = [fromBase64Url(String(jwk.x)), fromBase64Url(String(jwk.y))];
        return x?.length === size && y?.length === size ? joined(Uint8Array.of(4), x, y) : null;
      },
    };
  };

  const isPair = name => Object.hasOwn(pairUses, name);
  const pairKeys = (pair, extractable, usages, secret) => {
    const [publicUses, privateUses] = pairUses[pair.algorithm.name];
    const point = pair.publicOf(secret);
    return {
      publicKey: makeKey('public', true, { ...pair.algorithm }, usages.filter(usage => publicUses.includes(usage)), { point }),
      privateKey: makeKey('private', extractable, { ...pair.algorithm }, usages.filter(usage => privateUses.includes(usage)), { secret, point }),
    };
  };

  const importPair = (format, data, algorithm, extractable, usages) => {
    const pair = pairOf(algorithm);
    const [publicUses, privateUses] = pairUses[algorithm.name];
    const bad = () => refuse('DataError', 'Invalid keyData');
    const publicKey = point => {
      within(usages, publicUses);
      if (!point || !pair.isPublic(point)) bad();
      return makeKey('public', extractable, { ...pair.algorithm }, usages, { point });
    };
    const privateKey = (secret, expected = null) => {
      within(usages, privateUses);
      if (usages.length === 0) refuse('SyntaxError', 'Usages cannot be empty when importing a private key.');
      if (!secret || secret.length !== pair.size) bad();
      const point = pair.publicOf(secret) ?? bad();
      if (expected && (expected.length !== point.length || !startsWith(point, expected))) bad();
      return makeKey('private', extractable, { ...pair.algorithm }, usages, { secret, point });
    };
    switch (format) {
      case 'raw': return publicKey(data);
      case 'spki': return publicKey(pair.fromSpki(data));
      case 'pkcs8': return privateKey(pair.fromPkcs8(data));
      default: {
        const point = pair.fromJwk(data);
        if (!point) bad();
        return data.d === undefined ? publicKey(point) : privateKey(fromBase64Url(String(data.d)), point);
      }
    }
  };

  const jwkName = algorithm => (algorithm.name === 'HMAC' ? `HS${hashes[algorithm.hash.name].jwk}` : `A${algorithm.length}${algorithm.name.slice(4)}`);

  const importSecret = (format, data, algorithm, extractable, usages) => {
    within(usages, secretUses[algorithm.name]);
    if (usages.length === 0) refuse('SyntaxError', 'Usages cannot be empty when importing a secret key.');
    let secret = data;
    if (format === 'jwk') {
      secret = data.kty === 'oct' && !['PBKDF2', 'HKDF'].includes(algorithm.name) ? fromBase64Url(String(data.k)) : null;
      if (!secret) refuse('DataError', 'Invalid keyData');
    } else if (format !== 'raw') {
      refuse('NotSupportedError', `Unable to import ${algorithm.name} using ${format} format`);
    }
    const described = { name: algorithm.name };
    if (algorithm.name === 'HMAC') {
      described.hash = { name: hashOf(algorithm) };
      if (secret.length === 0) refuse('DataError', 'Zero-length key is not supported');
      described.length = algorithm.length === undefined ? secret.length * 8 : Number(algorithm.length);
      if (described.length > secret.length * 8 || described.length <= secret.length * 8 - 8) refuse('DataError', 'Invalid key length');
    } else if (algorithm.name.startsWith('AES')) {
      if (![16, 24, 32].includes(secret.length)) refuse('DataError', 'Invalid key length');
      described.length = secret.length * 8;
    } else if (extractable) {
      refuse('SyntaxError', `${algorithm.name} keys are not extractable`);
    }
    if (format === 'jwk' && data.alg !== undefined && data.alg !== jwkName(described)) refuse('DataError', 'JWK "alg" does not match the requested algorithm');
    return makeKey('secret', extractable, described, usages, { secret });
  };

  const importKey = (format, keyData, algorithm, extractable, keyUsages) => {
    const usages = usagesOf(keyUsages);
    if (!['raw', 'pkcs8', 'spki', 'jwk'].includes(format)) throw new TypeError(`${format} is not a valid key format`);
    if (format === 'jwk') {
      if (keyData === null || typeof keyData !== 'object' || ArrayBuffer.isView(keyData) || keyData instanceof ArrayBuffer) throw new TypeError('A JWK must be an object');
      if (keyData.ext === false && extractable) refuse('DataError', 'JWK "ext" parameter and extractable mismatch');
      if (keyData.key_ops !== undefined && usages.some(usage => !keyData.key_ops.includes(usage))) refuse('DataError', 'Key operations and usage mismatch');
    }
    const data = format === 'jwk' ? keyData : bytesOf(keyData, 'keyData');
    const names = normalize(algorithm);
    if (isPair(names.name)) return importPair(format, data, names, extractable, usages);
    if (Object.hasOwn(secretUses, names.name)) return importSecret(format, data, names, extractable, usages);
    return refuse('NotSupportedError', 'Unrecognized algorithm name');
  };

  const exportKey = (format, key) => {
    const material = materialOf(key);
    if (!key.extractable) refuse('InvalidAccessError', 'key is not extractable');
    if (!['raw', 'pkcs8', 'spki', 'jwk'].includes(format)) throw new TypeError(`${format} is not a valid key format`);
    const cannot = () => refuse('NotSupportedError', `Unable to export a ${key.type} ${key.algorithm.name} key using ${format} format`);
    if (key.type === 'secret') {
      if (format === 'raw') return bufferOf(material.secret);
      return format === 'jwk' ? { key_ops: [...key.usages], ext: key.extractable, kty: 'oct', k: toBase64Url(material.secret), alg: jwkName(key.algorithm) } : cannot();
    }
    const pair = pairOf(key.algorithm);
    switch (format) {
      case 'raw': return key.type === 'public' ? bufferOf(material.point) : refuse('InvalidAccessError', 'Only public keys are exported raw');
      case 'spki': return key.type === 'public' ? bufferOf(pair.spki(material.point)) : refuse('InvalidAccessError', 'Only public keys are exported as spki');
      case 'pkcs8': return key.type === 'private' ? bufferOf(pair.pkcs8(material.secret, material.point)) : refuse('InvalidAccessError', 'Only private keys are exported as pkcs8');
      default: return {
        key_ops: [...key.usages], ext: key.extractable, ...pair.toJwk(material.point), ...(key.type === 'private' ? { d: toBase64Url(material.secret) } : {}),
      };
    }
  };

  const generateKey = (algorithm, extractable, keyUsages) => {
    const usages = usagesOf(keyUsages);
    const wanted = normalize(algorithm);
    if (isPair(wanted.name)) {
      const pair = pairOf(wanted);
      within(usages, pairUses[wanted.name].flat());
      const keys = pairKeys(pair, extractable, usages, pair.generate());
      if (keys.privateKey.usages.length === 0) refuse('SyntaxError', 'Usages cannot be empty when creating a key.');
      return keys;
    }
    if (wanted.name !== 'HMAC' && !wanted.name.startsWith('AES')) refuse('NotSupportedError', 'Unrecognized algorithm name');
    within(usages, secretUses[wanted.name]);
    if (usages.length === 0) refuse('SyntaxError', 'Usages cannot be empty when creating a key.');
    if (wanted.name === 'HMAC') {
      const hash = hashOf(wanted);
      const length = wanted.length === undefined ? hashes[hash].block * 8 : Number(wanted.length);
      if (!(length > 0)) refuse('OperationError', 'Zero-length key is not supported');
      return makeKey('secret', extractable, { name: 'HMAC', hash: { name: hash }, length }, usages, { secret: random(Math.ceil(length / 8)) });
    }
    const length = aesLength(Number(wanted.length));
    return makeKey('secret', extractable, { name: wanted.name, length }, usages, { secret: random(length / 8) });
  };

  const cipher = (encrypts, algorithm, key, data, usage) => {
    const wanted = normalize(algorithm, ['AES-GCM', 'AES-CBC', 'AES-CTR']);
    const { secret } = mayUse(key, wanted, usage);
    const input = bytesOf(data, 'data');
    const failed = () => refuse('OperationError', 'The operation failed for an operation-specific reason');
    if (wanted.name === 'AES-GCM') {
      const iv = bytesOf(wanted.iv, 'iv');
      const tag = wanted.tagLength === undefined ? 128 : Number(wanted.tagLength);
      if (![32, 64, 96, 104, 112, 120, 128].includes(tag)) refuse('OperationError', `${tag} is not a valid AES-GCM tag length`);
      if (iv.length === 0) failed();
      const extra = wanted.additionalData === undefined ? new Uint8Array(0) : bytesOf(wanted.additionalData, 'additionalData');
      return natives.aesGcm(encrypts, secret, iv, extra, tag, input) ?? failed();
    }
    if (wanted.name === 'AES-CBC') {
      const iv = bytesOf(wanted.iv, 'iv');
      if (iv.length !== 16) refuse('OperationError', 'algorithm.iv must contain exactly 16 bytes');
      return natives.aesCbc(encrypts, secret, iv, input) ?? failed();
    }
    const counter = bytesOf(wanted.counter, 'counter');
    const bits = Number(wanted.length);
    if (counter.length !== 16) refuse('OperationError', 'algorithm.counter must contain exactly 16 bytes');
    if (!(bits >= 1 && bits <= 128)) refuse('OperationError', 'AES-CTR algorithm.length must be between 1 and 128');
    if (bits < 32 && Math.ceil(input.length / 16) > 2 ** bits) failed();
    return natives.aesCtr(secret, counter, Math.trunc(bits), input);
  };

  const sign = (algorithm, key, data) => {
    const wanted = normalize(algorithm, ['HMAC', 'Ed25519', 'ECDSA']);
    const { secret } = mayUse(key, wanted, 'sign');
    const input = bytesOf(data, 'data');
    if (wanted.name === 'HMAC') return natives.hmac(key.algorithm.hash.name, secret, input);
    if (key.type !== 'private') refuse('InvalidAccessError', 'Only a private key signs');
    return wanted.name === 'Ed25519' ? natives.ed25519Sign(secret, input) : natives.ecSign(key.algorithm.namedCurve, hashOf(wanted), secret, input);
  };

  const same = (a, b) => {
    if (a.length !== b.length) return false;
    let differs = 0;
    for (let i = 0; i < a.length; i += 1) differs |= a[i] ^ b[i];
    return differs === 0;
  };

  const verify = (algorithm, key, signature, data) => {
    const wanted = normalize(algorithm, ['HMAC', 'Ed25519', 'ECDSA']);
    const { secret, point } = mayUse(key, wanted, 'verify');
    const [mark, input] = [bytesOf(signature, 'signature'), bytesOf(data, 'data')];
    if (wanted.name === 'HMAC') return same(natives.hmac(key.algorithm.hash.name, secret, input), mark);
    return wanted.name === 'Ed25519' ? natives.ed25519Verify(point, mark, input) : natives.ecVerify(key.algorithm.namedCurve, hashOf(wanted), point, mark, input);
  };

  const derive = (algorithm, baseKey, length, usage) => {
    const wanted = normalize(algorithm, ['PBKDF2', 'HKDF', 'X25519', 'ECDH']);
    const { secret } = mayUse(baseKey, wanted, usage);
    if (wanted.name === 'PBKDF2' || wanted.name === 'HKDF') {
      const hash = hashOf(wanted);
      const salt = bytesOf(wanted.salt, 'salt');
      if (length === null || length === undefined || length % 8 !== 0) refuse('OperationError', 'length must be a multiple of 8');
      if (wanted.name === 'HKDF') {
        const info = bytesOf(wanted.info, 'info');
        if (length / 8 > 255 * hashes[hash].size) refuse('OperationError', 'length is too large');
        return natives.hkdf(hash, secret, salt, info, length / 8);
      }
      const iterations = Number(wanted.iterations);
      if (!(iterations >= 1 && iterations <= 2 ** 31 - 1)) refuse('OperationError', 'iterations cannot be zero');
      return natives.pbkdf2(hash, secret, salt, Math.trunc(iterations), length / 8);
    }
    const other = materialOf(wanted.public);
    if (wanted.public.type !== 'public' || wanted.public.algorithm.name !== wanted.name || wanted.public.algorithm.namedCurve !== baseKey.algorithm.namedCurve) refuse('InvalidAccessError', 'algorithm.public must be a public key of the same algorithm');
    const shared = (wanted.name === 'X25519' ? natives.x25519Agree(secret, other.point) : natives.ecAgree(baseKey.algorithm.namedCurve, secret, other.point)) ?? refuse('OperationError', 'The keys agree on nothing');
    if (length === null || length === undefined) return shared;
    if (length > shared.length * 8) refuse('OperationError', 'derived bit length is too small');
    const cut = shared.slice(0, Math.ceil(length / 8));
    if (length % 8 !== 0) cut[cut.length - 1] &= 0xff << (8 - (length % 8));
    return cut;
  };

  const deriveKey = (algorithm, baseKey, derived, extractable, usages) => {
    const wanted = normalize(derived, ['HMAC', 'AES-GCM', 'AES-CBC', 'AES-CTR', 'PBKDF2', 'HKDF']);
    let length = null;
    if (wanted.name === 'HMAC') length = wanted.length === undefined ? hashes[hashOf(wanted)].block * 8 : Number(wanted.length);
    else if (wanted.name.startsWith('AES')) length = aesLength(Number(wanted.length));
    return importKey('raw', derive(algorithm, baseKey, length, 'deriveKey'), wanted, extractable, usages);
  };

  const utf8 = value => natives.utf8Encode(value);

  /** What a caller asks for is looked at when it is asked for; what comes of it is told later. */
  const later = work => { try { return Promise.resolve(work()); } catch (error) { return Promise.reject(error); } };

  class SubtleCrypto {
    #brand = true;

    constructor() {
      if (!allowed) throw new TypeError('Illegal constructor');
      allowed = false;
    }

    #late(given, wanted, what, work) {
      return later(() => {
        this.#brand;
        need(given, wanted, `SubtleCrypto.${what}`);
        return work();
      });
    }

    encrypt(algorithm, key, data) { return this.#late(arguments.length, 3, 'encrypt', () => bufferOf(cipher(true, algorithm, key, data, 'encrypt'))); }

    decrypt(algorithm, key, data) { return this.#late(arguments.length, 3, 'decrypt', () => bufferOf(cipher(false, algorithm, key, data, 'decrypt'))); }

    sign(algorithm, key, data) { return this.#late(arguments.length, 3, 'sign', () => bufferOf(sign(algorithm, key, data))); }

    verify(algorithm, key, signature, data) { return this.#late(arguments.length, 4, 'verify', () => verify(algorithm, key, signature, data)); }

    digest(algorithm, data) { return this.#late(arguments.length, 2, 'digest', () => bufferOf(natives.digest(normalize(algorithm, Object.keys(hashes)).name, bytesOf(data, 'data')))); }

    generateKey(algorithm, extractable, keyUsages) { return this.#late(arguments.length, 3, 'generateKey', () => generateKey(algorithm, extractable, keyUsages)); }

    deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) { return this.#late(arguments.length, 5, 'deriveKey', () => deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages)); }

    deriveBits(algorithm, baseKey, length = null) { return this.#late(arguments.length, 2, 'deriveBits', () => bufferOf(derive(algorithm, baseKey, length === null ? null : Number(length), 'deriveBits'))); }

    importKey(format, keyData, algorithm, extractable, keyUsages) { return this.#late(arguments.length, 5, 'importKey', () => importKey(String(format), keyData, algorithm, extractable, keyUsages)); }

    exportKey(format, key) { return this.#late(arguments.length, 2, 'exportKey', () => exportKey(String(format), key)); }

    wrapKey(format, key, wrappingKey, wrapAlgorithm) {
      return this.#late(arguments.length, 4, 'wrapKey', () => {
        const exported = exportKey(String(format), key);
        return bufferOf(cipher(true, wrapAlgorithm, wrappingKey, format === 'jwk' ? utf8(JSON.stringify(exported)) : exported, 'wrapKey'));
      });
    }

    unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
      return this.#late(arguments.length, 7, 'unwrapKey', () => {
        const bytes = cipher(false, unwrapAlgorithm, unwrappingKey, wrappedKey, 'unwrapKey');
        return importKey(String(format), format === 'jwk' ? JSON.parse(natives.utf8Decode(bytes)) : bytes, unwrappedKeyAlgorithm, extractable, keyUsages);
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

    get subtle() { return this.#subtle; }

    getRandomValues(array) {
      this.#subtle;
      need(arguments.length, 1, 'Crypto.getRandomValues');
      if (!integers.some(Class => array instanceof Class)) refuse('TypeMismatchError', 'The data argument must be an integer-type TypedArray');
      if (array.byteLength > 65536) refuse('QuotaExceededError', `The requested length exceeds 65,536 bytes`);
      fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      return array;
    }

    randomUUID() {
      this.#subtle;
      const bytes = random(16);
      bytes[6] = (bytes[6] & 0x0f) | 0x40;
      bytes[8] = (bytes[8] & 0x3f) | 0x80;
      const digits = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
      return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
    }
  }
  expose(Crypto);

  allowed = true;
  return { crypto: new Crypto(), SubtleCrypto, CryptoKey };
}
