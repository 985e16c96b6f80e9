// Readers that bring their own room, and pipes, of what a vat has: bodies, and the classes that come out of them.
const streamOf = body => new Response(body).body;
const byob = body => streamOf(body).getReader({ mode: 'byob' });
const S = streamOf('x').constructor;
const B = byob('x').constructor;
const D = streamOf('x').getReader().constructor;
const bytes = text => new TextEncoder().encode(text);
async function* gen(...pieces) { for (const piece of pieces) yield typeof piece === 'string' ? bytes(piece) : piece; }
/** A view, where it lies, and the size of its buffer. */
const placed = ({ value, done }) => [show(value), value?.byteOffset, value?.buffer.byteLength, done];
const settled = promise => promise.then(value => ['ok', value?.done === undefined ? value : placed(value)], error => [error.name, error.code, error instanceof Error]);
const all = promises => Promise.all(promises.map(settled));

// Every kind of body has such readers, but not every stream.
const kinds = {
  text: () => streamOf('hello world'), bytes: () => streamOf(bytes('hello world')), buffer: () => streamOf(bytes('hello world').buffer), params: () => streamOf(new URLSearchParams('a=b&cd=efgh')), empty: () => streamOf(''),
  pieces: () => streamOf(gen('ab', 'cde', 'f', 'ghijklmn')), cloned: () => { const r = new Response('hello world'); r.clone(); return r.body; }, clone: () => new Response('hello world').clone().body,
  request: () => new Request('http://h', { method: 'POST', body: 'hello world' }).body, tee: () => streamOf('hello world').tee()[1], 'tee of pieces': () => streamOf(gen('ab', 'cde')).tee()[0],
  blob: async () => (await new Response('hello world').blob()).stream(), slice: async () => (await new Response('hello world').blob()).slice(2, 9).stream(),
  from: () => S.from([bytes('a')]), own: () => new S({ start(c) { c.enqueue(bytes('a')); } }), 'own bytes': () => new S({ type: 'bytes', start(c) { c.enqueue(bytes('abcde')); c.close(); } }),
  used: async () => { const r = new Response('x'); await r.text(); return r.body; }, locked: () => { const s = streamOf('x'); s.getReader(); return s; },
};
for (const [kind, make] of Object.entries(kinds)) {
  check(`byob ${kind}`, async () => {
    const reader = (await make()).getReader({ mode: 'byob' });
    const view = new Uint8Array(4);
    return [placed(await reader.read(view)), view.byteLength, placed(await reader.read(new Uint8Array(20))), placed(await reader.read(new Uint8Array(new ArrayBuffer(8), 2, 3))), placed(await reader.read(new Uint16Array(1)).catch(() => ({})))];
  });
}
for (const mode of [undefined, null, 'byob', 'x', '', 1, { toString: () => 'byob' }, Symbol('byob')]) check(`mode ${String(mode)}`, () => Object.prototype.toString.call(streamOf('a').getReader({ mode })));
for (const options of [undefined, null, 1, 'x', true, {}]) {
  check(`getReader ${String(options)}`, () => Object.prototype.toString.call(streamOf('a').getReader(options)));
  check(`values ${String(options)}`, () => Object.prototype.toString.call(streamOf('a').values(options)));
}

