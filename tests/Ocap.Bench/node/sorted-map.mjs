/** A map in key order, in chunks: what stands for the vat's store. The same as SortedStore.cs. */
export class SortedMap {
  #values = new Map();

  #chunks = [[]];

  get(key) {
    return this.#values.get(key);
  }

  set(key, value) {
    if (!this.#values.has(key)) {
      const at = this.#chunkOf(key);
      const chunk = this.#chunks[at];
      chunk.splice(SortedMap.#after(chunk, key), 0, key);
      if (chunk.length > 1024) this.#chunks.splice(at + 1, 0, chunk.splice(512));
    }
    this.#values.set(key, value);
  }

  delete(key) {
    if (!this.#values.delete(key)) return;
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at];
    chunk.splice(SortedMap.#after(chunk, key) - 1, 1);
    if (chunk.length === 0 && this.#chunks.length > 1) this.#chunks.splice(at, 1);
  }

  /** The first key after one that need not be there. */
  next(key) {
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at];
    return chunk[SortedMap.#after(chunk, key)] ?? this.#chunks[at + 1]?.[0];
  }

  /** The last chunk that begins at or before a key. */
  #chunkOf(key) {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#chunks[middle][0] <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** How many keys of a chunk are at or before a key. */
  static #after(chunk, key) {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunk[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
