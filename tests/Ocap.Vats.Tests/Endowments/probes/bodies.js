// Bodies of requests and responses: what they are made of, what they give, and how often.
const text = (body, type) => new Response(body, type === undefined ? {} : { headers: { 'content-type': type } });
const bytes = string => new TextEncoder().encode(string);
const blobOf = (content, type) => text(content, type).blob();
const formOf = (content, type = 'application/x-www-form-urlencoded') => text(content, type).formData();
const crlf = (...rows) => rows.join('\r\n');
const about = async value => (typeof value === 'string' ? value : [value.constructor.name, value.name, value.type, value.size, await value.text()]);
const listed = async form => { const seen = []; for (const [name, value] of form) seen.push([name, await about(value)]); return seen; };
const parts = (body, boundary = 'XX', more = '') => formOf(bytes(body), `multipart/form-data; boundary=${boundary}${more}`).then(listed);
const shapeOf = value => Reflect.ownKeys(Object.getPrototypeOf(value)).map(String).sort();

// Blobs.
for (const type of [undefined, 'text/html', 'TEXT/Html; Charset=UTF-8', 'text/html;charset="a b"', 'text/html;charset=utf-8;charset=x', 'nonsense', '', 'text/', 'a/b; c', 'a/b;c=', ' a/b ', 'text/plain, text/html', 'text/html;charset=a, text/html', 'text/html;x="q\\"r"', 'é/b', 'a/b;c=é']) {
  tell(`blob type ${type}`, async () => (await blobOf(bytes('x'), type)).type);
}
tell('blob of text', async () => about(await text('hé').blob()));
tell('blob of nothing', async () => about(await new Response().blob()));
tell('blob members', async () => { const b = await blobOf('abc'); return [b.size, b.type, Object.prototype.toString.call(b), b.constructor.name, shapeOf(b).filter(key => key !== 'textStream' && !key.includes('nodejs') && !/kHandle|kType|kLength|Symbol\((?!Symbol.to)/.test(key))]; });
tell('blob bytes', async () => { const b = await blobOf('abc'); return [await b.bytes(), await b.arrayBuffer(), await b.text(), await b.text()]; });
tell('blob bytes are copies', async () => { const b = await blobOf('abc'); (await b.bytes()).fill(0); new Uint8Array(await b.arrayBuffer()).fill(0); return b.text(); });
for (const at of [[], [1], [1, 3], [-2], [-4, -1], [3, 1], [0, 100], [undefined, 2], [NaN, 2], ['1', '3'], [1.9, 3.9], [-1000], [Infinity]]) tell(`blob slice ${at}`, async () => about((await blobOf('hello', 'text/plain')).slice(...at)));
tell('blob slice type', async () => ['Text/X', 'a\u0001', 'é', undefined, null].map(type => '').concat(await Promise.all(['Text/X', 'a\u0001', 'é', undefined, null].map(async type => (await blobOf('hello', 'a/b')).slice(0, 1, type).type))));
tell('blob stream', async () => { const seen = []; for await (const piece of (await blobOf('abc')).stream()) seen.push(piece); return seen; });
tell('blob stream twice', async () => { const b = await blobOf('abc'); return [b.stream() === b.stream(), await new Response(b.stream()).text(), await new Response(b.stream()).text()]; });
tell('blob foreign', async () => { const b = await blobOf('abc'); return Object.getOwnPropertyDescriptor(Object.getPrototypeOf(b), 'size').get.call({}); });
tell('blob foreign text', async () => { const b = await blobOf('abc'); return b.text.call({}); });
tell('blob made', async () => { const Blob = (await blobOf('abc')).constructor; return Promise.all([new Blob(), new Blob(['a', bytes('b'), new Blob(['c']), 12], { type: 'A/B' }), new Blob([bytes('xy').buffer])].map(about)); });
check('blob made of no list', async () => { const Blob = (await blobOf('abc')).constructor; return new Blob('abc'); });
tell('blob as body', async () => { const r = new Response(await blobOf('abc', 'a/b')); return [r.headers.get('content-type'), await r.text()]; });
tell('blob without type as body', async () => { const r = new Response(await blobOf(bytes('abc'))); return [r.headers.get('content-type'), await r.text()]; });
tell('blob in request', async () => { const r = new Request('http://h', { method: 'POST', body: await blobOf('abc', 'a/b') }); return [r.headers.get('content-type'), await r.text(), r.bodyUsed]; });

// Forms.
for (const query of ['', '?a=1', 'a=1', 'a=1&b=2&a=3', 'a+b=c%20d', '%zz=%', 'é=€', '&&=&=x', '\ufeffa=1']) tell(`form ${query}`, async () => listed(await formOf(query)));
tell('form content type', async () => Promise.all([undefined, 'text/plain', 'application/json', 'APPLICATION/x-www-form-urlencoded; charset=x', 'multipart/form-data', 'x'].map(type => text('a=1', type).formData().then(listed, e => e.message))));
tell('form of nothing', async () => new Response().formData());
tell('form of params', async () => listed(await new Response(new URLSearchParams({ a: 'b c' })).formData()));
tell('form members', async () => { const f = await formOf('a=1'); return [Object.prototype.toString.call(f), f.constructor.name, shapeOf(f).filter(key => !/inspect/.test(key))]; });
tell('form reads', async () => { const f = await formOf('a=1&b=2&a=3'); return [f.get('a'), f.get('z'), f.getAll('a'), f.getAll('z'), f.has('b'), f.has('z'), [...f.keys()], [...f.values()], [...f.entries()]]; });
tell('form forEach', async () => { const f = await formOf('a=1&b=2'); const seen = []; f.forEach((v, k, o) => seen.push([k, v, o === f])); return seen; });
tell('form writes', async () => { const f = await formOf('a=1&b=2&a=3'); f.append('c', 4); f.set('a', 'x'); f.delete('b'); f.set('n', null); return listed(f); });
tell('form writes blobs', async () => { const f = await formOf('a=1'); const b = await blobOf('abc', 'a/b'); f.append('p', b); f.append('q', b, 'name.txt'); f.set('a', b, 'é"\n'); return listed(f); });
check('form blob expected', async () => { const f = await formOf('a=1'); f.append('p', 'text', 'name.txt'); });
for (const [name, ...given] of [['get'], ['append', 'a'], ['set', 'a'], ['has'], ['delete'], ['getAll'], ['forEach']]) tell(`form ${name} needs`, async () => (await formOf('a=1'))[name](...given));
check('form foreign', async () => (await formOf('a=1')).get.call({}, 'a'));
tell('form iterate and change', async () => { const f = await formOf('a=1&b=2&c=3'); const seen = []; for (const [k] of f) { seen.push(k); if (seen.length < 5) f.append(`n${seen.length}`, ''); } return seen; });
tell('form made', async () => { const F = (await formOf('')).constructor; const f = new F(); f.append('a', 'b'); return listed(f); });
check('form made of', async () => { const F = (await formOf('')).constructor; return new F({}); });
tell('form as body', async () => {
  const f = await formOf('a=1&q"\r=x%0Ay');
  f.append('file', await blobOf('abc\r\n', 'a/b'), 'n"a\rm.txt');
  f.append('bare', await blobOf(bytes('z')), 'é');
  f.append('unnamed', await blobOf(bytes('z')), '');
  const r = new Response(f);
  const type = r.headers.get('content-type');
  const [, boundary] = /^multipart\/form-data; boundary=(----formdata-[a-z]+-0[0-9]{11})$/.exec(type) ?? [];
  const whole = await r.text();
  return [boundary !== undefined, whole.replaceAll(boundary, 'BOUNDARY')];
});
tell('form there and back', async () => { const f = await formOf('a=1&b=%0D%0A'); f.append('f', await blobOf('abc', 'a/b'), 'n.txt'); return listed(await new Response(f).formData()); });
tell('form in request', async () => { const f = await formOf('a=1'); const r = new Request('http://h', { method: 'POST', body: f }); return listed(await r.formData()); });
tell('form keeps a given type', async () => { const r = new Response(await formOf('a=1'), { headers: { 'content-type': 'x/y' } }); return r.headers.get('content-type'); });

// multipart/form-data.
const part = (head, body = 'v') => crlf('--XX', ...head, '', body, '--XX--', '');
const named = 'Content-Disposition: form-data; name="a"';
for (const [label, body, ...more] of [
  ['plain', part([named])], ['two', crlf('--XX', named, '', '1', '--XX', 'content-disposition: form-data; name=b', '', '2', '--XX--')], ['empty', '--XX--'], ['empty body', part([named], '')],
  ['nothing', ''], ['garbage', 'hello'], ['preamble', crlf('hello', part([named]))], ['epilogue', `${part([named])}hello`], ['no end', crlf('--XX', named, '', 'v')], ['no end 2', crlf('--XX', named, '', 'v', '--XX')], ['lf only', part([named]).replaceAll('\r', '')],
  ['file', part(['Content-Disposition: form-data; name="f"; filename="x.txt"', 'Content-Type: text/html; charset=x'])], ['file no type', part(['Content-Disposition: form-data; name="f"; filename="x.txt"'])],
  ['file empty name', part(['Content-Disposition: form-data; name="f"; filename=""'])], ['file odd type', part(['Content-Disposition: form-data; name="f"; filename="x"', 'Content-Type: \u00e9'])], ['type upper', part(['Content-Disposition: form-data; name="f"; filename="x"', 'Content-Type:   A/B  '])],
  ['escapes', part(['Content-Disposition: form-data; name="a%22b%0D%0ac%20"'])], ['unicode', part(['Content-Disposition: form-data; name="é€"; filename="😀"'])],
  ['extended', part(["Content-Disposition: form-data; name=a; filename*=utf-8''%e2%82%ac.txt; filename=plain"])], ['extended last', part(["Content-Disposition: form-data; name=a; filename=plain; filename*=UTF-8''x%20y"])], ['extended other', part(["Content-Disposition: form-data; name=a; filename*=latin1''x"])], ['extended bad', part(["Content-Disposition: form-data; name=a; filename*=utf-8''%zz"])],
  ['no name', part(['Content-Disposition: form-data'])], ['only filename', part(['Content-Disposition: form-data; filename=x'])], ['attachment', part(['Content-Disposition: attachment; name=a'])], ['no disposition', part(['Content-Type: a/b'])], ['no headers', part([])],
  ['quote open', part(['Content-Disposition: form-data; name="a'])], ['header name', part(['é: x', named])], ['no colon', part(['nonsense', named])], ['other header', part(['X-Thing: y', named])], ['unknown attribute', part([`${named}; x=y`])], ['stray', part([`${named}; ;`])],
  ['base64', part([named, 'Content-Transfer-Encoding: base64'], 'aGVsbG8=')], ['base64 file', part(['Content-Disposition: form-data; name="f"; filename="x"', 'Content-Transfer-Encoding: base64'], 'aGVs bG8')], ['quoted-printable', part([named, 'Content-Transfer-Encoding: quoted-printable'], 'a=20')],
  ['mark', part([named], '\ufeffv')], ['boundary inside', part([named], 'a XX b')], ['dashes inside', part([named], 'a --X b')], ['long boundary', part([named]), 'XX; x=y'], ['quoted boundary', part([named]), '"XX"'], ['other boundary', part([named]), 'YY'], ['no boundary value', part([named]), '""'],
  ['upper disposition', part(['CONTENT-DISPOSITION: FORM-DATA; NAME="a"'])], ['spaces', part(['Content-Disposition:form-data ;  name = "a"'])], ['twice', part([named, 'Content-Disposition: form-data; name="b"'])], ['after end', crlf('--XX', named, '', 'v', '--XX--', '--XX', named, '', 'w', '--XX--')],
  ['bytes after boundary', crlf('--XX  ', named, '', 'v', '--XX--')],
]) tell(`multipart ${label}`, () => parts(body, ...more));
tell('multipart binary', async () => {
  const head = bytes(crlf('--XX', 'Content-Disposition: form-data; name="f"; filename="x"', 'Content-Type: a/b', '', ''));
  const body = Uint8Array.of(...head, 0, 255, 13, 10, 0x2d, 0x2d, 10, ...bytes('\r\n--XX--\r\n'));
  return (await (await formOf(body, 'multipart/form-data; boundary=XX')).get('f').bytes());
});

// Once, and not while somebody else reads.
for (const method of ['text', 'json', 'arrayBuffer', 'bytes', 'blob', 'formData']) {
  tell(`${method} twice`, async () => { const r = text('a=1', 'application/x-www-form-urlencoded'); await r[method]().catch(() => {}); return [r.bodyUsed, await r[method]()]; });
  tell(`${method} locked`, async () => { const r = new Response('1'); r.body.getReader(); return r[method](); });
  tell(`${method} of nothing twice`, async () => { const r = new Response(null, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }); await r[method]().catch(() => {}); return [r.bodyUsed, await r[method]().then(v => (method === 'formData' ? 'form' : show(v)), e => e.name)]; });
  check(`${method} foreign`, async () => Response.prototype[method].call({}));
}
tell('body after text', async () => { const r = new Response('abc'); await r.text(); return [r.body.locked, r.bodyUsed]; });
tell('reader after text', async () => { const r = new Response('abc'); await r.text(); return r.body.getReader(); });
tell('stream in use', () => { const s = new Response('abc').body; s.getReader(); return new Response(s); });
tell('stream used', async () => { const r = new Response('abc'); const s = r.body; await r.text(); return new Response(s); });
tell('stream as body', async () => { const r = new Response(new Response('abc').body); return [r.headers.get('content-type'), await r.text()]; });
tell('same stream', async () => { const s = new Response('abc').body; return [new Response(s).body === s, await new Response(s).text()]; });
tell('stream without duplex', () => new Request('http://h', { method: 'POST', body: new Response('abc').body }));
tell('stream with duplex', async () => new Request('http://h', { method: 'POST', body: new Response('abc').body, duplex: 'half' }).text());
tell('async iterable', async () => { const r = new Response((async function* () { yield bytes('ab'); yield bytes('cd'); })()); return [r.headers.get('content-type'), await r.text()]; });
tell('async iterable throws', async () => new Response((async function* () { yield bytes('ab'); throw new RangeError('enough'); })()).text());
tell('pieces that are no bytes', async () => { const S = new Response('x').body.constructor; return new Response(new S({ start(c) { c.enqueue('text'); c.close(); } })).text(); });
tell('stream that fails', async () => { const S = new Response('x').body.constructor; return new Response(new S({ start(c) { c.error(new RangeError('no')); } })).text(); });
tell('stream that fails later', async () => { const S = new Response('x').body.constructor; return new Response(new S({ pull(c) { c.error(new RangeError('no')); } })).arrayBuffer(); });
tell('pull throws', async () => { const S = new Response('x').body.constructor; return new Response(new S({ pull() { throw new RangeError('no'); } })).text(); });
tell('empty', async () => { const r = new Response(''); return [r.body === null, await r.text(), r.bodyUsed]; });
tell('large', async () => { const r = new Response(new Uint8Array(300000).fill(65)); return [(await r.clone().text()).length, (await r.blob()).size]; });
tell('detached later', async () => { const b = bytes('abc'); const r = new Response(b); b.fill(0); return r.text(); });
tell('clone and read', async () => { const r = new Response('abc'); const c = r.clone(); return [await c.bytes(), await r.bytes(), r.bodyUsed, c.bodyUsed]; });
tell('clone of a clone', async () => { const r = new Response('abc'); const c = r.clone().clone(); return [await c.text(), await r.text()]; });
tell('clone keeps the form', async () => { const r = text('a=1', 'application/x-www-form-urlencoded'); return listed(await r.clone().formData()); });
tell('clone used', async () => { const r = new Response('abc'); await r.text(); return r.clone(); });
tell('clone locked', () => { const r = new Response('abc'); r.body.getReader(); return r.clone(); });
tell('request clone used', async () => { const r = new Request('http://h', { method: 'POST', body: 'abc' }); await r.text(); return r.clone(); });
tell('request of used', async () => { const r = new Request('http://h', { method: 'POST', body: 'abc' }); await r.text(); return new Request(r); });
tell('request of used with body', async () => { const r = new Request('http://h', { method: 'POST', body: 'abc' }); await r.text(); return new Request(r, { body: 'new' }).text(); });
tell('request of request', async () => { const r = new Request('http://h', { method: 'POST', body: 'abc' }); const q = new Request(r); return [r.bodyUsed, q.bodyUsed, await q.text()]; });
tell('fetch of used', async () => { const r = new Request('http://127.0.0.1:1/', { method: 'POST', body: 'abc' }); await r.text(); return fetch(r); });