// What may be read into.
const views = {
  none: undefined, null: null, number: 1, text: 'x', object: {}, buffer: new ArrayBuffer(4), empty: new Uint8Array(0), data: new DataView(new ArrayBuffer(6), 1, 4), u16: new Uint16Array(2), i8: new Int8Array(3),
  clamped: new Uint8ClampedArray(3), u32: new Uint32Array(2), f64: new Float64Array(1), big: new BigInt64Array(1), inside: new Uint8Array(new ArrayBuffer(9), 2, 3), odd: new Uint16Array(5),
};
for (const [name, view] of Object.entries(views)) check(`into ${name}`, async () => placed(await byob('hello world').read(view)));
check('into a detached view', () => { const view = new Uint8Array(3); view.buffer.transfer(); return byob('abc').read(view); });
check('into a view twice', async () => { const reader = byob('abc'); const view = new Uint8Array(3); return [await settled(reader.read(view)), await settled(reader.read(view))]; });
check('into a class of its own', async () => { class V extends Uint8Array {} const { value } = await byob('abc').read(new V(2)); return [value instanceof V, value]; });
check('view is gone', () => { const view = new Uint8Array(3); byob('abc').read(view); return [view.length, view.buffer.byteLength, view.buffer.detached]; });
check('view stays when refused', async () => { const view = new Uint8Array(3); await settled(byob('abc').read(view, { min: 9 })); return view.length; });
check('other views of its buffer', async () => { const buffer = new ArrayBuffer(8); const other = new Uint8Array(buffer); const { value } = await byob('abc').read(new Uint8Array(buffer, 2, 4)); return [other.length, value.buffer === buffer, value.buffer.byteLength]; });
check('what lies around is kept', async () => { const room = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9); const { value } = await byob('abc').read(room.subarray(2, 6)); return new Uint8Array(value.buffer); });
for (const min of [0, 1, 2, 4, 5, -1, 1.5, NaN, Infinity, '2', 'x', null, undefined, true, 3n]) {
  check(`min ${typeof min} ${String(min)}`, async () => placed(await byob('hello').read(new Uint8Array(4), { min })));
  check(`min ${typeof min} ${String(min)} of pieces`, async () => placed(await byob(gen('a', 'b', 'c', 'defgh')).read(new Uint8Array(4), { min })));
}
for (const options of [null, undefined, 1, 'x', true, {}, () => {}]) check(`read options ${typeof options} ${String(options)}`, async () => placed(await byob('hello').read(new Uint8Array(4), options)));
check('min of elements', async () => placed(await byob(gen('abc', 'def', 'ghi', 'jkl')).read(new Uint32Array(3), { min: 2 })));
check('min of too many elements', () => byob('abcdef').read(new Uint16Array(2), { min: 3 }));
check('min and then the end', async () => { const reader = byob(gen('ab')); return [placed(await reader.read(new Uint8Array(4), { min: 3 })), placed(await reader.read(new Uint8Array(4), { min: 3 }))]; });
check('elements cut by pieces', async () => { const reader = byob(gen('a', 'bcd', 'e', 'fgh')); const seen = []; for (;;) { const r = await reader.read(new Uint16Array(3)); seen.push(placed(r)); if (r.done) return seen; } });
check('half an element at the end', async () => { const reader = byob('abc'); return [await settled(reader.read(new Uint16Array(4))), await settled(reader.read(new Uint16Array(2))), await settled(reader.read(new Uint8Array(2))), await settled(reader.closed)]; });
check('a third of an element', async () => { const reader = byob('hello world'); const seen = []; for (let i = 0; i < 3; i += 1) seen.push(await settled(reader.read(new Uint32Array(2)))); return seen; });

// One after the other, and together.
check('reads at once', () => { const reader = byob('hello world'); return all([4, 4, 20, 2].map(n => reader.read(new Uint8Array(n)))); });
check('reads at once of pieces', () => { const reader = byob(gen('ab', 'cdefg', 'h')); return all([4, 4, 20, 2].map(n => reader.read(new Uint8Array(n)))); });
check('reads at once with min', () => { const reader = byob(gen('ab', 'cdefg', 'h', 'ij', 'k')); return all([[4, 3], [4, 4], [20, 2], [2, 1]].map(([n, min]) => reader.read(new Uint8Array(n), { min }))); });
check('both kinds of readers', async () => {
  const stream = streamOf('hello world');
  const [one, two] = [stream.getReader({ mode: 'byob' }), () => stream.getReader()];
  const seen = [placed(await one.read(new Uint8Array(3)))];
  one.releaseLock();
  const other = two();
  seen.push((await other.read()).value);
  other.releaseLock();
  seen.push(placed(await stream.getReader({ mode: 'byob' }).read(new Uint8Array(3))));
  return seen;
});
check('then text', async () => { const r = new Response('abc'); const reader = r.body.getReader({ mode: 'byob' }); const seen = [r.bodyUsed, placed(await reader.read(new Uint8Array(1))), r.bodyUsed]; reader.releaseLock(); return [...seen, await settled(r.text()), (await r.body.getReader().read()).value]; });
check('text while locked', () => { const r = new Response('abc'); r.body.getReader({ mode: 'byob' }); return r.text(); });
check('rest iterated', async () => { const stream = streamOf('abcdef'); const reader = stream.getReader({ mode: 'byob' }); await reader.read(new Uint8Array(2)); reader.releaseLock(); const seen = []; for await (const piece of stream) seen.push(piece); return seen; });
check('rest as a body', async () => { const stream = streamOf('abcdef'); const reader = stream.getReader({ mode: 'byob' }); await reader.read(new Uint8Array(2)); reader.releaseLock(); return settled((async () => new Response(stream).text())()); });

