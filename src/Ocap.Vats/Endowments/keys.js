// Keys and what they look like outside: raw, PKCS #8, SubjectPublicKeyInfo and JSON (Web Cryptography §18, §20–§35).
(natives, { common, algorithms: { refuse, hashes }, cryptokey: { makeKey, materialOf, detailsOf } }, { Math, Number, Object, Uint8Array }) => {
  const { fill, toBase64Url, fromBase64Url, derKey } = natives;
  const joined = (...parts) => common.joined(parts);
  const hex = digits => Uint8Array.from(digits.match(/../g), pair => Number.parseInt(pair, 16));
  const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
  const random = length => fill(new Uint8Array(length));
  const bad = () => refuse('DataError', 'Invalid keyData');

  const within = (usages, possible, subject) => {
    for (const usage of usages) if (!possible.includes(usage)) refuse('SyntaxError', `Unsupported key usage for ${subject} key`);
  };
  const someUse = (key, what) => (detailsOf(key).usages.length > 0 ? key : refuse('SyntaxError', what));

  const validJwk = (jwk, kty, members, extractable, usages, use) => {
    if (jwk.kty === undefined) bad();
    if (jwk.kty !== kty) refuse('DataError', 'Invalid JWK "kty" Parameter');
    for (const member of members) if (jwk[member] === undefined) bad();
    if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) refuse('DataError', 'Invalid JWK "use" Parameter');
    if (jwk.key_ops !== undefined) {
      if (jwk.key_ops.some((operation, i) => jwk.key_ops.indexOf(operation) !== i)) refuse('DataError', 'Duplicate key operation');
      if (usages.some(usage => !jwk.key_ops.includes(usage))) refuse('DataError', 'Key operations and usage mismatch');
    }
    if (jwk.ext === false && extractable) refuse('DataError', 'JWK "ext" Parameter and extractable mismatch');
  };

  // What differs between the two families of key pairs: their primitives and encodings. `der` is the algorithm as both DER formats name it.
  const octets = Object.fromEntries([['Ed25519', 'ed25519', '300506032b6570'], ['X25519', 'x25519', '300506032b656e']].map(([name, native, der]) => [name, {
    der: hex(der),
    size: 32,
    head: { spki: hex(`302a${der}032100`), pkcs8: hex(`302e020100${der}04220420`) },
    generate: () => random(32),
    publicOf: secret => natives[`${native}Public`](secret),
    pointOf: bytes => (bytes.length === 32 ? bytes : null),
    spki: (pair, point) => joined(pair.head.spki, point),
    pkcs8: (pair, secret) => joined(pair.head.pkcs8, secret),
    jwk: (point, secret) => ({ ...(name === 'Ed25519' ? { alg: name } : {}), crv: name, ...(secret ? { d: toBase64Url(secret) } : {}), x: toBase64Url(point), kty: 'OKP' }),
  }]));
  const curves = Object.fromEntries([
    ['P-256', 32, '301306072a8648ce3d020106082a8648ce3d030107', ['3059', '034200'], ['308187020100', '046d306b0201010420', 'a144034200']],
    ['P-384', 48, '301006072a8648ce3d020106052b81040022', ['3076', '036200'], ['3081b6020100', '04819e30819b0201010430', 'a164036200']],
    ['P-521', 66, '301006072a8648ce3d020106052b81040023', ['30819b', '03818600'], ['3081ee020100', '0481d63081d30201010442', 'a1818903818600']],
  ].map(([name, size, der, spki, pkcs8]) => [name, {
    der: hex(der),
    size,
    curve: name,
    head: { spki: hex(`${spki[0]}${der}${spki[1]}`), pkcs8: hex(`${pkcs8[0]}${der}${pkcs8[1]}`), between: hex(pkcs8[2]) },
    generate: () => {
      for (;;) {
        const secret = random(size);
        if (name === 'P-521') secret[0] &= 1;
        if (natives.ecIsSecret(name, secret)) return secret;
      }
    },
    publicOf: secret => (natives.ecIsSecret(name, secret) ? natives.ecPublic(name, secret) : null),
    pointOf: bytes => natives.ecPoint(name, bytes),
    spki: (pair, point) => joined(pair.head.spki, point),
    pkcs8: (pair, secret, point) => joined(pair.head.pkcs8, secret, pair.head.between, point),
    jwk: (point, secret) => ({ kty: 'EC', x: toBase64Url(point.slice(1, 1 + size)), y: toBase64Url(point.slice(1 + size)), crv: name, ...(secret ? { d: toBase64Url(secret) } : {}) }),
  }]));
  const pairOf = ({ name, namedCurve }) => (namedCurve === undefined ? octets[name] : curves[namedCurve]);
  const describe = ({ name, namedCurve }) => (namedCurve === undefined ? { name } : { name, namedCurve });

  const signs = [['verify'], ['sign']];
  const agrees = [[], ['deriveKey', 'deriveBits']];
  const pairUses = { Ed25519: signs, ECDSA: signs, X25519: agrees, ECDH: agrees };
  const derives = ['deriveKey', 'deriveBits'];
  const seals = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
  const secretUses = { HMAC: ['sign', 'verify'], 'AES-GCM': seals, 'AES-CBC': seals, 'AES-CTR': seals, PBKDF2: derives, HKDF: derives };
  const isPair = name => Object.hasOwn(pairUses, name);
  const isForDeriving = name => name === 'PBKDF2' || name === 'HKDF';

  const fromDer = (pair, data, isPublic) => {
    const [der, content] = derKey(data, isPublic) ?? bad();
    if (same(der, pair.der)) return content;
    return refuse('DataError', pair.curve && Object.values(curves).some(other => same(der, other.der)) ? 'Named curve mismatch' : 'Invalid key type');
  };

  const fromJwk = (pair, jwk, algorithm, extractable, usages, use) => {
    validJwk(jwk, pair.curve ? 'EC' : 'OKP', pair.curve ? ['crv', 'x', 'y'] : ['crv', 'x'], extractable, usages, use);
    const alg = { Ed25519: ['Ed25519', 'EdDSA'], ECDSA: [{ 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[pair.curve]] }[algorithm.name];
    if (jwk.crv !== (pair.curve ?? algorithm.name)) refuse('DataError', pair.curve ? 'JWK "crv" does not match the requested algorithm' : 'JWK "crv" Parameter and algorithm name mismatch');
    if (jwk.alg !== undefined && alg && !alg.includes(jwk.alg)) refuse('DataError', 'JWK "alg" does not match the requested algorithm');
    const [x, y] = [fromBase64Url(jwk.x), pair.curve ? fromBase64Url(jwk.y) : null];
    const point = pair.curve ? x?.length === pair.size && y?.length === pair.size && joined(Uint8Array.of(4), x, y) : x;
    return [point || null, jwk.d === undefined ? null : fromBase64Url(jwk.d) ?? new Uint8Array(0)];
  };

  const importPair = (format, data, algorithm, extractable, usages) => {
    const pair = pairOf(algorithm);
    const [publicUses, privateUses] = pairUses[algorithm.name];
    const isPublic = format === 'jwk' ? data.d === undefined : format !== 'pkcs8';
    const use = publicUses.length > 0 ? 'sig' : 'enc';
    let point = null;
    let secret = null;
    if (format === 'jwk') [point, secret] = fromJwk(pair, data, algorithm, extractable, usages, use);
    within(usages, isPublic ? publicUses : privateUses, algorithm.name);
    if (format === 'raw') point = data;
    else if (format !== 'jwk') [point, secret] = isPublic ? [fromDer(pair, data, true), null] : [null, fromDer(pair, data, false)];
    if (isPublic) return makeKey('public', extractable, describe(algorithm), usages, { point: (point && pair.pointOf(point)) ?? bad() });
    const actual = (secret.length === pair.size && pair.publicOf(secret)) || bad();
    if (format === 'jwk' && !(point && same(point, actual))) bad();
    return makeKey('private', extractable, describe(algorithm), usages, { secret, point: actual });
  };

  const jwkName = ({ name, hash, length }) => (name === 'HMAC' ? `HS${hashes[hash.name].jwk}` : `A${length}${name.slice(4)}`);
  const byteLength = bits => Math.ceil(bits / 8);
  /** As many bits of some bytes as are asked for; those behind are 0. */
  const firstBits = (bytes, bits) => {
    const cut = bytes.slice(0, byteLength(bits));
    if (bits % 8 !== 0) cut[cut.length - 1] &= 0xff << (8 - (bits % 8));
    return cut;
  };

  const importSecret = (format, data, algorithm, extractable, usages) => {
    const { name } = algorithm;
    within(usages, secretUses[name], isForDeriving(name) ? `a ${name}` : name);
    if (isForDeriving(name) && extractable) refuse('SyntaxError', `${name} keys are not extractable`);
    if (format !== 'raw' && (format !== 'jwk' || isForDeriving(name))) refuse('NotSupportedError', `Unable to import ${name} using ${format} format`);
    let secret = data;
    if (format === 'jwk') {
      validJwk(data, 'oct', ['k'], extractable, usages, name === 'HMAC' ? 'sig' : 'enc');
      secret = fromBase64Url(data.k) ?? bad();
    }
    const wrongName = length => format === 'jwk' && data.alg !== undefined && data.alg !== jwkName({ ...algorithm, length });
    if (isForDeriving(name)) return makeKey('secret', false, { name }, usages, { secret });
    if (name === 'HMAC') {
      if (wrongName()) refuse('DataError', 'JWK "alg" does not match the requested algorithm');
      if (secret.length === 0) refuse('DataError', 'Zero-length key is not supported');
      const length = algorithm.length ?? secret.length * 8;
      if (byteLength(length) !== secret.length) refuse('DataError', 'Invalid key length');
      return makeKey('secret', extractable, { name, length, hash: algorithm.hash }, usages, { secret: firstBits(secret, length) });
    }
    if (![16, 24, 32].includes(secret.length)) refuse('DataError', 'Invalid key length');
    if (wrongName(secret.length * 8)) refuse('DataError', 'JWK "alg" does not match the requested algorithm');
    return makeKey('secret', extractable, { name, length: secret.length * 8 }, usages, { secret });
  };

  const importKey = (format, data, algorithm, extractable, usages) => {
    const key = (isPair(algorithm.name) ? importPair : importSecret)(format, data, algorithm, extractable, usages);
    const { type } = detailsOf(key);
    return type === 'public' ? key : someUse(key, `Usages cannot be empty when importing a ${type} key.`);
  };

  const exportKey = (format, key) => {
    const { type, extractable, algorithm, usages } = detailsOf(key);
    const { secret, point } = materialOf(key);
    if (isForDeriving(algorithm.name)) refuse('NotSupportedError', `${algorithm.name} key export is not supported`);
    if (!extractable) refuse('InvalidAccessError', 'key is not extractable');
    if (format === 'jwk') {
      const head = { key_ops: [...usages], ext: true };
      return type === 'secret' ? { ...head, alg: jwkName(algorithm), kty: 'oct', k: toBase64Url(secret) } : { ...head, ...pairOf(algorithm).jwk(point, secret) };
    }
    if (format === 'raw' && type === 'secret') return secret.slice();
    if (format === 'raw' && type === 'public') return point.slice();
    if (format === 'spki' && type === 'public') return pairOf(algorithm).spki(pairOf(algorithm), point);
    if (format === 'pkcs8' && type === 'private') return pairOf(algorithm).pkcs8(pairOf(algorithm), secret, point);
    return refuse('NotSupportedError', `Unable to export ${algorithm.name} ${type} key using ${format} format`);
  };

  const generateKey = (algorithm, extractable, usages) => {
    const { name } = algorithm;
    const none = 'Usages cannot be empty when creating a key.';
    if (isPair(name)) {
      const [publicUses, privateUses] = pairUses[name];
      within(usages, [...publicUses, ...privateUses], name);
      if (!usages.some(usage => privateUses.includes(usage))) refuse('SyntaxError', none);
      const pair = pairOf(algorithm);
      const secret = pair.generate();
      const point = pair.publicOf(secret);
      return {
        publicKey: makeKey('public', true, describe(algorithm), usages.filter(usage => publicUses.includes(usage)), { point }),
        privateKey: makeKey('private', extractable, describe(algorithm), usages.filter(usage => privateUses.includes(usage)), { secret, point }),
      };
    }
    within(usages, secretUses[name], name);
    if (usages.length === 0) refuse('SyntaxError', none);
    const length = algorithm.length ?? hashes[algorithm.hash.name].block * 8;
    const described = name === 'HMAC' ? { name, length, hash: algorithm.hash } : { name, length };
    return makeKey('secret', extractable, described, usages, { secret: firstBits(random(byteLength(length)), length) });
  };

  return { importKey, exportKey, generateKey, firstBits };
}