// The streams themselves.
const streamOf = body => new Response(body).body;
tell('tee', async () => { const [a, b] = streamOf('abc').tee(); return [await new Response(a).text(), await new Response(b).text()]; });
tell('tee locked', () => { const s = streamOf('abc'); s.getReader(); return s.tee(); });
tell('tee locks', () => { const s = streamOf('abc'); s.tee(); return s.locked; });
tell('tee cancelled', async () => { const s = streamOf('abc'); const [a, b] = s.tee(); a.cancel('x'); return new Response(b).text(); });
tell('reader twice', () => { const s = streamOf('abc'); s.getReader(); return s.getReader(); });
tell('cancel locked', async () => { const s = streamOf('abc'); s.getReader(); return s.cancel(); });
tell('cancel then read', async () => { const r = new Response('abc'); await r.body.cancel(); return [r.bodyUsed, r.body.locked, await r.body.getReader().read()]; });
tell('cancel then text', async () => { const r = new Response('abc'); await r.body.cancel(); return r.text(); });
tell('read to the end', async () => { const reader = streamOf('abc').getReader(); const seen = [await reader.read(), await reader.read(), await reader.read()]; await reader.closed; return seen; });
tell('release and read', async () => { const reader = streamOf('abc').getReader(); reader.releaseLock(); return reader.read(); });
tell('release and closed', async () => { const reader = streamOf('abc').getReader(); reader.releaseLock(); return reader.closed; });
tell('release and cancel', async () => { const reader = streamOf('abc').getReader(); reader.releaseLock(); return reader.cancel(); });
tell('release twice', () => { const reader = streamOf('abc').getReader(); reader.releaseLock(); reader.releaseLock(); return 'ok'; });
tell('release while reading', async () => { const S = streamOf('').constructor; const reader = new S({}).getReader(); const p = reader.read(); reader.releaseLock(); return p; });
tell('another reader later', async () => { const s = streamOf('abc'); const one = s.getReader(); one.releaseLock(); return s.getReader().read(); });
tell('closed', async () => { const reader = streamOf('abc').getReader(); const closed = reader.closed; await reader.cancel(); return [await closed, reader.closed === closed]; });
tell('iterate', async () => { const seen = []; for await (const piece of streamOf('abc')) seen.push(piece); return seen; });
tell('iterate releases', async () => { const s = streamOf('abc'); for await (const piece of s) break; return [s.locked, await s.getReader().read()]; });
tell('iterate and keep', async () => { const s = streamOf('abc'); for await (const piece of s.values({ preventCancel: true })) break; return [s.locked, await s.getReader().read()]; });
tell('iterate locked', async () => { const s = streamOf('abc'); s.getReader(); for await (const piece of s) break; });
tell('iterate failure', async () => { const S = streamOf('').constructor; const seen = []; try { for await (const p of new S({ start(c) { c.enqueue(1); c.enqueue(2); }, pull(c) { c.error(new RangeError('no')); } })) seen.push(p); } catch (e) { seen.push(e.message); } return seen; });
tell('enqueue after close', () => { const S = streamOf('').constructor; return new S({ start(c) { c.close(); c.enqueue(1); } }); });
tell('close twice', () => { const S = streamOf('').constructor; return new S({ start(c) { c.close(); c.close(); } }); });
tell('error after close', async () => { const S = streamOf('').constructor; return new S({ start(c) { c.close(); c.error(1); } }).getReader().read(); });
tell('stream tags', () => [streamOf('a'), streamOf('a').getReader(), streamOf('a').values()].map(v => Object.prototype.toString.call(v)));
tell('desired size', () => { const S = streamOf('').constructor; const seen = []; new S({ start(c) { seen.push(c.desiredSize); c.enqueue(1); seen.push(c.desiredSize); c.close(); seen.push(c.desiredSize); } }); return seen; });
tell('cancel reason', async () => { const S = streamOf('').constructor; let why; const s = new S({ cancel(r) { why = r; } }); await s.cancel('enough'); return why; });
tell('pull when asked', async () => { const S = streamOf('').constructor; let n = 0; const reader = new S({ pull(c) { n += 1; c.enqueue(n); if (n === 3) c.close(); } }).getReader(); const seen = []; for (;;) { const { value, done } = await reader.read(); if (done) break; seen.push(value); } return [seen, n]; });
tell('stream from', async () => { const S = streamOf('').constructor; const seen = []; for await (const x of S.from([1, 2, 3])) seen.push(x); return seen; });