// Its life.
check('byob closed', async () => { const reader = byob('a'); const { closed } = reader; await reader.read(new Uint8Array(3)); await reader.read(new Uint8Array(3)); return [await closed, reader.closed === closed]; });
check('byob cancel', async () => { const reader = byob('abc'); return [await reader.cancel('x'), await settled(reader.read(new Uint8Array(3))), await settled(reader.closed)]; });
check('byob cancel while reading', async () => { let why; const reader = new S({ type: 'bytes', cancel(reason) { why = reason; return 'unseen'; } }).getReader({ mode: 'byob' }); const reads = all([reader.read(new Uint8Array(3)), reader.read(new Uint8Array(3))]); return [await reader.cancel('x'), await reads, why]; });
check('byob failure while reading', async () => { let ctl; const reader = new S({ type: 'bytes', start(c) { ctl = c; } }).getReader({ mode: 'byob' }); const reads = all([reader.read(new Uint8Array(3)), reader.closed]); ctl.error(new RangeError('no')); return [await reads, await settled(reader.read(new Uint8Array(2)))]; });
check('byob failed before', async () => { const view = new Uint8Array(3); const reader = new S({ type: 'bytes', start(c) { c.error(new RangeError('no')); } }).getReader({ mode: 'byob' }); return [await settled(reader.read(view)), view.byteLength, await settled(reader.closed)]; });
check('byob ended before', async () => { const view = new Uint16Array(3); const reader = new S({ type: 'bytes', start(c) { c.close(); } }).getReader({ mode: 'byob' }); return [await settled(reader.read(view, { min: 2 })), view.byteLength, await settled(reader.closed)]; });
check('byob source throws', () => byob((async function* () { throw new RangeError('no'); })()).read(new Uint8Array(3)));
check('byob release', async () => { const stream = streamOf('abc'); const reader = stream.getReader({ mode: 'byob' }); const seen = [stream.locked]; reader.releaseLock(); reader.releaseLock(); return [...seen, stream.locked, await all([reader.read(new Uint8Array(2)), reader.cancel(), reader.closed])]; });
check('release while open', async () => { const reader = streamOf('abc').getReader(); const { closed } = reader; reader.releaseLock(); return [reader.closed === closed, await settled(closed)]; });
check('release when over', async () => { const reader = streamOf('').getReader(); await reader.read(); const { closed } = reader; await closed; reader.releaseLock(); return [reader.closed === closed, await settled(closed), await settled(reader.closed)]; });
check('byob release while reading', async () => { const stream = new S({ type: 'bytes' }); const reader = stream.getReader({ mode: 'byob' }); const reads = all([reader.read(new Uint8Array(2)), reader.closed]); reader.releaseLock(); return [await reads, stream.locked]; });
check('byob release with a part', async () => {
  let ctl;
  const stream = new S({ type: 'bytes', start(c) { ctl = c; } });
  const reader = stream.getReader({ mode: 'byob' });
  const first = settled(reader.read(new Uint8Array(5), { min: 3 }));
  ctl.enqueue(Uint8Array.of(1, 2));
  reader.releaseLock();
  const other = stream.getReader();
  const second = other.read();
  await first;
  ctl.enqueue(Uint8Array.of(3));
  return [await first, (await second).value, (await other.read()).value];
});
check('byob locks', async () => { const stream = streamOf('abc'); stream.getReader({ mode: 'byob' }); return [stream.locked, await settled(stream.cancel()), ...['getReader', 'tee', 'values'].map(name => { try { return stream[name](); } catch (error) { return error.code; } })]; });

// The readers' classes.
for (const [name, Class] of [['default', D], ['byob', B]]) {
  check(`${name} class`, () => [Class.name, Class.length, Object.prototype.toString.call(Class.prototype), Object.getOwnPropertyNames(Class.prototype).sort().map(key => { const d = Object.getOwnPropertyDescriptor(Class.prototype, key); return [key, d.enumerable, typeof d.value, d.value?.length]; })]);
  for (const [what, stream] of [['none', undefined], ['object', {}], ['locked', kinds.locked()], ['chunks', S.from([])], ['bytes', streamOf('a')], ['reader', byob('a')]]) check(`new ${name} reader of ${what}`, () => Object.prototype.toString.call(new Class(stream)));
  check(`${name} called`, () => Class(streamOf('a')));
  for (const key of ['read', 'cancel', 'releaseLock']) check(`${name} ${key} elsewhere`, () => Class.prototype[key].call({}, new Uint8Array(1)));
  check(`${name} closed elsewhere`, () => Reflect.get(Class.prototype, 'closed', {}));
}
check('read of the other', async () => [await settled(D.prototype.read.call(byob('a'))), await settled(B.prototype.read.call(streamOf('a').getReader(), new Uint8Array(1)))]);
check('stream class', () => [S.name, S.length, Object.getOwnPropertyNames(S).sort(), Object.getOwnPropertyNames(S.prototype).sort(), ...Object.getOwnPropertyNames(S.prototype).sort().map(key => Object.getOwnPropertyDescriptor(S.prototype, key).value?.length)]);

