const symbols = [crypto.constructor, crypto.constructor.prototype, SubtleCrypto, SubtleCrypto.prototype].flatMap(Object.getOwnPropertySymbols).filter(s => s !== Symbol.toStringTag);
// Younger algorithms of Node's, which no vat is promised.
shape('SubtleCrypto', [...symbols, 'supports', 'decapsulateBits', 'decapsulateKey', 'encapsulateBits', 'encapsulateKey', 'getPublicKey']);
const { subtle } = crypto;
const utf8 = text => new TextEncoder().encode(text);
const unhex = text => Uint8Array.from(text.match(/../g) ?? [], b => parseInt(b, 16));
const count = n => Uint8Array.from({ length: n }, (_, i) => (i * 7 + 3) & 255);
const sorted = value => (value && typeof value === 'object' && !ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);
const about = key => [key.type, key.extractable, JSON.stringify(sorted(key.algorithm)), [...key.usages].sort()];

for (const hash of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'sha-256', { name: 'SHA-256' }]) {
  for (const length of [0, 1, 55, 56, 64, 111, 112, 128, 1000]) check(`digest ${JSON.stringify(hash)} ${length}`, () => subtle.digest(hash, count(length)));
}
check('digest unknown', () => subtle.digest('MD5', count(1)));
check('digest null', () => subtle.digest(null, count(1)));
check('digest text', () => subtle.digest('SHA-256', 'abc'));
check('digest views', () => subtle.digest('SHA-256', new Uint16Array([1, 2, 3]).subarray(1)));
check('digest()', () => subtle.digest('SHA-256'));

