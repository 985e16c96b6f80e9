// How Web Cryptography reads what it is given: values by the rules of Web IDL, and the names and parameters of algorithms (§18.4). The complaints are Node's.
(natives, { common: { DOMException }, cryptokey: { isKey, detailsOf, usages } }, { Array, ArrayBuffer, Boolean, Math, Number, Object, String, Symbol, TypeError, Uint8Array }) => {
  const refuse = (name, message) => { throw new DOMException(message, name); };
  const complain = ({ prefix, context }, what) => { throw new TypeError(`${prefix}: ${context} ${what}`); };
  const isObject = value => (typeof value === 'object' && value !== null) || typeof value === 'function';

  const text = (value, at) => (typeof value === 'symbol' ? complain(at, 'is a Symbol and cannot be converted to a string.') : String(value));
  const identifier = (value, at) => (isObject(value) ? value : text(value, at));
  const flag = value => Boolean(value);
  const key = (value, at) => (isKey(value) ? value : complain(at, 'is not of type CryptoKey.'));
  const bytes = (value, at) => {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
    return value instanceof ArrayBuffer ? new Uint8Array(value.slice(0)) : complain(at, 'is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.');
  };
  const integer = most => (value, at) => {
    const number = Number(value);
    if (!Number.isFinite(number)) complain(at, 'is not a finite number.');
    const whole = Math.trunc(number) + 0;
    return whole >= 0 && whole <= most ? whole : complain(at, `is outside the expected range of 0 to ${most}.`);
  };
  const choice = (kind, values) => (value, at) => {
    const chosen = text(value, at);
    return values.includes(chosen) ? chosen : complain(at, `'${chosen}' is not a valid enum value of type ${kind}.`);
  };
  const list = read => (value, at) => {
    if (!isObject(value) || typeof value[Symbol.iterator] !== 'function') complain(at, 'cannot be converted to sequence.');
    return Array.from(value, (item, i) => read(item, { ...at, context: `${at.context}[${i}]` }));
  };
  /** A dictionary: `members` by name, each with how it is read, what it must be, and whether it may be missing. */
  const dictionary = (kind, members) => (value, at) => {
    if (value !== undefined && value !== null && !isObject(value)) complain(at, 'cannot be converted to a dictionary.');
    const result = {};
    for (const [name, { read, check, optional }] of Object.entries(members)) {
      const member = value?.[name];
      if (member !== undefined) {
        result[name] = read(member, { ...at, context: `${name} in ${at.context}` });
        check?.(result[name], result);
      } else if (!optional) {
        complain(at, `cannot be converted to '${kind}' because '${name}' is required in '${kind}'.`);
      }
    }
    return result;
  };

  const octet = integer(255);
  const short = integer(65535);
  const long = integer(4294967295);
  const format = choice('KeyFormat', ['raw', 'pkcs8', 'spki', 'jwk']);
  const keyUsages = list(choice('KeyUsage', usages));
  const maybe = read => ({ read, optional: true });
  const jwk = dictionary('JsonWebKey', {
    alg: maybe(text), crv: maybe(text), d: maybe(text), ext: maybe(flag), k: maybe(text), key_ops: maybe(list(text)), kty: maybe(text), use: maybe(text), x: maybe(text), y: maybe(text),
  });

  const hashes = { 'SHA-1': { block: 64, jwk: '1' }, 'SHA-256': { block: 64, jwk: '256' }, 'SHA-384': { block: 128, jwk: '384' }, 'SHA-512': { block: 128, jwk: '512' } };
  const hash = kind => ({
    read: identifier,
    check: value => {
      const name = isObject(value) ? value.name : value;
      if (typeof name !== 'string' || !name.toLowerCase().startsWith('sha')) refuse('NotSupportedError', `Only SHA hashes are supported in ${kind}`);
    },
  });
  const exactly = (name, length) => ({ read: bytes, check: value => { if (value.length !== length) refuse('OperationError', `algorithm.${name} must contain exactly ${length} bytes`); } });
  const hmacLength = (kind, name) => ({ read: long, optional: true, check: value => { if (value === 0) refuse(name, `${kind}.length cannot be 0`); } });
  const aesLength = { read: short, check: value => { if (![128, 192, 256].includes(value)) refuse('OperationError', 'AES key length must be 128, 192, or 256 bits'); } };
  const curve = { read: text, check: value => { if (!['P-256', 'P-384', 'P-521'].includes(value)) refuse('NotSupportedError', 'Unrecognized namedCurve'); } };
  const publicKey = {
    read: key,
    check: (value, { name }) => {
      if (detailsOf(value).type !== 'public') refuse('InvalidAccessError', 'algorithm.public must be a public key');
      if (detailsOf(value).algorithm.name !== name) refuse('InvalidAccessError', 'key algorithm mismatch');
    },
  };

  const named = (kind, members) => dictionary(kind, { name: { read: text }, ...members });
  const dictionaries = {
    HmacImportParams: { hash: hash('HmacImportParams'), length: hmacLength('HmacImportParams', 'DataError') },
    HmacKeyGenParams: { hash: hash('HmacKeyGenParams'), length: hmacLength('HmacKeyGenParams', 'OperationError') },
    AeadParams: {
      additionalData: maybe(bytes),
      iv: { read: bytes },
      tagLength: { read: octet, optional: true, check: value => { if (![32, 64, 96, 104, 112, 120, 128].includes(value)) refuse('OperationError', `${value} is not a valid AES-GCM tag length`); } },
    },
    AesCbcParams: { iv: exactly('iv', 16) },
    AesCtrParams: { counter: exactly('counter', 16), length: { read: octet, check: value => { if (value === 0 || value > 128) refuse('OperationError', 'AES-CTR algorithm.length must be between 1 and 128'); } } },
    AesKeyGenParams: { length: aesLength },
    AesDerivedKeyParams: { length: aesLength },
    EcKeyImportParams: { namedCurve: curve },
    EcKeyGenParams: { namedCurve: curve },
    EcdsaParams: { hash: hash('EcdsaParams') },
    EcdhKeyDeriveParams: { public: publicKey },
    HkdfParams: { hash: hash('HkdfParams'), info: { read: bytes }, salt: { read: bytes } },
    Pbkdf2Params: { hash: hash('Pbkdf2Params'), iterations: { read: long, check: value => { if (value === 0) refuse('OperationError', 'iterations cannot be zero'); } }, salt: { read: bytes } },
  };
  const readers = Object.fromEntries(Object.entries(dictionaries).map(([kind, members]) => [kind, named(kind, members)]));

  const aes = kinds => ({ 'AES-GCM': kinds.gcm, 'AES-CBC': kinds.cbc, 'AES-CTR': kinds.ctr });
  const ofAes = kind => aes({ gcm: kind, cbc: kind, ctr: kind });
  const ciphers = aes({ gcm: 'AeadParams', cbc: 'AesCbcParams', ctr: 'AesCtrParams' });
  const signatures = { HMAC: null, Ed25519: null, ECDSA: 'EcdsaParams' };
  const pairs = kind => ({ Ed25519: null, X25519: null, ECDSA: kind, ECDH: kind });
  /** Which algorithm can do what, and what parameters it takes for that. */
  const operations = {
    digest: Object.fromEntries(Object.keys(hashes).map(name => [name, null])),
    encrypt: ciphers,
    decrypt: ciphers,
    sign: signatures,
    verify: signatures,
    deriveBits: { PBKDF2: 'Pbkdf2Params', HKDF: 'HkdfParams', X25519: 'EcdhKeyDeriveParams', ECDH: 'EcdhKeyDeriveParams' },
    importKey: { HMAC: 'HmacImportParams', ...ofAes(null), PBKDF2: null, HKDF: null, ...pairs('EcKeyImportParams') },
    generateKey: { HMAC: 'HmacKeyGenParams', ...ofAes('AesKeyGenParams'), ...pairs('EcKeyGenParams') },
    keyLength: { HMAC: 'HmacImportParams', ...ofAes('AesDerivedKeyParams'), PBKDF2: null, HKDF: null },
  };

  const place = { prefix: 'Failed to normalize algorithm', context: 'passed algorithm' };
  const onlyName = named('Algorithm', {});
  const normalize = (algorithm, operation) => {
    const described = isObject(algorithm) ? algorithm : { name: algorithm };
    const given = onlyName(described, place).name.toUpperCase();
    const name = Object.keys(operations[operation]).find(one => one.toUpperCase() === given) ?? refuse('NotSupportedError', 'Unrecognized algorithm name');
    const kind = operations[operation][name];
    if (kind === null) return { name };
    const members = Object.fromEntries(Object.keys(dictionaries[kind]).map(member => [member, described[member]]));
    const normal = readers[kind]({ ...members, name }, place);
    if (normal.hash !== undefined) normal.hash = normalize(normal.hash, 'digest');
    return normal;
  };

  return { refuse, normalize, hashes, read: { identifier, flag, key, bytes, long, format, keyUsages, jwk } };
}
