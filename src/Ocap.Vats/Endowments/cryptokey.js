// CryptoKey (Web Cryptography §13). No vat is given the name; keys come out of SubtleCrypto.
(natives, { common: { expose } }, { Boolean, TypeError }) => {
  const order = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];
  const copied = algorithm => ({ ...algorithm, ...(algorithm.hash ? { hash: { ...algorithm.hash } } : {}) });
  let allowed = false;
  let makeKey;
  let materialOf;
  let detailsOf;
  let isKey;

  class CryptoKey {
    /** What the key is: never handed out. */
    #details;

    /** What it says that it is, which its holder can change. */
    #shown;

    #material;

    static {
      makeKey = (type, extractable, algorithm, usages, material) => {
        allowed = true;
        const key = new CryptoKey();
        key.#details = { type, extractable: Boolean(extractable), algorithm, usages: order.filter(usage => usages.includes(usage)) };
        key.#shown = { algorithm: copied(algorithm), usages: [...key.#details.usages] };
        key.#material = material;
        return key;
      };
      materialOf = key => key.#material;
      detailsOf = key => key.#details;
      isKey = value => typeof value === 'object' && value !== null && #material in value;
    }

    constructor() {
      if (!allowed) throw new TypeError('Illegal constructor');
      allowed = false;
    }

    get type() { return this.#details.type; }

    get extractable() { return this.#details.extractable; }

    get algorithm() { return this.#shown.algorithm; }

    get usages() { return this.#shown.usages; }
  }
  expose(CryptoKey);

  return { CryptoKey, makeKey, materialOf, isKey, detailsOf, usages: order };
}
