// As much of the Streams standard as bodies need: a readable stream that is filled when it is read.
(natives, { common: { expose } }, { Boolean, Object, Promise, Reflect, Symbol, TypeError }) => {
  const asyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* none() {}).prototype);
  let acquire;
  let isDisturbed;
  let usedUp;
  const invalid = what => {
    const error = new TypeError(`Invalid state: ${what}`);
    error.code = 'ERR_INVALID_STATE';
    return error;
  };

  const deferred = () => {
    const both = {};
    both.promise = new Promise((resolve, reject) => { both.resolve = resolve; both.reject = reject; });
    return both;
  };
  const quiet = promise => { promise.catch(() => {}); return promise; };

  class ReadableStream {
    #state = 'readable';

    #error;

    #queue = [];

    #waiting = [];

    #source;

    #pulling = false;

    #closing = false;

    #disturbed = false;

    #reader = null;

    #controller;

    static {
      isDisturbed = stream => stream.#disturbed;
      usedUp = () => {
        const stream = new ReadableStream({ start: controller => controller.close() });
        stream.#disturbed = true;
        stream.getReader();
        return stream;
      };
      acquire = (stream, reader) => {
        if (stream.#reader) throw invalid('ReadableStream is locked');
        stream.#reader = reader;
        return {
          read: () => stream.#read(),
          cancel: reason => stream.#cancel(reason),
          release: () => {
            stream.#reader = null;
            for (const one of stream.#waiting.splice(0)) one.reject(invalid('Releasing reader'));
          },
          state: () => [stream.#state, stream.#error],
          closed: stream.#closed,
        };
      };
    }

    #closed = deferred();

    constructor(source = {}) {
      quiet(this.#closed.promise);
      this.#source = source ?? {};
      const remaining = () => (this.#state === 'errored' ? null : this.#state === 'closed' ? 0 : 1 - this.#queue.length);
      this.#controller = Object.freeze({
        get desiredSize() { return remaining(); },
        enqueue: chunk => {
          if (this.#state !== 'readable' || this.#closing) throw invalid('Controller is already closed');
          if (this.#waiting.length > 0) this.#waiting.shift().resolve({ value: chunk, done: false });
          else this.#queue.push(chunk);
          if (this.#waiting.length > 0) this.#pull();
        },
        close: () => {
          if (this.#state !== 'readable' || this.#closing) throw invalid('Controller is already closed');
          this.#closing = true;
          if (this.#queue.length === 0) this.#finish();
        },
        error: reason => this.#fail(reason),
      });
      this.#source.start?.(this.#controller);
    }

    #finish() {
      this.#state = 'closed';
      for (const one of this.#waiting.splice(0)) one.resolve({ value: undefined, done: true });
      this.#closed.resolve(undefined);
    }

    #fail(reason) {
      if (this.#state !== 'readable') return;
      this.#state = 'errored';
      this.#error = reason;
      this.#queue.length = 0;
      for (const one of this.#waiting.splice(0)) one.reject(reason);
      this.#closed.reject(reason);
    }

    #read() {
      this.#disturbed = true;
      if (this.#queue.length > 0) {
        const value = this.#queue.shift();
        if (this.#closing && this.#queue.length === 0) this.#finish();
        return Promise.resolve({ value, done: false });
      }
      if (this.#state === 'errored') return Promise.reject(this.#error);
      if (this.#state === 'closed') return Promise.resolve({ value: undefined, done: true });
      const one = deferred();
      this.#waiting.push(one);
      this.#pull();
      return one.promise;
    }

    async #pull() {
      if (this.#pulling || !this.#source.pull) return;
      this.#pulling = true;
      try {
        while (this.#state === 'readable' && !this.#closing && this.#waiting.length > 0) {
          const before = this.#waiting.length;
          await this.#source.pull(this.#controller);
          if (this.#waiting.length === before) break;
        }
      } catch (error) {
        this.#fail(error);
      } finally {
        this.#pulling = false;
      }
    }

    async #cancel(reason) {
      this.#disturbed = true;
      if (this.#state === 'errored') throw this.#error;
      if (this.#state === 'closed') return;
      this.#queue.length = 0;
      this.#finish();
      await this.#source.cancel?.(reason);
    }

    static from(iterable) {
      const method = iterable[Symbol.asyncIterator] ?? iterable[Symbol.iterator];
      if (typeof method !== 'function') throw new TypeError('The "iterable" argument must be iterable');
      const iterator = Reflect.apply(method, iterable, []);
      return new ReadableStream({
        async pull(controller) {
          const { value, done } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(await value);
        },
        async cancel(reason) { await iterator.return?.(reason); },
      });
    }

    get locked() { return this.#reader !== null; }

    getReader(options = undefined) {
      if (options?.mode !== undefined) throw new TypeError('A stream here has no reader but the default one');
      return new ReadableStreamDefaultReader(this);
    }

    async cancel(reason = undefined) {
      if (this.#reader) throw invalid('ReadableStream is locked');
      await this.#cancel(reason);
    }

    tee() {
      const reader = this.getReader();
      const controllers = [];
      const cancelled = [false, false];
      let reading = null;
      const pull = () => {
        reading ??= reader.read().then(({ value, done }) => {
          reading = null;
          controllers.forEach((controller, i) => {
            if (cancelled[i]) return;
            if (done) controller.close();
            else controller.enqueue(i === 1 && value?.slice ? value.slice() : value);
          });
        }, error => {
          for (const controller of controllers) controller.error(error);
        });
        return reading;
      };
      return [0, 1].map(i => new ReadableStream({
        start(controller) { controllers[i] = controller; },
        pull,
        cancel(reason) {
          cancelled[i] = true;
          return cancelled[0] && cancelled[1] ? reader.cancel(reason) : undefined;
        },
      }));
    }

    values(options = undefined) {
      const reader = this.getReader();
      const keep = Boolean(options?.preventCancel);
      let over = false;
      const iterator = Object.create(asyncIteratorPrototype);
      iterator.next = async () => {
        if (over) return { value: undefined, done: true };
        const result = await reader.read();
        if (result.done) {
          over = true;
          reader.releaseLock();
        }
        return result;
      };
      iterator.return = async value => {
        if (!over) {
          over = true;
          if (!keep) await reader.cancel(value);
          reader.releaseLock();
        }
        return { value, done: true };
      };
      return iterator;
    }
  }
  Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, { value: ReadableStream.prototype.values, writable: true, configurable: true });
  expose(ReadableStream);

  class ReadableStreamDefaultReader {
    #stream;

    constructor(stream) { this.#stream = acquire(stream, this); }

    #held() {
      if (this.#stream === null) throw invalid('The reader is not attached to a stream');
      return this.#stream;
    }

    get closed() { return this.#stream === null ? quiet(Promise.reject(invalid('Reader released'))) : this.#stream.closed.promise; }

    async read() { return this.#held().read(); }

    async cancel(reason = undefined) { return this.#held().cancel(reason); }

    releaseLock() {
      if (this.#stream === null) return;
      this.#stream.release();
      this.#stream = null;
    }
  }
  expose(ReadableStreamDefaultReader);

  return { ReadableStream, ReadableStreamDefaultReader, isDisturbed, usedUp };
}
