// Both halves of an exchange of keys, signatures and secrets with another implementation: `offer()` makes it, `accept(offer)` says what is wrong with it.
var hexOf = bytes => Array.from(new Uint8Array(bytes), b => b.toString(16).padStart(2, '0')).join('');
var bytesOfHex = text => Uint8Array.from(text.match(/../g) ?? [], b => parseInt(b, 16));
var hashNames = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
var signers = [{ name: 'Ed25519' }, ...['P-256', 'P-384', 'P-521'].map(namedCurve => ({ name: 'ECDSA', namedCurve }))];
var agreers = [{ name: 'X25519' }, ...['P-256', 'P-384', 'P-521'].map(namedCurve => ({ name: 'ECDH', namedCurve }))];
var message = bytesOfHex('00ff68656c6c6f');
var described = async (pair, formats) => Object.fromEntries(await Promise.all(formats.map(async format => {
  const value = await crypto.subtle.exportKey(format, format === 'pkcs8' || format === 'jwk' ? pair.privateKey : pair.publicKey);
  return [format, format === 'jwk' ? value : hexOf(value)];
})));
var offer = async () => {
  const { subtle } = crypto;
  const signatures = [];
  for (const algorithm of signers) {
    const pair = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const keys = await described(pair, ['raw', 'spki', 'pkcs8', 'jwk']);
    for (const hash of algorithm.name === 'ECDSA' ? hashNames : [undefined]) signatures.push({ algorithm, hash, keys, mark: hexOf(await subtle.sign({ ...algorithm, hash }, pair.privateKey, message)) });
  }
  const agreements = [];
  for (const algorithm of agreers) {
    const [one, other] = await Promise.all([0, 1].map(() => subtle.generateKey(algorithm, true, ['deriveBits'])));
    agreements.push({ algorithm, one: await described(one, ['pkcs8', 'jwk']), other: await described(other, ['raw', 'spki']), secret: hexOf(await subtle.deriveBits({ ...algorithm, public: other.publicKey }, one.privateKey, null)) });
  }
  const sealed = [];
  for (const length of [128, 192, 256]) {
    const key = await subtle.generateKey({ name: 'AES-GCM', length }, true, ['encrypt']);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    sealed.push({ key: await subtle.exportKey('jwk', key), iv: hexOf(iv), text: hexOf(await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: message }, key, message)) });
  }
  return JSON.stringify({ signatures, agreements, sealed });
};
var accept = async text => {
  const { subtle } = crypto;
  const { signatures, agreements, sealed } = JSON.parse(text);
  const wrong = [];
  const attempt = async (label, thunk) => { try { if (!(await thunk())) wrong.push(`${label}: not so`); } catch (error) { wrong.push(`${label}: ${error.name}: ${error.message}`); } };
  for (const { algorithm, hash, keys, mark } of signatures) {
    const { d, key_ops, ...open } = keys.jwk;
    for (const [format, data] of [['raw', bytesOfHex(keys.raw)], ['spki', bytesOfHex(keys.spki)], ['jwk', open]]) {
      await attempt(`${algorithm.name} ${algorithm.namedCurve} ${hash} ${format}`, async () => subtle.verify({ ...algorithm, hash }, await subtle.importKey(format, data, algorithm, true, ['verify']), bytesOfHex(mark), message));
    }
    await attempt(`${algorithm.name} ${algorithm.namedCurve} pkcs8`, async () => hexOf(await subtle.exportKey('pkcs8', await subtle.importKey('jwk', keys.jwk, algorithm, true, ['sign']))) === keys.pkcs8);
  }
  for (const { algorithm, one, other, secret } of agreements) {
    for (const [format, data] of [['pkcs8', bytesOfHex(one.pkcs8)], ['jwk', one.jwk]]) {
      for (const kind of ['raw', 'spki']) {
        await attempt(`${algorithm.name} ${algorithm.namedCurve} ${format} ${kind}`, async () => hexOf(await subtle.deriveBits({ ...algorithm, public: await subtle.importKey(kind, bytesOfHex(other[kind]), algorithm, true, []) }, await subtle.importKey(format, data, algorithm, true, ['deriveBits']), null)) === secret);
      }
    }
  }
  for (const { key, iv, text: closed } of sealed) {
    await attempt('AES-GCM', async () => hexOf(await subtle.decrypt({ name: 'AES-GCM', iv: bytesOfHex(iv), additionalData: message }, await subtle.importKey('jwk', { ...key, key_ops: ['decrypt'] }, 'AES-GCM', true, ['decrypt']), bytesOfHex(closed))) === hexOf(message));
  }
  return `${signatures.length} ${agreements.length} ${sealed.length} ${wrong.join('; ')}`;
};
