// One stream as two (Streams standard §4.9, tee).
(natives, { checks: { deferred, quiet } }, { Uint8Array }) => {
  /**
   * The two streams that give what another gives.
   * @param source what its reader has.
   * @param isBytes whether it gives bytes; each of the two has its own then.
   * @param make makes a stream of what fills it.
   */
  const tee = (source, isBytes, make) => {
    const controllers = [];
    const cancelled = [false, false];
    const reasons = [undefined, undefined];
    const over = deferred();
    let reading = null;
    const close = controller => {
      try {
        controller.close();
      } catch {
        // It has failed: who reads it waits for the rest of an element.
      }
    };

    // Where one of the two is to put bytes somewhere, as many are read as fit there.
    const read = request => (request ? source.readInto(new Uint8Array(request.view.byteLength), 1) : source.read());
    const pull = ({ byobRequest }) => {
      reading ??= read(byobRequest).then(({ value, done }) => {
        reading = null;
        const values = [value, isBytes && !done ? value.slice() : value];
        controllers.forEach((controller, i) => {
          if (cancelled[i]) return;
          if (done) close(controller);
          else controller.enqueue(values[i]);
        });
        if (done) over.resolve(undefined);
      });
      return reading;
    };
    quiet(source.closed.promise.catch(error => {
      for (const controller of controllers) controller.error(error);
      over.resolve(undefined);
    }));
    return [0, 1].map(i => make({
      type: isBytes ? 'bytes' : undefined,
      start(controller) { controllers[i] = controller; },
      pull,
      cancel(reason) {
        cancelled[i] = true;
        reasons[i] = reason;
        if (cancelled[0] && cancelled[1]) over.resolve(source.cancel(reasons));
        return over.promise;
      },
    }));
  };

  return { tee };
}
