// Uses whatever endowments its configuration gives it.
import { Far } from '@endo/far';

export const buildRootObject = (_powers, _parameters, baggage) => {
  if (!baggage.has('ticks')) baggage.init('ticks', 0);
  const later = ms => new Promise(resolve => { setTimeout(resolve, ms); });
  return Far('root', {
    bootstrap() {},
    async wait(ms) {
      await later(ms);
      return 'waited';
    },
    startTicking() { setInterval(() => baggage.set('ticks', baggage.get('ticks') + 1), 10); },
    ticks: () => baggage.get('ticks'),
    async order() {
      const seen = [];
      await Promise.all([[30, 'c'], [10, 'a'], [20, 'b'], [10, 'aa']].map(([ms, name]) => later(ms).then(() => seen.push(name))));
      return seen.join(' ');
    },
    async get(url) {
      const response = await fetch(url);
      return `${response.status} ${response.headers.get('content-type')} ${await response.text()}`;
    },
    why: url => fetch(url).then(() => 'came', error => `${error.cause?.code}: ${error.cause?.message}`),
    async size(url) {
      let size = 0;
      let pieces = 0;
      for await (const piece of (await fetch(url)).body) {
        size += piece.length;
        pieces += 1;
      }
      return `${size} ${pieces > 1}`;
    },
    async echo(url, body) { return (await fetch(url, { method: 'POST', body, headers: { 'x-test': 'yes' } })).text(); },
    async abort(url) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      return fetch(url, { signal: controller.signal }).then(() => 'came', error => error.name);
    },
    hang(url) { fetch(url); },
    async form(url) {
      const form = await new Response(new URLSearchParams({ a: '1' })).formData();
      form.append('f', await new Response('abc', { headers: { 'content-type': 'a/b' } }).blob(), 'x.txt');
      const back = await (await fetch(url, { method: 'POST', body: form })).formData();
      const file = back.get('f');
      return `a=${back.get('a')} f=${file.constructor.name} ${file.name} ${file.type} ${file.size} ${await file.text()}`;
    },
    say() { for (const level of ['debug', 'info', 'log', 'warn', 'error']) console[level](`said ${level}`); },
    exists: path => fs.existsSync(path),
    read: path => fs.promises.readFile(path, 'utf8'),
    async length(path) { return (await fs.promises.readFile(path)).length; },
    async hash(text) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
      return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
    },
    async sign() {
      const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
      const data = crypto.getRandomValues(new Uint8Array(100));
      const mark = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, data);
      return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, keys.publicKey, mark, data);
    },
    web: () => [
      new URL('../x?q=é', 'https://EXAMPLE.com:443/a/b').href, new URLSearchParams({ a: '1 2' }).toString(), atob(btoa('hello')),
      new TextDecoder('utf-16le').decode(new Uint8Array([0x68, 0, 0x69, 0])), crypto.randomUUID().length, Date.now() > 1.6e12, Math.random() < 1,
    ].join(' '),
  });
};
