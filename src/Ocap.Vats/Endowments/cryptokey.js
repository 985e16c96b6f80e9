// CryptoKey (Web Cryptography §13). No vat is given the name; keys come out of SubtleCrypto.
(natives, { common: { expose } }, { Boolean, Object, Reflect, TypeError }) => {
  const order = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];
  let allowed = false;
  let makeKey;
  let materialOf;
  let isKey;

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
      materialOf = key => key.#material;
      isKey = value => typeof value === 'object' && value !== null && #material in value;
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
  expose(CryptoKey);

  /** What a key is, whatever properties a vat has given it. */
  const about = ['type', 'extractable', 'algorithm', 'usages'].map(name => [name, Object.getOwnPropertyDescriptor(CryptoKey.prototype, name).get]);
  const detailsOf = key => Object.fromEntries(about.map(([name, get]) => [name, Reflect.apply(get, key, [])]));

  return { CryptoKey, makeKey, materialOf, isKey, detailsOf, usages: order };
}