// Sources of its own.
for (const type of ['bytes', 'x', '', null, undefined, { toString: () => 'bytes' }]) check(`type ${String(type)}`, () => { const s = new S({ type }); try { return Object.prototype.toString.call(s.getReader({ mode: 'byob' })); } catch (error) { return error.code; } });
for (const source of [undefined, null, 1, 'x', {}, [], () => {}]) check(`source ${typeof source} ${String(source)}`, () => Object.prototype.toString.call(new S(source)));
for (const name of ['start', 'pull', 'cancel']) for (const value of [1, null, {}, undefined]) check(`source ${name} ${String(value)}`, () => Object.prototype.toString.call(new S({ [name]: value })));
for (const [name, chunk] of [['number', 1], ['none', undefined], ['text', 'x'], ['empty', new Uint8Array(0)], ['buffer', new ArrayBuffer(3)], ['array', [1]]]) check(`bytes of ${name}`, () => new S({ type: 'bytes', start(c) { c.enqueue(chunk); } }));
check('source starting later', async () => { const seen = []; let go; const reader = new S({ type: 'bytes', start() { return new Promise(resolve => { go = resolve; }); }, pull(c) { seen.push('pull'); c.enqueue(Uint8Array.of(1)); } }).getReader(); const first = reader.read(); await null; await null; seen.push('not yet'); go(); return [placed(await first), seen]; });
check('source failing to start', async () => { const reader = new S({ async start() { throw new RangeError('no'); } }).getReader(); return all([reader.read(), reader.closed]); });
check('source throwing at the start', () => new S({ start() { throw new RangeError('no'); } }));
check('bytes given are gone', () => { const view = new Uint8Array(3); new S({ type: 'bytes', start(c) { c.enqueue(view); } }); return view.byteLength; });
check('bytes given of words', async () => { let size; const s = new S({ type: 'bytes', start(c) { c.enqueue(new Uint16Array([0x6161, 0x6262]).subarray(1)); size = c.desiredSize; } }); return [size, placed(await s.getReader().read())]; });
check('bytes desired', async () => { const seen = []; const s = new S({ type: 'bytes', start(c) { seen.push(c.desiredSize); }, pull(c) { seen.push(c.byobRequest, c.desiredSize); c.enqueue(Uint8Array.of(1, 2, 3)); seen.push(c.desiredSize); } }); return [placed(await s.getReader().read()), seen]; });
check('bytes pulled until there are enough', async () => { let n = 0; const reader = new S({ type: 'bytes', pull(c) { n += 1; c.enqueue(Uint8Array.of(n)); } }).getReader({ mode: 'byob' }); return [placed(await reader.read(new Uint8Array(5), { min: 3 })), n]; });
check('bytes after the end', () => { const seen = []; new S({ type: 'bytes', start(c) { c.close(); for (const f of [() => c.close(), () => c.enqueue(new Uint8Array(1)), () => c.error(1)]) try { f(); seen.push('ok'); } catch (error) { seen.push(error.code); } seen.push(c.desiredSize); } }); return seen; });
check('request', async () => {
  const seen = [];
  const s = new S({ type: 'bytes', pull(c) { const q = c.byobRequest; seen.push(Object.prototype.toString.call(q), q === c.byobRequest, placed({ value: q.view })); q.view[0] = 7; q.respond(1); seen.push(q.view); try { q.respond(1); } catch (error) { seen.push(error.code); } } });
  return [placed(await s.getReader({ mode: 'byob' }).read(new Uint16Array(4))), seen];
});
check('request of a room given', async () => { const seen = []; const reader = new S({ type: 'bytes', autoAllocateChunkSize: 8, pull(c) { const { view } = c.byobRequest; seen.push(placed({ value: view })); view[0] = 7; c.byobRequest.respond(1); } }).getReader(); return [placed(await reader.read()), placed(await reader.read()), seen]; });
check('request and pieces', async () => { const seen = []; const reader = new S({ type: 'bytes', pull(c) { const q = c.byobRequest; const { view } = q; c.enqueue(Uint8Array.of(5, 6, 7)); seen.push(view.byteLength, q.view, c.byobRequest); } }).getReader({ mode: 'byob' }); return [placed(await reader.read(new Uint8Array(2))), placed(await reader.read(new Uint8Array(2))), seen]; });
check('request refuses', async () => {
  const seen = [];
  const tried = f => { try { f(); seen.push('ok'); } catch (error) { seen.push(error.name, error.code); } };
  const s = new S({ type: 'bytes', pull(c) { const q = c.byobRequest; for (const n of [0, 9]) tried(() => q.respond(n)); for (const view of [new Uint8Array(0), new Uint8Array(9), 1, undefined, new Uint8Array(new ArrayBuffer(4), 1)]) tried(() => q.respondWithNewView(view)); q.respondWithNewView(q.view.subarray(0, 2)); } });
  return [placed(await s.getReader({ mode: 'byob' }).read(new Uint8Array(4))), seen];
});
check('request with elements left over', async () => { const reader = new S({ type: 'bytes', pull(c) { c.byobRequest.view.set([1, 2, 3]); c.byobRequest.respond(3); } }).getReader({ mode: 'byob' }); const seen = [placed(await reader.read(new Uint16Array(4)))]; reader.releaseLock(); return seen; });
check('request class', async () => { let q; const reader = new S({ type: 'bytes', pull(c) { q = c.byobRequest; c.enqueue(new Uint8Array(1)); } }).getReader({ mode: 'byob' }); await reader.read(new Uint8Array(1)); return [q.constructor.name, q.constructor.length, Object.getOwnPropertyNames(Object.getPrototypeOf(q)).sort(), q.respond.length, q.respondWithNewView.length]; });
for (const [name, piece] of [['text', 'aé'], ['numbers', [1, 300]], ['buffer', bytes('ab').buffer], ['words', new Uint16Array([256, 513])], ['nothing', new Uint8Array(0)], ['number', 5], ['null', null], ['none', undefined], ['object', {}], ['like a list', { length: 2, 0: 5 }]]) {
  check(`piece of ${name}`, async () => placed(await streamOf((async function* () { yield piece; })()).getReader().read()));
}
check('pieces are copied', async () => { const view = bytes('ab'); const { value } = await streamOf(gen(view)).getReader().read(); return [view.length, value.buffer === view.buffer]; });

