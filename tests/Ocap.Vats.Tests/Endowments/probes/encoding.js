shape('TextEncoder', [Symbol.for('nodejs.util.inspect.custom')]);
shape('TextDecoder', [Symbol.for('nodejs.util.inspect.custom')]);
for (const text of ['', 'hello', 'é€😀', '\ud800', 'a\udc00b', '\0', 'x'.repeat(70)]) {
  check(`encode ${JSON.stringify(text)}`, () => new TextEncoder().encode(text));
  check(`round ${JSON.stringify(text)}`, () => new TextDecoder().decode(new TextEncoder().encode(text)));
}
check('encode nothing', () => new TextEncoder().encode());
check('encode undefined', () => new TextEncoder().encode(undefined));
check('encode 12', () => new TextEncoder().encode(12));
check('encode symbol', () => new TextEncoder().encode(Symbol('x')));
for (const room of [0, 1, 2, 3, 4, 5, 6, 10]) {
  check(`encodeInto ${room}`, () => {
    const into = new Uint8Array(room);
    return [new TextEncoder().encodeInto('aé€😀', into), into];
  });
}
check('encodeInto lone', () => { const into = new Uint8Array(4); return [new TextEncoder().encodeInto('\ud800x', into), into]; });
check('encodeInto wrong', () => new TextEncoder().encodeInto('a', [1]));
const samples = {
  empty: [], ascii: [0x61, 0x62], two: [0xc3, 0xa9], three: [0xe2, 0x82, 0xac], four: [0xf0, 0x9f, 0x98, 0x80], mark: [0xef, 0xbb, 0xbf, 0x61],
  cut2: [0xc3], cut3: [0xe2, 0x82], cut4: [0xf0, 0x9f, 0x98], overlong: [0xc0, 0x80], surrogate: [0xed, 0xa0, 0x80], tooLarge: [0xf4, 0x90, 0x80, 0x80],
  stray: [0x80, 0x61], ff: [0xff, 0xfe, 0xfd], mixed: [0xe2, 0x61, 0x82, 0xac, 0xf0, 0x80, 0x61], twoMarks: [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf],
};
for (const [name, bytes] of Object.entries(samples)) {
  for (const fatal of [false, true]) {
    for (const ignoreBOM of [false, true]) {
      check(`utf-8 ${name} ${fatal} ${ignoreBOM}`, () => new TextDecoder('utf-8', { fatal, ignoreBOM }).decode(new Uint8Array(bytes)));
    }
  }
  for (const encoding of ['utf-16le', 'utf-16be']) check(`${encoding} ${name}`, () => new TextDecoder(encoding).decode(new Uint8Array(bytes)));
}
for (const label of ['utf8', ' UTF-8\n', 'unicode-1-1-utf-8', 'utf-16', 'ucs-2', 'UTF-16BE', 'latin1', 'ascii', 'iso-8859-1', 'x-cp1252', 'nonsense', '', 'utf-8\0']) {
  check(`label ${JSON.stringify(label)}`, () => new TextDecoder(label).encoding);
}
check('label null', () => new TextDecoder(null).encoding);
check('options', () => { const d = new TextDecoder('utf-8', { fatal: 1, ignoreBOM: 'x' }); return [d.encoding, d.fatal, d.ignoreBOM]; });
check('stream', () => {
  const d = new TextDecoder();
  return [[0xf0], [0x9f, 0x98], [0x80, 0x61], [0xe2]].map(part => d.decode(new Uint8Array(part), { stream: true })).concat(d.decode());
});
check('stream mark', () => {
  const d = new TextDecoder();
  return [[0xef], [0xbb], [0xbf, 0x61], [0xef, 0xbb, 0xbf]].map(part => d.decode(new Uint8Array(part), { stream: true })).concat(d.decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x62])), d.decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x63])));
});
check('stream utf-16', () => {
  const d = new TextDecoder('utf-16le');
  return [[0x3d], [0xd8, 0x00], [0xde], [0x61]].map(part => d.decode(new Uint8Array(part), { stream: true })).concat(d.decode());
});
check('fatal then sound', () => {
  const d = new TextDecoder('utf-8', { fatal: true });
  let threw = false;
  try { d.decode(new Uint8Array([0xff])); } catch { threw = true; }
  return [threw, d.decode(new Uint8Array([0x61]))];
});
check('views', () => [new Uint16Array([0x6161, 0x6262]), new DataView(new Uint8Array([0x61, 0x62, 0x63]).buffer, 1), new Uint8Array([0x61, 0x62, 0x63]).subarray(1), new Uint8Array([0x7a]).buffer].map(v => new TextDecoder().decode(v)));
check('not bytes', () => new TextDecoder().decode('abc'));
check('called', () => TextDecoder());
check('foreign this', () => TextEncoder.prototype.encode.call({}, 'a'));
for (const text of ['', 'a', 'ab', 'abc', 'hello world', '\0\xff', 'é', '€', '\u0100']) check(`btoa ${JSON.stringify(text)}`, () => btoa(text));
for (const text of ['', 'YQ==', 'YQ=', 'YQ', 'Y', ' Y Q = = ', 'YW\tJj\n', 'YWJj', 'YR==', 'YQ===', '====', 'a=b=', 'YWJj=', '/+8=', '_-8=', 'ÿÿ', 'YQ\u00a0==', 'YQ\v==', 'YQ\f==', 'AAAA====', 'ab=c']) check(`atob ${JSON.stringify(text)}`, () => atob(text));
for (const value of [undefined, null, 12, 1.5, true, {}, [], ['YQ==']]) {
  check(`btoa ${String(value)}`, () => btoa(value));
  check(`atob ${String(value)}`, () => atob(value));
}
check('btoa()', () => btoa());
check('atob()', () => atob());
check('atob text', () => { try { atob('*'); return 'no'; } catch (e) { return String(e).replace(/:.*/, ''); } });
check('atob name', () => { try { atob('*'); return 'no'; } catch (e) { return [e.name, e.code, e instanceof Error, e.constructor.name, Object.prototype.toString.call(e)]; } });