for (const hash of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']) {
  for (const size of [1, 20, 64, 65, 129, 200]) {
    check(`hmac ${hash} ${size}`, async () => {
      const key = await subtle.importKey('raw', count(size), { name: 'HMAC', hash }, true, ['sign', 'verify']);
      const mark = await subtle.sign('HMAC', key, utf8('message'));
      const wrong = new Uint8Array(mark.slice(0));
      wrong[0] ^= 1;
      return [mark, await subtle.verify('HMAC', key, mark, utf8('message')), await subtle.verify('HMAC', key, wrong, utf8('message')), await subtle.verify('HMAC', key, mark.slice(1), utf8('message')), about(key), sorted(await subtle.exportKey('jwk', key)), await subtle.exportKey('raw', key)];
    });
  }
}
check('hmac empty key', () => subtle.importKey('raw', new Uint8Array(0), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']));
check('hmac no hash', () => subtle.importKey('raw', count(8), { name: 'HMAC' }, true, ['sign']));
check('hmac usage', () => subtle.importKey('raw', count(8), { name: 'HMAC', hash: 'SHA-256' }, true, ['encrypt']));
check('hmac no usage', () => subtle.importKey('raw', count(8), { name: 'HMAC', hash: 'SHA-256' }, true, []));
check('hmac bad usage', () => subtle.importKey('raw', count(8), { name: 'HMAC', hash: 'SHA-256' }, true, ['dance']));
check('hmac generated', async () => { const k = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-384' }, false, ['sign']); return about(k); });
check('hmac jwk', async () => about(await subtle.importKey('jwk', { kty: 'oct', k: 'AQIDBA', alg: 'HS256', ext: true, key_ops: ['sign'] }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])));
check('hmac jwk alg', () => subtle.importKey('jwk', { kty: 'oct', k: 'AQIDBA', alg: 'HS512' }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']));
check('hmac jwk ext', () => subtle.importKey('jwk', { kty: 'oct', k: 'AQIDBA', ext: false }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']));
check('hmac jwk ops', () => subtle.importKey('jwk', { kty: 'oct', k: 'AQIDBA', key_ops: ['verify'] }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']));
check('hmac jwk kty', () => subtle.importKey('jwk', { kty: 'EC', k: 'AQIDBA' }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']));

for (const size of [16, 24, 32]) {
  for (const length of [0, 1, 15, 16, 17, 33]) {
    check(`gcm ${size} ${length}`, async () => {
      const key = await subtle.importKey('raw', count(size), 'AES-GCM', true, ['encrypt', 'decrypt']);
      const algorithm = { name: 'AES-GCM', iv: count(12), additionalData: utf8('more') };
      const sealed = await subtle.encrypt(algorithm, key, count(length));
      return [sealed, await subtle.decrypt(algorithm, key, sealed), sorted(await subtle.exportKey('jwk', key)), about(key)];
    });
    check(`cbc ${size} ${length}`, async () => {
      const key = await subtle.importKey('raw', count(size), 'AES-CBC', true, ['encrypt', 'decrypt']);
      const sealed = await subtle.encrypt({ name: 'AES-CBC', iv: count(16) }, key, count(length));
      return [sealed, await subtle.decrypt({ name: 'AES-CBC', iv: count(16) }, key, sealed)];
    });
    for (const bits of [5, 32, 64, 127, 128]) {
      check(`ctr ${size} ${length} ${bits}`, async () => {
        const key = await subtle.importKey('raw', count(size), 'AES-CTR', true, ['encrypt', 'decrypt']);
        const algorithm = { name: 'AES-CTR', counter: new Uint8Array(16).fill(255), length: bits };
        const sealed = await subtle.encrypt(algorithm, key, count(length));
        return [sealed, await subtle.decrypt(algorithm, key, sealed)];
      });
    }
  }
}
const gcm = (tagLength, ivLength = 12) => async () => {
  const key = await subtle.importKey('raw', count(16), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return subtle.encrypt({ name: 'AES-GCM', iv: count(ivLength), tagLength }, key, count(20));
};
for (const tag of [32, 64, 96, 104, 112, 120, 128, 100, 0]) check(`gcm tag ${tag}`, gcm(tag));
for (const iv of [1, 8, 16, 60]) check(`gcm iv ${iv}`, gcm(128, iv));
check('gcm broken', async () => {
  const key = await subtle.importKey('raw', count(16), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const sealed = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv: count(12) }, key, count(20)));
  sealed[3] ^= 1;
  return subtle.decrypt({ name: 'AES-GCM', iv: count(12) }, key, sealed);
});
check('gcm short', async () => subtle.decrypt({ name: 'AES-GCM', iv: count(12) }, await subtle.importKey('raw', count(16), 'AES-GCM', false, ['decrypt']), count(3)));
check('gcm usage', async () => subtle.encrypt({ name: 'AES-GCM', iv: count(12) }, await subtle.importKey('raw', count(16), 'AES-GCM', false, ['decrypt']), count(3)));
check('gcm other key', async () => subtle.encrypt({ name: 'AES-GCM', iv: count(12) }, await subtle.importKey('raw', count(16), 'AES-CBC', false, ['encrypt']), count(3)));
check('gcm key size', () => subtle.importKey('raw', count(17), 'AES-GCM', false, ['encrypt']));
check('gcm no iv', async () => subtle.encrypt({ name: 'AES-GCM' }, await subtle.importKey('raw', count(16), 'AES-GCM', false, ['encrypt']), count(3)));
check('cbc iv', async () => subtle.encrypt({ name: 'AES-CBC', iv: count(12) }, await subtle.importKey('raw', count(16), 'AES-CBC', false, ['encrypt']), count(3)));
check('cbc broken', async () => subtle.decrypt({ name: 'AES-CBC', iv: count(16) }, await subtle.importKey('raw', count(16), 'AES-CBC', false, ['decrypt']), count(17)));
check('not extractable', async () => subtle.exportKey('raw', await subtle.importKey('raw', count(16), 'AES-GCM', false, ['encrypt'])));
check('aes generated', async () => about(await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])));
check('aes length', () => subtle.generateKey({ name: 'AES-GCM', length: 100 }, true, ['encrypt']));

for (const hash of ['SHA-1', 'SHA-256', 'SHA-512']) {
  for (const [iterations, bits] of [[1, 8], [2, 256], [1000, 512], [3, 1024]]) {
    check(`pbkdf2 ${hash} ${iterations} ${bits}`, async () => subtle.deriveBits({ name: 'PBKDF2', hash, salt: utf8('salt'), iterations }, await subtle.importKey('raw', utf8('password'), 'PBKDF2', false, ['deriveBits']), bits));
    check(`hkdf ${hash} ${bits}`, async () => subtle.deriveBits({ name: 'HKDF', hash, salt: utf8(iterations > 2 ? '' : 'salt'), info: utf8('info') }, await subtle.importKey('raw', utf8('secret'), 'HKDF', false, ['deriveBits']), bits));
  }
}
check('pbkdf2 zero', async () => subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: utf8('s'), iterations: 0 }, await subtle.importKey('raw', utf8('p'), 'PBKDF2', false, ['deriveBits']), 8));
check('pbkdf2 odd', async () => subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: utf8('s'), iterations: 1 }, await subtle.importKey('raw', utf8('p'), 'PBKDF2', false, ['deriveBits']), 7));
check('pbkdf2 extractable', () => subtle.importKey('raw', utf8('p'), 'PBKDF2', true, ['deriveBits']));
check('pbkdf2 key', async () => { const k = await subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt: utf8('s'), iterations: 10 }, await subtle.importKey('raw', utf8('p'), 'PBKDF2', false, ['deriveKey']), { name: 'AES-GCM', length: 256 }, true, ['encrypt']); return [about(k), await subtle.exportKey('raw', k)]; });
check('hkdf key', async () => { const k = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: utf8('s'), info: utf8('') }, await subtle.importKey('raw', utf8('p'), 'HKDF', false, ['deriveKey']), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']); return [about(k), await subtle.exportKey('raw', k)]; });
check('hkdf long', async () => subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: utf8('s'), info: utf8('') }, await subtle.importKey('raw', utf8('p'), 'HKDF', false, ['deriveBits']), 8 * 255 * 32 + 8));

const ed = unhex('302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
check('ed25519', async () => {
  const key = await subtle.importKey('pkcs8', ed, 'Ed25519', true, ['sign']);
  const mark = await subtle.sign('Ed25519', key, utf8('hello'));
  const jwk = await subtle.exportKey('jwk', key);
  const pub = await subtle.importKey('jwk', { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, 'Ed25519', true, ['verify']);
  const wrong = new Uint8Array(mark.slice(0));
  wrong[5] ^= 1;
  return [mark, sorted(jwk), await subtle.exportKey('spki', pub), await subtle.exportKey('raw', pub), await subtle.exportKey('pkcs8', key), await subtle.verify('Ed25519', pub, mark, utf8('hello')), await subtle.verify('Ed25519', pub, wrong, utf8('hello')), await subtle.verify('Ed25519', pub, mark.slice(1), utf8('hello')), about(key), about(pub)];
});
check('ed25519 round', async () => { const { publicKey, privateKey } = await subtle.generateKey('Ed25519', false, ['sign', 'verify']); return [about(publicKey), about(privateKey), await subtle.verify('Ed25519', publicKey, await subtle.sign('Ed25519', privateKey, count(9)), count(9))]; });
check('ed25519 wrong kind', async () => subtle.sign('Ed25519', await subtle.importKey('raw', count(32), 'Ed25519', true, ['verify']), count(1)));
check('ed25519 bad key', () => subtle.importKey('pkcs8', ed.subarray(1), 'Ed25519', true, ['sign']));
check('ed25519 raw size', () => subtle.importKey('raw', count(31), 'Ed25519', true, ['verify']));
check('ed25519 no usage', () => subtle.importKey('pkcs8', ed, 'Ed25519', true, []));

const xa = unhex('302e020100300506032b656e0422042077076d0a7318a57d3c16c17251b26645df4c4192ac8e5d4b1a5f0a1b2c3d4e5f');
const xb = unhex('302e020100300506032b656e042204205dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
check('x25519', async () => {
  const [a, b] = await Promise.all([xa, xb].map(k => subtle.importKey('pkcs8', k, 'X25519', true, ['deriveBits', 'deriveKey'])));
  const pub = async key => { const { kty, crv, x } = await subtle.exportKey('jwk', key); return subtle.importKey('jwk', { kty, crv, x }, 'X25519', true, []); };
  const [pa, pb] = [await pub(a), await pub(b)];
  return [await subtle.exportKey('raw', pa), await subtle.exportKey('spki', pb), await subtle.deriveBits({ name: 'X25519', public: pb }, a, 256), await subtle.deriveBits({ name: 'X25519', public: pa }, b, 256), await subtle.deriveBits({ name: 'X25519', public: pa }, b, 128), about(a), about(pa),
    await subtle.exportKey('raw', await subtle.deriveKey({ name: 'X25519', public: pb }, a, { name: 'AES-GCM', length: 128 }, true, ['encrypt']))];
});
check('x25519 too much', async () => { const { publicKey, privateKey } = await subtle.generateKey('X25519', false, ['deriveBits']); return subtle.deriveBits({ name: 'X25519', public: publicKey }, privateKey, 257); });

const ec = { 'P-256': '308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721a1440342000460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299' };
const marks = { 'P-256': 'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8' };
check('ecdsa known', async () => {
  const key = await subtle.importKey('pkcs8', unhex(ec['P-256']), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  const jwk = await subtle.exportKey('jwk', key);
  const pub = await subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y }, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  return [sorted(jwk), await subtle.exportKey('raw', pub), await subtle.exportKey('spki', pub), await subtle.exportKey('pkcs8', key), await subtle.verify(algorithm, pub, unhex(marks['P-256']), utf8('sample')), await subtle.verify(algorithm, pub, unhex(marks['P-256']), utf8('samplE')), await subtle.verify(algorithm, pub, count(64), utf8('sample')), await subtle.verify(algorithm, pub, count(63), utf8('sample')),
    await subtle.verify(algorithm, pub, await subtle.sign(algorithm, key, utf8('x')), utf8('x')), about(key), about(pub)];
});
for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
  check(`ecdsa round ${namedCurve}`, async () => {
    const { publicKey, privateKey } = await subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']);
    const again = await subtle.importKey('pkcs8', await subtle.exportKey('pkcs8', privateKey), { name: 'ECDSA', namedCurve }, true, ['sign']);
    const seen = await subtle.importKey('spki', await subtle.exportKey('spki', publicKey), { name: 'ECDSA', namedCurve }, true, ['verify']);
    const mark = await subtle.sign({ name: 'ECDSA', hash: 'SHA-512' }, again, count(50));
    return [mark.byteLength, await subtle.verify({ name: 'ECDSA', hash: 'SHA-512' }, seen, mark, count(50)), about(publicKey), about(privateKey)];
  });
  check(`ecdh round ${namedCurve}`, async () => {
    const [a, b] = await Promise.all([0, 1].map(() => subtle.generateKey({ name: 'ECDH', namedCurve }, true, ['deriveBits'])));
    const [one, other] = [await subtle.deriveBits({ name: 'ECDH', public: b.publicKey }, a.privateKey, 128), await subtle.deriveBits({ name: 'ECDH', public: a.publicKey }, b.privateKey, 128)];
    return [show(one) === show(other), one.byteLength];
  });
}
check('ecdh known', async () => {
  const pair = async usages => subtle.importKey('pkcs8', unhex(ec['P-256']), { name: 'ECDH', namedCurve: 'P-256' }, true, usages);
  const key = await pair(['deriveBits']);
  const { x, y } = await subtle.exportKey('jwk', key);
  return subtle.deriveBits({ name: 'ECDH', public: await subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x, y }, { name: 'ECDH', namedCurve: 'P-256' }, true, []) }, key, 256);
});
check('ec off curve', () => subtle.importKey('raw', Uint8Array.of(4, ...count(64)), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']));
check('ec no curve', () => subtle.generateKey({ name: 'ECDSA' }, true, ['sign']));
check('ec strange curve', () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-1' }, true, ['sign']));
check('ec no usages', () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, []));
check('wrap', async () => {
  const wrapping = await subtle.importKey('raw', count(16), 'AES-GCM', false, ['wrapKey', 'unwrapKey']);
  const key = await subtle.importKey('raw', count(32), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  const wrapped = await subtle.wrapKey('raw', key, wrapping, { name: 'AES-GCM', iv: count(12) });
  const back = await subtle.unwrapKey('raw', wrapped, wrapping, { name: 'AES-GCM', iv: count(12) }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  return [wrapped, await subtle.exportKey('raw', back)];
});

for (const type of [Uint8Array, Int8Array, Uint16Array, Int32Array, BigUint64Array, Uint8ClampedArray]) check(`random ${type.name}`, () => { const a = new type(8); return [crypto.getRandomValues(a) === a, a.some(x => x !== a[0])]; });
check('random part', () => { const a = new Uint8Array(40); crypto.getRandomValues(a.subarray(10, 30)); return [a.subarray(0, 10), a.subarray(30), a.subarray(10, 30).some(x => x !== 0)]; });
check('random float', () => crypto.getRandomValues(new Float32Array(1)));
check('random list', () => crypto.getRandomValues([1]));
check('random most', () => crypto.getRandomValues(new Uint8Array(65536)).length);
check('random more', () => crypto.getRandomValues(new Uint8Array(65537)));
check('random wide', () => crypto.getRandomValues(new Uint32Array(16385)));
check('uuid', () => { const u = crypto.randomUUID(); return [/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(u), u !== crypto.randomUUID()]; });
check('illegal', () => new SubtleCrypto());
check('illegal key', async () => new (await subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt'])).constructor());
check('tags', async () => [crypto, subtle, await subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt'])].map(v => Object.prototype.toString.call(v)));
check('same subtle', () => crypto.subtle === crypto.subtle);
check('unbound', () => { const { getRandomValues } = crypto; return getRandomValues(new Uint8Array(1)); });
for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
  check(`points ${namedCurve}`, async () => {
    const algorithm = { name: 'ECDSA', namedCurve };
    const point = new Uint8Array(await subtle.exportKey('raw', (await subtle.generateKey(algorithm, true, ['sign'])).publicKey));
    const size = (point.length - 1) / 2;
    const again = async bytes => show(await subtle.exportKey('raw', await subtle.importKey('raw', bytes, algorithm, true, ['verify']))) === show(point.buffer);
    const tries = [Uint8Array.of(2 + (point[2 * size] & 1), ...point.slice(1, 1 + size)), Uint8Array.of(0), Uint8Array.of(5, ...point.slice(1)), point.slice(0, -1), Uint8Array.of(...point, 0), new Uint8Array(point.length), Uint8Array.of(2, ...new Uint8Array(size).fill(255))];
    return Promise.all(tries.map(bytes => again(bytes).catch(fault)));
  });
}