// Two of one.
check('tee, one with room', async () => { const [a, b] = streamOf('hello world').tee(); const [ra, rb] = [a.getReader({ mode: 'byob' }), b.getReader()]; const seen = []; for (const n of [4, 20, 2]) seen.push(placed(await ra.read(new Uint8Array(n))), (await rb.read()).value); return seen; });
check('tee, both with room', async () => { const [ra, rb] = streamOf('hello world').tee().map(s => s.getReader({ mode: 'byob' })); return all([ra.read(new Uint8Array(4)), rb.read(new Uint8Array(8), { min: 6 }), ra.read(new Uint8Array(20)), rb.read(new Uint8Array(20))]); });
check('tee, two buffers', async () => { const [a, b] = streamOf('abc').tee(); const [one, other] = [await a.getReader().read(), await b.getReader().read()]; one.value[0] = 0; return [one.value, other.value]; });
check('tee of chunks', async () => { const chunk = {}; const [a, b] = new S({ start(c) { c.enqueue(chunk); } }).tee(); return [(await a.getReader().read()).value === chunk, (await b.getReader().read()).value === chunk]; });
check('tee failing', async () => { let ctl; const [a, b] = new S({ type: 'bytes', start(c) { ctl = c; } }).tee(); ctl.error(new RangeError('no')); return all([a.getReader().closed, b.getReader({ mode: 'byob' }).read(new Uint8Array(1))]); });
check('tee cancelled in one', async () => { const [a, b] = streamOf('abc').tee(); const first = a.cancel('a').then(() => 'cancelled'); const seen = [await Promise.race([first, Promise.resolve().then(() => 'not yet')])]; await new Response(b).text(); return [...seen, await first]; });
check('tee cancelled in both', async () => { let why; const [a, b] = new S({ type: 'bytes', cancel(reason) { why = reason; } }).tee(); const one = a.cancel('a'); await b.cancel('b'); await one; return why; });

