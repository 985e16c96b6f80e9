// What crypto says to those who use it wrongly, and what keys are and give in every format.
const { subtle } = crypto;
// Names and messages are ours to choose; what lies behind them is the library's.
const say = (label, thunk) => check(label, thunk, error => (error instanceof Error ? `! ${error.name}: ${error.message}` : fault(error)));
const count = (n, first = 3) => Uint8Array.from({ length: n }, (_, i) => (i * 7 + first) & 255);
const unhex = text => Uint8Array.from(text.match(/../g) ?? [], b => parseInt(b, 16));
const sorted = value => (value && typeof value === 'object' && !ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);
const about = key => [key.type, key.extractable, JSON.stringify(sorted(key.algorithm)), [...key.usages]];
const b64 = bytes => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');

const secrets = {
  hmac: [{ name: 'HMAC', hash: 'SHA-256' }, ['sign', 'verify']], gcm: [{ name: 'AES-GCM' }, ['encrypt', 'decrypt']], cbc: [{ name: 'AES-CBC' }, ['encrypt', 'decrypt']], ctr: [{ name: 'AES-CTR' }, ['encrypt', 'decrypt']],
  pbkdf2: ['PBKDF2', ['deriveBits', 'deriveKey']], hkdf: ['HKDF', ['deriveBits', 'deriveKey']],
};
const pkcs8s = {
  ed: '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  x: '302e020100300506032b656e0422042077076d0a7318a57d3c16c17251b26645df4c4192ac8e5d4b1a5f0a1b2c3d4e5f',
  p256: '308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721a1440342000460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
};
const pairs = {
  ed: [{ name: 'Ed25519' }, ['sign'], ['verify']], x: [{ name: 'X25519' }, ['deriveBits', 'deriveKey'], []],
  ecdsa: [{ name: 'ECDSA', namedCurve: 'P-256' }, ['sign'], ['verify']], ecdh: [{ name: 'ECDH', namedCurve: 'P-256' }, ['deriveBits', 'deriveKey'], []],
};
const pkcs8 = kind => unhex(pkcs8s[kind.startsWith('ec') ? 'p256' : kind]);
const privateOf = (kind, extractable = true, usages = pairs[kind][1]) => subtle.importKey('pkcs8', pkcs8(kind), pairs[kind][0], extractable, usages);
const publicOf = async (kind, usages = pairs[kind][2]) => { const { d, key_ops, ext, ...jwk } = await subtle.exportKey('jwk', await privateOf(kind)); return subtle.importKey('jwk', jwk, pairs[kind][0], true, usages); };
const secret = (kind, usages = secrets[kind][1], extractable = !/kdf/.test(kind), size = 16) => subtle.importKey('raw', count(size), secrets[kind][0], extractable, usages);
const allUsages = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];

