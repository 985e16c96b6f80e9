// What waits in a readable stream and who waits for it (Streams standard §4.5 to §4.8): chunks of any kind, or bytes, which a reader may have put where it says.
(natives, {
  common: { expose },
  checks: { coded, deferred, foreign, invalid },
  rooms: { needView, placeOf, roomIn, filledOf },
}, { Math, Number, Promise, RangeError, TypeError, Uint8Array }) => {
  const releasing = () => invalid('Releasing reader');

  class ChunkQueue {
    #chunks = [];

    #waiting = [];

    #given;

    /** @param given called whenever something has been added. */
    constructor(given) { this.#given = given; }

    get size() { return this.#chunks.length; }

    get isWaited() { return this.#waiting.length > 0; }

    add(chunk) {
      if (this.#waiting.length > 0) this.#waiting.shift().resolve({ value: chunk, done: false });
      else this.#chunks.push(chunk);
      this.#given();
    }

    read() {
      if (this.#chunks.length > 0) return Promise.resolve({ value: this.#chunks.shift(), done: false });
      const one = deferred();
      this.#waiting.push(one);
      return one.promise;
    }

    end() { for (const one of this.#waiting.splice(0)) one.resolve({ value: undefined, done: true }); }

    drop() { this.#chunks.length = 0; }

    fail(error) {
      this.drop();
      for (const one of this.#waiting.splice(0)) one.reject(error);
    }

    release() { for (const one of this.#waiting.splice(0)) one.reject(releasing()); }
  }

  let request;

  class ReadableStreamBYOBRequest {
    #view = null;

    #respond = null;

    static {
      /** respond(buffer, count) is called once at most; the second function takes the request back. */
      request = (view, respond) => {
        const made = new ReadableStreamBYOBRequest();
        made.#view = view;
        made.#respond = respond;
        return [made, () => { made.#view = null; }];
      };
    }

    #held() {
      if (this.#respond === null) throw foreign('ReadableStreamBYOBRequest');
      if (this.#view === null) throw invalid('This BYOB request has been invalidated');
      return placeOf(this.#view);
    }

    get view() { return this.#view; }

    respond(bytesWritten) {
      const [buffer, , length] = this.#held();
      const count = Number(bytesWritten);
      if (!Number.isInteger(count) || count <= 0) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'bytesWritten' is invalid.");
      if (count > length) throw coded(RangeError, 'ERR_INVALID_ARG_VALUE', "The argument 'bytesWritten' is invalid.");
      this.#respond(buffer.transfer(), count);
    }

    respondWithNewView(view) {
      const [wanted, start, most] = this.#held();
      needView(view, 'view');
      const [buffer, offset, length] = placeOf(view);
      if (length === 0) throw invalid('View is zero-length');
      if (offset !== start || length > most || buffer.byteLength !== wanted.byteLength) throw coded(RangeError, 'ERR_INVALID_ARG_VALUE', "The argument 'view' is invalid.");
      this.#respond(buffer.transfer(), length);
    }
  }
  expose(ReadableStreamBYOBRequest);

  class ByteQueue {
    #pieces = [];

    #size = 0;

    // Each is a promise's two ends, and the room to be filled, if any.
    #waiting = [];

    #given;

    #allocated;

    /**
     * @param given called whenever something has been added.
     * @param allocated how many bytes of room the source is offered when a reader gives none; 0 for no offer.
     */
    constructor(given, allocated) {
      this.#given = given;
      this.#allocated = allocated;
    }

    get size() { return this.#size; }

    get isWaited() { return this.#waiting.length > 0; }

    /** Somebody waits for an element of which only some bytes are there. */
    get isBroken() { return this.#waiting.length > 0 && this.#waiting[0].room !== null && this.#waiting[0].room.filled % this.#waiting[0].room.element !== 0; }

    /** What a source is offered to be filled: the room that is next, or null. */
    get request() {
      if (this.#waiting.length === 0 || this.#waiting[0].room === null) return null;
      const [one] = this.#waiting;
      if (!one.request) {
        const { buffer, offset, length, filled } = one.room;
        [one.request, one.takeBack] = request(new Uint8Array(buffer, offset + filled, length - filled), (other, count) => this.#respond(one, other, count));
      }
      return one.request;
    }

    add(piece) {
      if (this.#waiting.length > 0) this.#takeBack(this.#waiting[0]);
      this.#push(piece);
      this.#serve();
      this.#given();
    }

    read() {
      if (this.#size > 0) return Promise.resolve({ value: this.#shift(), done: false });
      return this.#wait(this.#allocated > 0 ? { ...roomIn(new Uint8Array(this.#allocated)), isAllocated: true } : null);
    }

    readInto(room) {
      const promise = this.#wait(room);
      this.#serve();
      return promise;
    }

    end() {
      for (const { room, resolve } of this.#forget()) resolve({ value: room === null || room.isAllocated ? undefined : filledOf(room), done: true });
    }

    drop() {
      this.#pieces.length = 0;
      this.#size = 0;
      for (const { resolve } of this.#forget()) resolve({ value: undefined, done: true });
    }

    fail(error) {
      const waiting = this.#forget();
      this.drop();
      for (const { reject } of waiting) reject(error);
    }

    /** Nobody waits any more; what was filled is for the next reader. */
    release() {
      for (const one of this.#waiting.splice(0)) {
        const { room, reject } = one;
        if (room !== null && room.filled > 0) this.#push(new Uint8Array(room.buffer, room.offset, room.filled).slice());
        reject(releasing());
      }
    }

    #wait(room) {
      const one = { ...deferred(), room, request: null, takeBack: null };
      this.#waiting.push(one);
      return one.promise;
    }

    #forget() {
      for (const one of this.#waiting) this.#takeBack(one);
      return this.#waiting.splice(0);
    }

    /** The room is not to be written to by a source that was offered it. */
    #takeBack(one) {
      if (!one.request) return;
      one.takeBack();
      one.request = null;
      one.room.buffer = one.room.buffer.transfer();
    }

    #respond(one, buffer, count) {
      one.takeBack();
      one.request = null;
      const { room } = one;
      room.buffer = buffer;
      if (this.#waiting[0] === one) {
        room.filled += count;
        if (room.filled >= room.least) {
          const rest = room.filled % room.element;
          room.filled -= rest;
          if (rest > 0) this.#push(new Uint8Array(buffer, room.offset + room.filled, rest).slice());
          this.#give();
        }
        this.#serve();
      } else {
        this.#push(new Uint8Array(buffer, room.offset + room.filled, count).slice());
        this.#serve();
      }
      this.#given();
    }

    #push(piece) {
      this.#pieces.push(piece);
      this.#size += piece.length;
    }

    #shift() {
      const piece = this.#pieces.shift();
      this.#size -= piece.length;
      return piece;
    }

    /** The first that waits has its room filled. */
    #give() {
      const { room, resolve } = this.#waiting.shift();
      resolve({ value: filledOf(room), done: false });
    }

    #serve() {
      while (this.#waiting.length > 0 && this.#size > 0) {
        const { room, resolve } = this.#waiting[0];
        if (room === null || (room.isAllocated && room.filled === 0)) {
          this.#waiting.shift();
          resolve({ value: this.#shift(), done: false });
        } else {
          if (!this.#fill(room)) break;
          this.#give();
        }
      }
    }

    /** Moves as many bytes as there are and fit; but whole elements only once that is enough. True when it is. */
    #fill(room) {
      const most = room.filled + Math.min(this.#size, room.length - room.filled);
      const aligned = most - (most % room.element);
      const isEnough = aligned >= room.least;
      const target = new Uint8Array(room.buffer, room.offset, room.length);
      for (const until = isEnough ? aligned : most; room.filled < until;) {
        const piece = this.#shift();
        const count = Math.min(piece.length, until - room.filled);
        target.set(piece.subarray(0, count), room.filled);
        room.filled += count;
        if (count < piece.length) {
          this.#pieces.unshift(piece.subarray(count));
          this.#size += piece.length - count;
        }
      }
      return isEnough;
    }
  }

  return { ChunkQueue, ByteQueue, ReadableStreamBYOBRequest };
}