// Nowhere to pipe to.
const notThere = { none: undefined, null: null, number: 1, object: {}, array: [], stream: streamOf('a'), writer: { getWriter() {} }, pair: { readable: streamOf('a'), writable: streamOf('a') }, 'half a pair': { readable: 1, writable: {} }, 'no readable': { writable: {} }, 'no writable': { readable: streamOf('a') } };
for (const [name, target] of Object.entries(notThere)) {
  check(`pipeTo ${name}`, async () => { const stream = streamOf('abc'); return [await settled(stream.pipeTo(target)), stream.locked]; });
  check(`pipeThrough ${name}`, () => { const stream = streamOf('abc'); try { return stream.pipeThrough(target); } catch (error) { return [error.name, error.code, stream.locked]; } });
}
check('pipeTo at all', () => streamOf('a').pipeTo());
check('pipeThrough at all', () => streamOf('a').pipeThrough());
check('pipeTo locked', async () => { const s = streamOf('a'); s.getReader(); return settled(s.pipeTo({})); });
check('pipeTo elsewhere', () => settled(S.prototype.pipeTo.call({}, {})));
check('pipeThrough elsewhere', () => S.prototype.pipeThrough.call({}, {}));
check('pipeThrough asks once', () => { const asked = []; try { streamOf('a').pipeThrough({ get readable() { asked.push('readable'); return streamOf('b'); }, get writable() { asked.push('writable'); return {}; } }); } catch (error) { asked.push(error.code); } return asked; });
for (const [name, iterable] of Object.entries({ none: undefined, null: null, number: 1, text: 'ab', object: {}, array: [1, 2], set: new Set([1]), 'not callable': { [Symbol.iterator]: 1 }, 'no iterator': { [Symbol.iterator]: () => 1 }, iterator: { [Symbol.iterator]: () => ({}) }, generator: gen('a') })) check(`from ${name}`, () => Object.prototype.toString.call(S.from(iterable)));

// Reads of all kinds, at random, some at once, of streams and of halves of streams.
const number = (seed => most => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return (seed >>> 8) % most; })(2026);
const types = [Uint8Array, Uint8Array, DataView, Uint16Array, Int32Array, Float64Array];
const source = (pieces, several) => {
  let next = 0;
  let at = 0;
  return new S({
    type: 'bytes',
    pull(c) {
      for (let i = several; i > 0 && next < pieces.length; i -= 1, next += 1) c.enqueue(Uint8Array.from({ length: pieces[next] }, () => (at += 1)));
      if (next < pieces.length) return;
      c.close();
      c.byobRequest?.respond(0);
    },
  });
};
const plan = () => ({
  pieces: Array.from({ length: number(6) }, () => 1 + number(9)),
  several: 1 + number(2),
  half: number(4),
  batches: Array.from({ length: 2 + number(4) }, () => ({
    isByob: number(4) > 0,
    reads: Array.from({ length: 1 + number(3) }, () => {
      const Type = types[number(types.length)];
      const length = 1 + number(5);
      return { Type, length, min: 1 + number(number(2) ? length : 1), offset: (Type.BYTES_PER_ELEMENT ?? 1) * number(3) };
    }),
  })),
});
const carriedOut = async ({ pieces, several, half, batches }) => {
  const whole = source([...pieces], several);
  const stream = half > 1 ? whole.tee()[half - 2] : whole;
  const seen = [];
  for (const { isByob, reads } of batches) {
    const reader = stream.getReader(isByob ? { mode: 'byob' } : undefined);
    const results = await Promise.all(reads.map(({ Type, length, min, offset }) => settled(isByob ? reader.read(new Type(new ArrayBuffer(offset + length * (Type.BYTES_PER_ELEMENT ?? 1)), offset, length), { min }) : reader.read())));
    // What a half has left over lies elsewhere in Node; it is the same.
    seen.push(...results.map(([how, result]) => JSON.stringify(half > 1 && !isByob ? [how, result?.[0], result?.[3]] : [how, result])));
    reader.releaseLock();
  }
  return seen;
};
for (let i = 0; i < 150; i += 1) {
  const one = plan();
  check(`at random ${i} ${JSON.stringify(one.pieces)} ${one.several} ${one.half}`, () => carriedOut(one));
}