// Every algorithm with every usage, format and export.
for (const kind of Object.keys(secrets)) {
  for (const usage of allUsages) say(`${kind} for ${usage}`, async () => about(await secret(kind, [usage])));
  say(`${kind} for all`, () => secret(kind, allUsages));
  say(`${kind} for nothing`, () => secret(kind, []));
  say(`${kind} in order`, async () => about(await secret(kind, [...secrets[kind][1]].reverse())));
  say(`${kind} twice`, async () => about(await secret(kind, [secrets[kind][1][0], secrets[kind][1][0]])));
  for (const format of ['raw', 'jwk', 'spki', 'pkcs8', 'x']) {
    say(`${kind} export ${format}`, async () => sorted(await subtle.exportKey(format, await secret(kind))));
    say(`${kind} export ${format} not extractable`, async () => subtle.exportKey(format, await secret(kind, secrets[kind][1], false)));
    say(`${kind} import ${format} of bytes`, async () => about(await subtle.importKey(format, count(16), secrets[kind][0], !/kdf/.test(kind), secrets[kind][1])));
    say(`${kind} import ${format} of an object`, async () => about(await subtle.importKey(format, { kty: 'oct', k: b64(count(16)) }, secrets[kind][0], !/kdf/.test(kind), secrets[kind][1])));
  }
  for (const size of [0, 1, 15, 16, 24, 32, 33]) say(`${kind} of ${size}`, async () => about(await secret(kind, undefined, undefined, size)));
  say(`${kind} extractable`, async () => about(await secret(kind, undefined, true)));
  say(`${kind} generated`, async () => about(await subtle.generateKey({ ...(typeof secrets[kind][0] === 'string' ? { name: secrets[kind][0] } : secrets[kind][0]), length: 128 }, true, secrets[kind][1])));
  say(`${kind} generated for nothing`, () => subtle.generateKey({ ...(typeof secrets[kind][0] === 'string' ? { name: secrets[kind][0] } : secrets[kind][0]), length: 128 }, true, []));
  say(`${kind} generated for others`, () => subtle.generateKey({ ...(typeof secrets[kind][0] === 'string' ? { name: secrets[kind][0] } : secrets[kind][0]), length: 128 }, true, allUsages));
}
for (const kind of Object.keys(pairs)) {
  for (const usage of allUsages) {
    say(`${kind} private for ${usage}`, async () => about(await privateOf(kind, true, [usage])));
    say(`${kind} public for ${usage}`, async () => about(await publicOf(kind, [usage])));
  }
  say(`${kind} private for nothing`, () => privateOf(kind, true, []));
  say(`${kind} public for nothing`, async () => about(await publicOf(kind, [])));
  for (const format of ['raw', 'jwk', 'spki', 'pkcs8', 'x']) {
    say(`${kind} export private ${format}`, async () => sorted(await subtle.exportKey(format, await privateOf(kind))));
    say(`${kind} export public ${format}`, async () => sorted(await subtle.exportKey(format, await publicOf(kind))));
    say(`${kind} export ${format} not extractable`, async () => subtle.exportKey(format, await privateOf(kind, false)));
    say(`${kind} import ${format} of nonsense`, () => subtle.importKey(format, count(50), pairs[kind][0], true, pairs[kind][2]));
    say(`${kind} import ${format} of nothing`, () => subtle.importKey(format, new Uint8Array(0), pairs[kind][0], true, pairs[kind][2]));
    say(`${kind} import ${format} of an object`, () => subtle.importKey(format, {}, pairs[kind][0], true, pairs[kind][2]));
    if (format !== 'x') say(`${kind} there and back ${format}`, async () => { const isPublic = format === 'raw' || format === 'spki'; const key = isPublic ? await publicOf(kind) : await privateOf(kind); return about(await subtle.importKey(format, await subtle.exportKey(format, key), pairs[kind][0], true, isPublic ? pairs[kind][2] : pairs[kind][1])); });
  }
  say(`${kind} cut off`, () => subtle.importKey('pkcs8', pkcs8(kind).subarray(0, 40), pairs[kind][0], true, pairs[kind][1]));
  say(`${kind} trailing`, () => subtle.importKey('pkcs8', Uint8Array.of(...pkcs8(kind), 0), pairs[kind][0], true, pairs[kind][1]));
  say(`${kind} of another kind`, () => subtle.importKey('pkcs8', pkcs8(kind === 'ed' ? 'x' : 'ed'), pairs[kind][0], true, pairs[kind][1]));
  const jwkOf = async change => { const jwk = await subtle.exportKey('jwk', await privateOf(kind)); return subtle.importKey('jwk', { ...jwk, ...change }, pairs[kind][0], true, pairs[kind][1]).then(about); };
  for (const [label, change] of Object.entries({
    same: {}, kty: { kty: 'oct' }, 'no kty': { kty: undefined }, crv: { crv: 'P-999' }, 'other crv': { crv: 'P-384' }, 'no crv': { crv: undefined }, 'no x': { x: undefined }, 'short x': { x: 'AQ' }, 'bad x': { x: '*' }, 'other x': { x: b64(count(32)) }, 'bad d': { d: '*' }, 'short d': { d: 'AQ' }, 'empty d': { d: '' },
    ext: { ext: false }, 'no ext': { ext: undefined }, ops: { key_ops: ['verify'] }, 'no ops': { key_ops: undefined }, 'odd ops': { key_ops: ['sign', 'sign'] }, 'text ops': { key_ops: 'sign' }, use: { use: 'enc' }, 'use sig': { use: 'sig' }, alg: { alg: 'X' }, more: { x5c: 'y', hello: 1 },
  })) say(`${kind} jwk ${label}`, () => jwkOf(change));
  say(`${kind} generated`, async () => { const { publicKey, privateKey } = await subtle.generateKey(pairs[kind][0], true, [...pairs[kind][1], ...pairs[kind][2]]); return [about(publicKey), about(privateKey)]; });
  say(`${kind} generated hidden`, async () => { const { publicKey, privateKey } = await subtle.generateKey(pairs[kind][0], false, pairs[kind][1]); return [about(publicKey), about(privateKey)]; });
  say(`${kind} generated for nothing`, () => subtle.generateKey(pairs[kind][0], true, []));
  say(`${kind} generated for the public half`, () => subtle.generateKey(pairs[kind][0], true, pairs[kind][2]));
  say(`${kind} generated for others`, () => subtle.generateKey(pairs[kind][0], true, allUsages));
}
for (const [label, change] of Object.entries({
  same: {}, kty: { kty: 'EC' }, 'no k': { k: undefined }, 'bad k': { k: '*' }, 'empty k': { k: '' }, alg: { alg: 'A256GCM' }, 'own alg': { alg: 'A128GCM' }, ext: { ext: false }, ops: { key_ops: ['sign'] }, 'same ops': { key_ops: ['encrypt'] }, use: { use: 'sig' }, 'use enc': { use: 'enc' }, long: { k: b64(count(17)) },
})) say(`gcm jwk ${label}`, async () => about(await subtle.importKey('jwk', { kty: 'oct', k: b64(count(16)), ...change }, 'AES-GCM', true, ['encrypt'])));

