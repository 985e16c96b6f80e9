const hidden = [Headers, Request, Response].flatMap(C => [...Object.getOwnPropertySymbols(C), ...Object.getOwnPropertySymbols(C.prototype)]).filter(s => s !== Symbol.toStringTag && s !== Symbol.iterator);
shape('Headers', hidden);
shape('Request', hidden);
shape('Response', hidden);
const list = h => [...h];
check('headers inits', () => [undefined, {}, { A: 'b', c: 1 }, [['x', '1'], ['X', '2']], new Headers({ q: 'r' }), new Map([['m', 'n']])].map(i => list(new Headers(i))));
for (const bad of [null, 1, 'x', [['a']], [1], { 'a b': 'c' }, { a: 'é€' }, { a: 'x\ny' }, { '': 'x' }]) tell(`headers bad ${JSON.stringify(bad)}`, () => list(new Headers(bad)));
check('headers trims', () => list(new Headers({ a: ' \t x \r\n' })));
check('headers methods', () => {
  const h = new Headers();
  h.append('A', '1');
  h.append('a', '2');
  h.append('Set-Cookie', 'x=1');
  h.append('set-cookie', 'y=2');
  const seen = [h.get('a'), h.get('Set-Cookie'), h.getSetCookie(), h.has('A'), h.get('z')];
  h.set('a', '3');
  h.delete('set-cookie');
  seen.push(list(h));
  return seen;
});
check('headers order', () => [...new Headers([['z', '1'], ['a', '2'], ['set-cookie', 'x'], ['m', '3'], ['set-cookie', 'y']]).entries()]);
check('headers iterate', () => { const h = new Headers({ b: '1', a: '2' }); const seen = []; h.forEach((v, k) => seen.push([k, v])); return [seen, [...h.keys()], [...h.values()], Object.prototype.toString.call(h.entries())]; });
check('headers foreign', () => Headers.prototype.get.call({}, 'a'));
tell('headers get()', () => new Headers().get());
check('response plain', () => { const r = new Response(); return [r.status, r.statusText, r.ok, r.type, r.url, r.redirected, r.body, r.bodyUsed, list(r.headers)]; });
check('response init', () => { const r = new Response('x', { status: 404, statusText: 'No', headers: { a: 'b' } }); return [r.status, r.statusText, r.ok, list(r.headers)]; });
for (const status of [199, 200, 204, 304, 599, 600, 'x']) tell(`response status ${status}`, () => new Response(null, { status }).status);
tell('response null body', () => new Response('x', { status: 204 }));
tell('response bad text', () => new Response('', { statusText: 'a\nb' }));
for (const [name, body] of Object.entries({ text: 'hé', bytes: new Uint8Array([104, 105]), view: new Uint16Array([0x6968]), buffer: new Uint8Array([104]).buffer, params: new URLSearchParams('a=b c'), number: 12, object: {} })) {
  check(`body ${name}`, async () => { const r = new Response(body); return [r.headers.get('content-type'), r.bodyUsed, await r.text(), r.bodyUsed]; });
}
check('body json', async () => new Response('{"a":[1,2]}').json());
check('body bad json', async () => new Response('{').json());
check('body arrayBuffer', async () => new Response('abc').arrayBuffer());
check('body mark', async () => new Response(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])).text());
tell('body twice', async () => { const r = new Response('x'); await r.text(); return r.text(); });
check('no body twice', async () => { const r = new Response(); return [await r.text(), await r.text(), r.bodyUsed]; });
check('body stream', async () => { const r = new Response('abc'); const reader = r.body.getReader(); const seen = [r.body.locked, r.bodyUsed, await reader.read(), await reader.read()]; reader.releaseLock(); return seen; });
check('body iterate', async () => { const seen = []; for await (const piece of new Response('abc').body) seen.push(piece); return seen; });
tell('body locked', async () => { const r = new Response('abc'); r.body.getReader(); return r.text(); });
check('body cancel', async () => { const r = new Response('abc'); await r.body.cancel('why'); return r.bodyUsed; });
check('clone', async () => { const r = new Response('abc', { status: 201, headers: { a: 'b' } }); const c = r.clone(); return [await r.text(), await c.text(), c.status, c.headers.get('a')]; });
check('clone streamed', async () => { const r = new Response('abc'); r.body; const c = r.clone(); return [await c.text(), await r.text()]; });
tell('clone used', async () => { const r = new Response('abc'); await r.text(); return r.clone(); });
check('Response.json', async () => { const r = Response.json({ a: 1 }, { status: 201 }); return [r.status, r.headers.get('content-type'), await r.text()]; });
tell('Response.json bad', () => Response.json(() => {}));
check('Response.error', () => { const r = Response.error(); return [r.type, r.status, r.ok]; });
tell('Response.error headers', () => Response.error().headers.set('a', 'b'));
check('Response.redirect', () => { const r = Response.redirect('http://h/x', 301); return [r.status, r.headers.get('location')]; });
tell('Response.redirect bad', () => Response.redirect('http://h', 200));
check('request plain', () => { const r = new Request('http://h/p?q#f'); return [r.method, r.url, r.redirect, r.mode, r.credentials, r.cache, r.referrer, r.referrerPolicy, r.integrity, r.keepalive, r.duplex, r.destination, r.body, r.signal.aborted, list(r.headers)]; });
for (const method of ['get', 'POST', 'patch', 'Head', 'options', 'x', 'CONNECT', 'trace', 'a b', '']) tell(`request method ${method}`, () => new Request('http://h', { method }).method);
check('request body', async () => { const r = new Request('http://h', { method: 'POST', body: 'x', headers: { A: 'b' } }); return [list(r.headers), await r.text(), r.bodyUsed]; });
tell('request get body', () => new Request('http://h', { body: 'x' }));
tell('request credentials', () => new Request('http://u:p@h'));
tell('request relative', () => new Request('/x'));
check('request of request', async () => { const a = new Request('http://h', { method: 'PUT', body: 'x', headers: { q: 'r' } }); const b = new Request(a, { headers: { s: 't' } }); return [b.method, b.url, list(b.headers), await b.text(), a.bodyUsed]; });
check('request of a class of its own', async () => {
  class Told extends Request { get url() { return 'http://told/'; } get method() { return 'POST'; } get headers() { return new Headers({ x: 'told' }); } get bodyUsed() { return true; } get integrity() { return 'told'; } get keepalive() { return true; } get redirect() { return 'error'; } }
  const made = new Request(new Told('http://h/', { method: 'PUT', body: 'b', headers: { x: '1' } }));
  return [made.url, made.method, list(made.headers), made.integrity, made.keepalive, made.redirect, await made.text()];
});
check('request clone of a class of its own', () => { class Told extends Request { get url() { return 'http://told/'; } get headers() { return new Headers({ x: 'told' }); } get bodyUsed() { return true; } } const made = new Told('http://h/', { headers: { x: '1' } }).clone(); return [made.url, list(made.headers)]; });
check('response of a class of its own', async () => { class Told extends Response { get headers() { return new Headers({ x: 'told' }); } get status() { return 500; } get bodyUsed() { return true; } } const r = new Told('b', { headers: { x: '1' } }); const c = r.clone(); return [list(c.headers), c.status, await c.text(), await r.text()]; });
check('headers of a class of its own', () => {
  class Told extends Headers { get(name) { return `told ${super.get(name)}`; } getSetCookie() { return ['told']; } append(name, value) { super.append(name, `told ${value}`); } has() { return true; } entries() { return [['told', '1']].values(); } }
  const h = new Told([['a', '1'], ['set-cookie', 'x']]);
  return [list(h), [...h.keys()], list(new Headers(h)), list(new Request('http://h', { headers: h }).headers), list(new Response('', { headers: h }).headers), list(new Told({ b: '2' }))];
});
for (const referrer of ['', 'about:client', 'http://x.test/p?q#h', '/rel', 'bad url', 'about:blank', null, undefined, 5, 'data:,x']) tell(`request referrer ${referrer}`, () => new Request('http://h', { referrer }).referrer);
for (const referrerPolicy of ['', 'origin', 'no-referrer', 'unsafe-url', undefined]) tell(`request referrer policy ${referrerPolicy}`, () => new Request('http://h', { referrerPolicy }).referrerPolicy);
for (const referrerPolicy of ['bad', null]) check(`request referrer policy ${referrerPolicy}`, () => new Request('http://h', { referrerPolicy }).referrerPolicy);
for (const window of [1, null, undefined, '', 'no-window', 0, {}]) tell(`request window ${window}`, () => new Request('http://h', { window }).url);
for (const mode of ['cors', 'no-cors', 'same-origin', undefined]) tell(`request only if cached ${mode}`, () => { const r = new Request('http://h', { cache: 'only-if-cached', mode }); return [r.mode, r.cache]; });
for (const init of [undefined, {}, { method: 'POST' }, { mode: 'cors' }, { headers: undefined }, { other: 1 }, { referrer: '' }]) {
  tell(`request of referred ${JSON.stringify(init)} ${init && Object.keys(init)}`, () => { const r = new Request(new Request('http://h', { referrer: 'http://x.test/p', referrerPolicy: 'origin', cache: 'only-if-cached', mode: 'same-origin' }), init); return [r.referrer, r.referrerPolicy, r.mode, r.cache]; });
}
check('request clone of referred', () => { const r = new Request('http://h', { referrer: '', referrerPolicy: 'origin' }).clone(); return [r.referrer, r.referrerPolicy]; });
tell('request wrong twice', () => new Request('http://h', { method: 'a b', window: 1, cache: 'only-if-cached', referrer: 'bad url' }));
tell('request window and cache', () => new Request('http://h', { method: 'a b', window: 1, cache: 'only-if-cached' }));
check('request of url', () => new Request(new URL('http://h/é')).url);
check('request signal', () => { const c = new AbortController(); const r = new Request('http://h', { signal: c.signal }); c.abort('x'); return [r.signal.aborted, r.signal.reason, r.signal === c.signal]; });
check('request bad signal', () => new Request('http://h', { signal: {} }));
check('request redirect', () => new Request('http://h', { redirect: 'manual' }).redirect);
check('request bad redirect', () => new Request('http://h', { redirect: 'x' }));
check('request clone', async () => { const r = new Request('http://h', { method: 'POST', body: 'x' }); const c = r.clone(); return [await r.text(), await c.text(), c.method]; });
tell('request()', () => new Request());
check('tags', () => [new Headers(), new Request('http://h'), new Response()].map(v => Object.prototype.toString.call(v)));
check('called', () => Response());
check('fetch aborted', async () => fetch('http://127.0.0.1:1/', { signal: AbortSignal.abort('early') }));
check('fetch nothing', async () => fetch());
check('fetch relative', async () => fetch('/x'));
tell('fetch get body', async () => fetch('http://127.0.0.1:1/', { body: 'x' }));
tell('Response.redirect nowhere', () => Response.redirect('/x'));
for (const [method, ...given] of [['append', 'a'], ['append'], ['set', 'a'], ['delete'], ['has']]) tell(`headers ${method} ${given}`, () => new Headers()[method](...given));
for (const [method, ...given] of [['append', 'a b', 'c'], ['set', 'a', 'b\nc'], ['get', ''], ['has', 'é€'], ['delete', 'a:']]) tell(`headers bad ${method}`, () => new Headers()[method](...given));
