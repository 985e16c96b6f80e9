// AbortController and AbortSignal (DOM standard §3), with as much of EventTarget and Event as they need.
(natives, { common: { DOMException, expose, text, need } }, { Boolean, Number, Object, RangeError, Reflect, Set, TypeError }) => {
  const { after, report } = natives;
  const coded = (error, code) => Object.assign(error, { code });

  class Event {
    #type;

    #cancelable;

    #target = null;

    #stopped = false;

    #prevented = false;

    #trusted = false;

    constructor(type, options = undefined) {
      need(arguments.length, 1, 'Event');
      this.#type = text(type);
      this.#cancelable = Boolean(options?.cancelable);
    }

    static aim(event, target) { event.#target = target; }

    static hasStopped(event) { return event.#stopped; }

    /** Not the vat's own making. */
    static trust(event) { event.#trusted = true; return event; }

    get type() { return this.#type; }

    get target() { return this.#target; }

    get currentTarget() { return this.#target; }

    get srcElement() { return this.#target; }

    get bubbles() { return this.#type && false; }

    get cancelable() { return this.#cancelable; }

    get composed() { return this.#type && false; }

    get defaultPrevented() { return this.#prevented; }

    get isTrusted() { return this.#trusted; }

    get eventPhase() { return this.#target === null ? 0 : 2; }

    preventDefault() { if (this.#cancelable) this.#prevented = true; }

    stopPropagation() { this.#type; }

    stopImmediatePropagation() { this.#stopped = true; }
  }
  const { aim, hasStopped, trust } = Event;
  delete Event.aim;
  delete Event.hasStopped;
  delete Event.trust;
  expose(Event);

  class EventTarget {
    #listeners = [];

    addEventListener(type, listener, options = undefined) {
      this.#listeners;
      need(arguments.length, 2, 'EventTarget.addEventListener');
      type = text(type);
      if (listener === null || listener === undefined) return;
      if (typeof listener !== 'function' && typeof listener !== 'object') throw new TypeError('The "listener" argument must be an instance of EventListener.');
      const capture = typeof options === 'boolean' ? options : Boolean(options?.capture);
      const signal = typeof options === 'object' ? options?.signal : undefined;
      if (signal?.aborted) return;
      if (this.#listeners.some(one => one.type === type && one.listener === listener && one.capture === capture)) return;
      this.#listeners.push({ type, listener, capture, once: typeof options === 'object' && Boolean(options?.once) });
      if (signal) signal.addEventListener('abort', () => this.removeEventListener(type, listener, { capture }), { once: true });
    }

    removeEventListener(type, listener, options = undefined) {
      this.#listeners;
      need(arguments.length, 2, 'EventTarget.removeEventListener');
      type = text(type);
      const capture = typeof options === 'boolean' ? options : Boolean(options?.capture);
      this.#listeners = this.#listeners.filter(one => !(one.type === type && one.listener === listener && one.capture === capture));
    }

    dispatchEvent(event) {
      this.#listeners;
      need(arguments.length, 1, 'EventTarget.dispatchEvent');
      aim(event, this);
      for (const one of [...this.#listeners]) {
        if (one.type !== event.type || !this.#listeners.includes(one)) continue;
        if (one.once) this.#listeners = this.#listeners.filter(other => other !== one);
        try {
          if (typeof one.listener === 'function') Reflect.apply(one.listener, this, [event]);
          else one.listener.handleEvent(event);
        } catch (error) {
          report(error);
        }
        if (hasStopped(event)) break;
      }
      return !event.defaultPrevented;
    }
  }
  expose(EventTarget);

  let allowed = false;
  const made = (Class, ...details) => {
    allowed = true;
    try {
      return new Class(...details);
    } finally {
      allowed = false;
    }
  };

  class AbortSignal extends EventTarget {
    #aborted = false;

    #reason;

    #onabort = null;

    #dependents = new Set();

    /** What a fetch does at once when it is aborted; not seen by the vat's code. */
    #algorithms = new Set();

    constructor() {
      if (!allowed) throw new TypeError('Illegal constructor');
      allowed = false;
      super();
    }

    static trip(signal, reason) {
      if (signal.#aborted) return;
      const all = [signal];
      for (const one of all) {
        one.#aborted = true;
        one.#reason = reason;
        for (const dependent of one.#dependents) if (!dependent.#aborted && !all.includes(dependent)) all.push(dependent);
        one.#dependents.clear();
      }
      for (const one of all) {
        for (const algorithm of one.#algorithms) algorithm(reason);
        one.#algorithms.clear();
        one.dispatchEvent(trust(new Event('abort')));
      }
    }

    static follow(signal, algorithm) {
      signal.#algorithms.add(algorithm);
      return () => signal.#algorithms.delete(algorithm);
    }

    static is(value) { return typeof value === 'object' && value !== null && #aborted in value; }

    static abort(reason = undefined) {
      const signal = made(AbortSignal);
      signal.#aborted = true;
      signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
      return signal;
    }

    static timeout(milliseconds) {
      need(arguments.length, 1, 'AbortSignal.timeout');
      if (typeof milliseconds !== 'number') throw coded(new TypeError('The "delay" argument must be of type number.'), 'ERR_INVALID_ARG_TYPE');
      if (!(Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds < 2 ** 32)) throw coded(new RangeError(`The value of "delay" is out of range. It must be an integer from 0 to 4294967295. Received ${milliseconds}`), 'ERR_OUT_OF_RANGE');
      const signal = made(AbortSignal);
      after(milliseconds, () => trip(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')));
      return signal;
    }

    static any(signals) {
      need(arguments.length, 1, 'AbortSignal.any');
      const sources = [...signals];
      for (const source of sources) if (!is(source)) throw new TypeError('The "signals" argument must be a list of AbortSignal.');
      const result = made(AbortSignal);
      const first = sources.find(source => source.#aborted);
      if (first) {
        result.#aborted = true;
        result.#reason = first.#reason;
      } else {
        for (const source of sources) source.#dependents.add(result);
      }
      return result;
    }

    get aborted() { return this.#aborted; }

    get reason() { return this.#reason; }

    get onabort() { return this.#onabort; }

    set onabort(handler) {
      if (this.#onabort) this.removeEventListener('abort', this.#onabort);
      this.#onabort = typeof handler === 'function' ? handler : null;
      if (this.#onabort) this.addEventListener('abort', this.#onabort);
    }

    throwIfAborted() { if (this.#aborted) throw this.#reason; }
  }
  const { trip, follow, is } = AbortSignal;
  delete AbortSignal.trip;
  delete AbortSignal.follow;
  delete AbortSignal.is;
  expose(AbortSignal);

  class AbortController {
    #signal = made(AbortSignal);

    get signal() { return this.#signal; }

    abort(reason = new DOMException('This operation was aborted', 'AbortError')) { trip(this.#signal, reason); }
  }
  expose(AbortController);

  return { AbortController, AbortSignal, Event, EventTarget, follow, is };
}