// Operations on what they are not for.
const params = { hmac: 'HMAC', gcm: { name: 'AES-GCM', iv: count(12) }, cbc: { name: 'AES-CBC', iv: count(16) }, ctr: { name: 'AES-CTR', counter: count(16), length: 64 }, ed: 'Ed25519', ecdsa: { name: 'ECDSA', hash: 'SHA-256' } };
for (const [kind, algorithm] of Object.entries(params)) {
  for (const operation of ['encrypt', 'decrypt', 'sign']) say(`${operation} with ${kind}`, async () => { const r = await subtle[operation](algorithm, await (pairs[kind] ? privateOf(kind) : secret(kind)), count(16)); return kind === 'ecdsa' ? r.byteLength : r; });
  say(`verify with ${kind}`, async () => subtle.verify(algorithm, await (pairs[kind] ? publicOf(kind) : secret(kind)), count(64), count(16)));
  say(`verify with private ${kind}`, async () => subtle.verify(algorithm, await (pairs[kind] ? privateOf(kind) : secret(kind, [secrets[kind][1][0]])), count(64), count(16)));
  say(`mismatch ${kind}`, async () => subtle.sign(algorithm, await (kind === 'hmac' ? privateOf('ed') : secret('hmac')), count(1)));
}
for (const kind of ['pbkdf2', 'hkdf', 'x', 'ecdh']) {
  const base = () => (pairs[kind] ? privateOf(kind) : secret(kind));
  const algorithm = async () => ({ name: { pbkdf2: 'PBKDF2', hkdf: 'HKDF', x: 'X25519', ecdh: 'ECDH' }[kind], hash: 'SHA-256', salt: count(8), info: count(3), iterations: 2, ...(pairs[kind] ? { public: await publicOf(kind) } : {}) });
  for (const bits of [undefined, null, 0, 1, 7, 8, 9, 31, 32, 128, 255, 256, 257, 512, -8, 'x', 1.5, 2 ** 32 + 8]) say(`derive ${kind} ${bits}`, async () => subtle.deriveBits(await algorithm(), await base(), bits));
  say(`derive ${kind} without a length`, async () => subtle.deriveBits(await algorithm(), await base()));
  for (const [label, derived] of Object.entries({ gcm: { name: 'AES-GCM', length: 128 }, 'gcm 100': { name: 'AES-GCM', length: 100 }, 'gcm none': { name: 'AES-GCM' }, hmac: { name: 'HMAC', hash: 'SHA-256' }, 'hmac 128': { name: 'HMAC', hash: 'SHA-256', length: 128 }, 'hmac 0': { name: 'HMAC', hash: 'SHA-256', length: 0 }, 'hmac 7': { name: 'HMAC', hash: 'SHA-256', length: 7 }, hkdf: 'HKDF', pbkdf2: 'PBKDF2', ed: 'Ed25519', sha: 'SHA-256' })) {
    for (const usages of [['encrypt'], ['sign'], ['deriveBits'], []]) say(`derive ${kind} to ${label} for ${usages}`, async () => { const key = await subtle.deriveKey(await algorithm(), await base(), derived, !/hkdf|pbkdf2/.test(label), usages); return [about(key), key.extractable && await subtle.exportKey('raw', key)]; });
  }
  say(`derive ${kind} with no parameters`, async () => subtle.deriveBits({ name: (await algorithm()).name }, await base(), 128));
  say(`derive ${kind} of another kind`, async () => subtle.deriveBits(await algorithm(), await secret('hmac'), 128));
  say(`derive ${kind} without the usage`, async () => subtle.deriveBits(await algorithm(), await (pairs[kind] ? privateOf(kind, true, ['deriveKey']) : secret(kind, ['deriveKey'])), 128));
}
say('ecdh of two curves', async () => { const { publicKey } = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-384' }, true, ['deriveBits']); return subtle.deriveBits({ name: 'ECDH', public: publicKey }, await privateOf('ecdh'), 128); });
say('ecdh of two private keys', async () => subtle.deriveBits({ name: 'ECDH', public: await privateOf('ecdh') }, await privateOf('ecdh'), 128));
say('ecdh of x25519', async () => subtle.deriveBits({ name: 'ECDH', public: await publicOf('x') }, await privateOf('ecdh'), 128));
say('x25519 of zero', async () => subtle.deriveBits({ name: 'X25519', public: await subtle.importKey('raw', new Uint8Array(32), 'X25519', true, []) }, await privateOf('x'), 256));
for (const iterations of [0, -1, 1, 2 ** 32, 'x', undefined, 1.5]) say(`pbkdf2 iterations ${iterations}`, async () => subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: count(8), iterations }, await secret('pbkdf2'), 128));
for (const iv of [undefined, 0, 'text', new Uint8Array(0), count(15), count(17)]) for (const name of ['AES-GCM', 'AES-CBC']) if (!(name === 'AES-GCM' && iv?.length > 0 && typeof iv !== 'string')) say(`${name} iv ${show(iv)}`, async () => subtle.encrypt({ name, iv }, await secret(name === 'AES-GCM' ? 'gcm' : 'cbc'), count(3)));
for (const tagLength of [0, 31, 32, 100, 127, 129, 256, null, 'x', 128.5]) say(`gcm tag ${tagLength}`, async () => subtle.encrypt({ name: 'AES-GCM', iv: count(12), tagLength }, await secret('gcm'), count(3)));
for (const [counter, length] of [[count(15), 64], [count(16), 0], [count(16), 129], [count(16), undefined], [undefined, 64], [count(16), -1], [count(16), 300]]) say(`ctr ${counter?.length} ${length}`, async () => subtle.encrypt({ name: 'AES-CTR', counter, length }, await secret('ctr'), count(3)));
say('ctr wraps', async () => subtle.encrypt({ name: 'AES-CTR', counter: count(16), length: 1 }, await secret('ctr'), count(33)));
say('gcm decrypt tampered', async () => { const key = await secret('gcm'); const sealed = new Uint8Array(await subtle.encrypt(params.gcm, key, count(20))); sealed[0] ^= 1; return subtle.decrypt(params.gcm, key, sealed); });
say('gcm decrypt short', async () => subtle.decrypt(params.gcm, await secret('gcm'), count(15)));
say('cbc decrypt odd', async () => subtle.decrypt(params.cbc, await secret('cbc'), count(15)));
say('cbc decrypt padding', async () => subtle.decrypt(params.cbc, await secret('cbc'), count(16)));
for (const hash of [undefined, null, 'MD5', 'SHA-256', { name: 'sha-1' }, {}, 7]) {
  say(`hmac hash ${show(hash)}`, async () => about(await subtle.importKey('raw', count(16), { name: 'HMAC', hash }, true, ['sign'])));
  say(`ecdsa hash ${show(hash)}`, async () => (await subtle.sign({ name: 'ECDSA', hash }, await privateOf('ecdsa'), count(3))).byteLength);
  say(`digest ${show(hash)}`, () => subtle.digest(hash, count(3)));
}
for (const length of [undefined, 0, 1, 7, 8, 100, 128, 136, 'x']) {
  say(`hmac length ${length}`, async () => { const key = await subtle.importKey('raw', count(16), { name: 'HMAC', hash: 'SHA-256', length }, true, ['sign']); return [about(key), await subtle.exportKey('raw', key)]; });
  say(`hmac generated length ${length}`, async () => { const key = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length }, true, ['sign']); return [about(key), (await subtle.exportKey('raw', key)).byteLength]; });
}
for (const namedCurve of [undefined, null, 'P-257', 'p-256', 'P-256', 'P-384', 'P-521', 'K-256']) say(`curve ${namedCurve}`, async () => { const { publicKey } = await subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign']); return [about(publicKey), (await subtle.exportKey('raw', publicKey)).byteLength, (await subtle.exportKey('spki', publicKey)).byteLength]; });
for (const algorithm of [undefined, null, 7, {}, { name: 'RSA' }, { name: '' }, 'aes-gcm', { name: 'hmac' }, Symbol('x')]) {
  say(`algorithm ${show(algorithm)}`, () => subtle.importKey('raw', count(16), algorithm, true, ['encrypt']));
  say(`digest of ${show(algorithm)}`, () => subtle.digest(algorithm, count(3)));
}
for (const data of [undefined, null, 'text', 7, [1, 2], {}, new Uint8Array(0), new DataView(new ArrayBuffer(2)), new Float64Array(1)]) {
  say(`digest data ${show(data)}`, () => subtle.digest('SHA-256', data));
  say(`import data ${show(data)}`, async () => about(await subtle.importKey('raw', data, { name: 'HMAC', hash: 'SHA-1' }, true, ['sign'])));
}
for (const key of [undefined, null, 'key', {}, []]) {
  say(`sign key ${show(key)}`, () => subtle.sign('HMAC', key, count(3)));
  say(`export key ${show(key)}`, () => subtle.exportKey('raw', key));
}
for (const usages of [undefined, null, 'sign', {}, ['dance'], [7], new Set(['sign'])]) say(`usages ${show(usages)}`, async () => about(await subtle.importKey('raw', count(16), { name: 'HMAC', hash: 'SHA-1' }, true, usages)));
for (const extractable of [0, 1, '', 'x', null, undefined]) say(`extractable ${show(extractable)}`, async () => about(await subtle.importKey('raw', count(16), { name: 'HMAC', hash: 'SHA-1' }, extractable, ['sign'])));
for (const [name, ...given] of [['digest', 'SHA-1'], ['importKey'], ['exportKey', 'raw'], ['sign', 'HMAC'], ['verify', 'HMAC'], ['encrypt'], ['decrypt'], ['generateKey', 'HMAC'], ['deriveBits'], ['deriveKey'], ['wrapKey'], ['unwrapKey']]) say(`${name} needs`, () => subtle[name](...given));
say('foreign', () => SubtleCrypto.prototype.digest.call({}, 'SHA-256', count(1)));
check('foreign key', async () => Object.getOwnPropertyDescriptor(Object.getPrototypeOf(await secret('hmac')), 'type').get.call({}));
say('key usages', async () => { const key = await secret('hmac'); return [key.usages === key.usages, key.algorithm === key.algorithm]; });
say('random none', () => crypto.getRandomValues());
for (const value of [null, undefined, 'x', [1], new DataView(new ArrayBuffer(2)), new Float32Array(2), new ArrayBuffer(2)]) say(`random ${show(value)}`, () => crypto.getRandomValues(value));
say('random much', () => crypto.getRandomValues(new Uint8Array(65537)));
say('random foreign', () => crypto.getRandomValues.call({}, new Uint8Array(1)));
say('uuid foreign', () => crypto.randomUUID.call({}));
say('subtle foreign', () => Object.getOwnPropertyDescriptor(Object.getPrototypeOf(crypto), 'subtle').get.call({}));
for (const format of ['raw', 'jwk', 'pkcs8', 'spki']) say(`wrap ${format}`, async () => {
  const wrapping = await subtle.importKey('raw', count(16), 'AES-GCM', true, ['wrapKey', 'unwrapKey', 'encrypt', 'decrypt']);
  const key = await (format === 'pkcs8' ? privateOf('ecdsa') : format === 'spki' ? publicOf('ed') : secret('gcm'));
  const wrapped = await subtle.wrapKey(format, key, wrapping, params.gcm);
  const plain = new Uint8Array(await subtle.decrypt(params.gcm, wrapping, wrapped));
  const [algorithm, usages] = format === 'pkcs8' ? [pairs.ecdsa[0], ['sign']] : format === 'spki' ? ['Ed25519', ['verify']] : ['AES-GCM', ['encrypt']];
  return [format === 'jwk' ? new TextDecoder().decode(plain) : plain, about(await subtle.unwrapKey(format, wrapped, wrapping, params.gcm, algorithm, true, usages))];
});
say('wrap not extractable', async () => subtle.wrapKey('raw', await secret('gcm', ['encrypt'], false), await subtle.importKey('raw', count(16), 'AES-GCM', true, ['wrapKey']), params.gcm));
say('wrap without the usage', async () => subtle.wrapKey('raw', await secret('gcm'), await secret('gcm'), params.gcm));
say('unwrap nonsense', async () => subtle.unwrapKey('jwk', await subtle.encrypt(params.gcm, await secret('gcm'), count(9)), await subtle.importKey('raw', count(16), 'AES-GCM', true, ['unwrapKey']), params.gcm, 'AES-GCM', true, ['encrypt']));
say('usages that were added', async () => { const k = await subtle.importKey('raw', count(16), secrets.hmac[0], false, ['verify']); k.usages.push('sign'); return [k.usages, k.usages === k.usages, await subtle.sign('HMAC', k, count(3))]; });
say('usages that were taken', async () => { const k = await subtle.importKey('raw', count(16), secrets.hmac[0], false, ['sign']); k.usages.length = 0; return subtle.sign('HMAC', k, count(3)); });
say('usages that were added to derive', async () => { const k = await subtle.importKey('raw', count(16), 'HKDF', false, ['deriveKey']); k.usages.push('deriveBits'); return subtle.deriveBits(params.hkdf, k, 64); });
