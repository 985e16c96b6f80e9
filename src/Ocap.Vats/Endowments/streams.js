// As much of the Streams standard as bodies need: a readable stream that is filled when it is read.
(natives, {
  common: { expose },
  checks: { coded, invalid, foreign, wrongType, wrongValue, needObject, optionsOf, allocatedBy, leastOf, deferred, quiet },
  rooms: { needView, placeOf, elementsOf, owned, roomIn, filledOf },
  queues: { ChunkQueue, ByteQueue },
  tee: { tee },
}, { Boolean, Object, Promise, Reflect, Symbol, TypeError }) => {
  const asyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* none() {}).prototype);
  let acquire;
  let isDisturbed;
  let isLocked;
  let isStream;
  let givesBytes;
  let split;
  let usedUp;

  class ReadableStream {
    #state = 'readable';

    #error;

    #queue;

    #source;

    // How many times something has been added.
    #given = 0;

    #started = false;

    #pulling = false;

    #closing = false;

    #disturbed = false;

    #reader = null;

    #controller;

    static {
      isStream = value => typeof value === 'object' && value !== null && #queue in value;
      isDisturbed = stream => stream.#disturbed;
      isLocked = stream => stream.#reader !== null;
      givesBytes = stream => stream.#queue instanceof ByteQueue;
      split = stream => tee(acquire(stream, stream), givesBytes(stream), source => new ReadableStream(source));
      usedUp = () => {
        const stream = new ReadableStream({ type: 'bytes', start: controller => controller.close() });
        stream.#disturbed = true;
        stream.getReader();
        return stream;
      };
      acquire = (stream, reader) => {
        if (stream.#reader) throw invalid('ReadableStream is locked');
        stream.#reader = reader;
        return {
          read: () => stream.#read(),
          readInto: (view, least) => stream.#readInto(view, least),
          cancel: reason => stream.#cancel(reason),
          release: () => {
            stream.#reader = null;
            stream.#queue.release();
          },
          isOpen: () => stream.#state === 'readable',
          closed: stream.#closed,
        };
      };
    }

    #closed = deferred();

    constructor(source = {}) {
      quiet(this.#closed.promise);
      needObject(source, 'source');
      for (const name of ['start', 'pull', 'cancel']) {
        if (source[name] !== undefined && source[name] !== null && typeof source[name] !== 'function') throw wrongType(`source.${name}`, 'of type function');
      }
      this.#source = source;
      const given = () => {
        this.#given += 1;
        if (this.#queue.isWaited) this.#pull();
      };
      const { type } = source;
      if (type !== undefined && `${type}` !== 'bytes') throw wrongValue('source.type');
      this.#queue = type === undefined ? new ChunkQueue(given) : new ByteQueue(given, allocatedBy(source));
      this.#controller = Object.freeze(this.#made(type === undefined ? 1 : 0));
      Promise.resolve(source.start?.(this.#controller)).then(() => {
        this.#started = true;
        if (this.#queue.isWaited) this.#pull();
      }, error => this.#fail(error));
    }

    /** What a source is given to fill the stream with. */
    #made(most) {
      const stream = this;
      const isOpen = () => this.#state === 'readable' && !this.#closing;
      const needOpen = () => {
        if (!isOpen()) throw invalid('Controller is already closed');
      };
      const controller = {
        get desiredSize() { return stream.#state === 'errored' ? null : stream.#state === 'closed' ? 0 : most - stream.#queue.size; },
        enqueue: chunk => {
          if (givesBytes(this)) needView(chunk, 'buffer');
          needOpen();
          this.#queue.add(givesBytes(this) ? owned(chunk) : chunk);
        },
        close: () => {
          needOpen();
          this.#closing = true;
          if (this.#queue.size > 0) return;
          if (givesBytes(this) && this.#queue.isBroken) {
            const error = invalid('Partial read');
            this.#fail(error);
            throw error;
          }
          this.#finish();
        },
        error: reason => this.#fail(reason),
      };
      if (givesBytes(this)) Object.defineProperty(controller, 'byobRequest', { get: () => this.#queue.request, enumerable: true });
      return controller;
    }

    #finish() {
      this.#state = 'closed';
      this.#queue.end();
      this.#closed.resolve(undefined);
    }

    #fail(reason) {
      if (this.#state !== 'readable') return;
      this.#state = 'errored';
      this.#error = reason;
      this.#queue.fail(reason);
      this.#closed.reject(reason);
    }

    #read() {
      this.#disturbed = true;
      if (this.#state === 'errored') return Promise.reject(this.#error);
      if (this.#state === 'closed') return Promise.resolve({ value: undefined, done: true });
      return this.#answered(this.#queue.read());
    }

    #readInto(view, least) {
      this.#disturbed = true;
      if (this.#state === 'errored') return Promise.reject(this.#error);
      const room = roomIn(view, least);
      if (this.#state === 'closed') return Promise.resolve({ value: filledOf(room), done: true });
      return this.#answered(this.#queue.readInto(room));
    }

    /** The answer of the queue, when it is seen what that means for the stream. */
    #answered(answer) {
      if (this.#closing && this.#queue.size === 0) {
        // Who still waits wants more than will ever come.
        if (this.#queue.isWaited) this.#fail(invalid('ReadableStream closed'));
        else this.#finish();
      } else if (this.#queue.isWaited) {
        this.#pull();
      }
      return answer;
    }

    async #pull() {
      if (!this.#started || this.#pulling || !this.#source.pull) return;
      this.#pulling = true;
      try {
        while (this.#state === 'readable' && !this.#closing && this.#queue.isWaited) {
          const before = this.#given;
          await this.#source.pull(this.#controller);
          if (this.#given === before) break;
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
      this.#queue.drop();
      this.#finish();
      await this.#source.cancel?.(reason);
    }

    static from(iterable) {
      const method = iterable[Symbol.asyncIterator] ?? iterable[Symbol.iterator];
      if (typeof method !== 'function') throw coded(TypeError, 'ERR_ARG_NOT_ITERABLE', 'The "iterable" argument must be iterable');
      const iterator = Reflect.apply(method, iterable, []);
      if (iterator === null || (typeof iterator !== 'object' && typeof iterator !== 'function')) throw invalid('The iterator method must return an object');
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
      const { mode } = optionsOf(options);
      if (mode === undefined) return new ReadableStreamDefaultReader(this);
      if (`${mode}` !== 'byob') throw wrongValue('options.mode');
      return new ReadableStreamBYOBReader(this);
    }

    async cancel(reason = undefined) {
      if (this.#reader) throw invalid('ReadableStream is locked');
      await this.#cancel(reason);
    }

    tee() { return split(this); }

    // No vat is given a WritableStream, nor anything that has one: what a stream could be piped to is never there.
    async pipeTo(destination) {
      if (!isStream(this)) throw foreign('ReadableStream');
      throw wrongType('transform.writable', 'an instance of WritableStream');
    }

    pipeThrough(transform) {
      if (!isStream(this)) throw foreign('ReadableStream');
      if (!isStream(transform?.readable)) throw wrongType('transform.readable', 'an instance of ReadableStream');
      transform.writable;
      throw wrongType('transform.writable', 'an instance of WritableStream');
    }

    values(options = undefined) {
      const keep = Boolean(optionsOf(options).preventCancel);
      const reader = new ReadableStreamDefaultReader(this);
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

  let attached;

  /** What both kinds of readers do. */
  class Reader {
    #stream;

    #closed = deferred();

    static {
      attached = reader => {
        if (reader.#stream === null) throw invalid('The reader is not attached to a stream');
        return reader.#stream;
      };
    }

    constructor(stream) {
      this.#stream = acquire(stream, this);
      quiet(this.#closed.promise);
      this.#stream.closed.promise.then(this.#closed.resolve, this.#closed.reject);
    }

    get closed() { return #stream in this ? this.#closed.promise : quiet(Promise.reject(foreign('ReadableStreamDefaultReader'))); }

    async cancel(reason = undefined) { return attached(this).cancel(reason); }

    releaseLock() {
      if (this.#stream === null) return;
      if (!this.#stream.isOpen()) this.#closed = deferred();
      quiet(this.#closed.promise);
      this.#closed.reject(invalid('Reader released'));
      this.#stream.release();
      this.#stream = null;
    }
  }

  const needStream = stream => {
    if (!isStream(stream)) throw wrongType('stream', 'an instance of ReadableStream');
    return stream;
  };

  class ReadableStreamDefaultReader extends Reader {
    #brand = true;

    constructor(stream) { super(needStream(stream)); }

    async read() {
      if (!(#brand in this)) throw foreign('ReadableStreamDefaultReader');
      return attached(this).read();
    }
  }

  class ReadableStreamBYOBReader extends Reader {
    #brand = true;

    constructor(stream) {
      if (!givesBytes(needStream(stream))) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'stream' must be a byte stream.");
      super(stream);
    }

    /** Fills a view, of which the reader's maker has no use any more: what is answered is another one, on the same bytes. */
    async read(view, options = undefined) {
      if (!(#brand in this)) throw foreign('ReadableStreamBYOBReader');
      needView(view, 'view');
      const { min } = optionsOf(options);
      if (placeOf(view)[2] === 0) throw invalid('View or Viewed ArrayBuffer is zero-length or detached');
      return attached(this).readInto(view, leastOf(min ?? 1, elementsOf(view)));
    }
  }

  // The readers' members belong to both classes, not to one above them.
  for (const Class of [ReadableStreamDefaultReader, ReadableStreamBYOBReader]) {
    for (const key of ['closed', 'cancel', 'releaseLock']) Object.defineProperty(Class.prototype, key, Object.getOwnPropertyDescriptor(Reader.prototype, key));
    expose(Class);
    Object.setPrototypeOf(Class.prototype, Object.prototype);
  }

  return { ReadableStream, Reader, ReadableStreamDefaultReader, ReadableStreamBYOBReader, isDisturbed, isLocked, split, usedUp };
}
