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
// Every label of the standard's, and every byte.
const labels = `unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 866 cp866 csibm866 ibm866 csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
  csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
  csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
  csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual
  csiso88598i iso-8859-8-i logical csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 iso-8859-13 iso8859-13 iso885913 iso-8859-14 iso8859-14 iso885914 csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 iso-8859-16
  cskoi8r koi koi8 koi8-r koi8_r koi8-ru koi8-u csmacintosh mac macintosh x-mac-roman dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 cp1250 windows-1250 x-cp1250 cp1251 windows-1251 x-cp1251
  ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 cp1253 windows-1253 x-cp1253
  cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254 cp1255 windows-1255 x-cp1255 cp1256 windows-1256 x-cp1256 cp1257 windows-1257 x-cp1257 cp1258 windows-1258 x-cp1258 x-mac-cyrillic x-mac-ukrainian
  chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 big5 big5-hkscs cn-big5 csbig5 x-x-big5 cseucpkdfmtjapanese euc-jp x-euc-jp csiso2022jp iso-2022-jp
  csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949
  unicodefffe utf-16be csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le x-user-defined`.split(/\s+/);
for (const label of labels) check(`label ${label}`, () => new TextDecoder(label).encoding);
for (const label of labels.filter(name => /^(ibm866|koi8-[ru]|macintosh|x-mac-cyrillic|x-user-defined|windows-(874|125\d)|iso-8859-\d+(-i)?)$/.test(name))) {
  check(`bytes ${label}`, () => new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, i) => i)));
  check(`fatal ${label}`, () => Array.from({ length: 256 }, (_, i) => { try { return new TextDecoder(label, { fatal: true }).decode(Uint8Array.of(i)); } catch (error) { return error.code; } }).join(''));
  check(`mark ${label}`, () => new TextDecoder(label).decode(Uint8Array.of(0xef, 0xbb, 0xbf)));
}
for (const label of ['replacement', 'csiso2022kr', 'hz-gb-2312', 'iso-2022-cn', 'iso-2022-cn-ext', 'iso-2022-kr', ' Replacement\n', 'x-gb18030']) tell(`label ${JSON.stringify(label)}`, () => new TextDecoder(label));
for (const [label, text, bytes] of [['gbk', '中€', [0xd6, 0xd0, 0x80]], ['gb18030', '😀\ufeff', [0x94, 0x39, 0xfc, 0x36, 0x84, 0x31, 0x95, 0x33]], ['big5', '中', [0xa4, 0xa4]],
  ['euc-jp', '日丂ｱ', [0xc6, 0xfc, 0x8f, 0xb0, 0xa1, 0x8e, 0xb1]], ['iso-2022-jp', '日a', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42, 0x61]], ['shift_jis', '日ｱ', [0x93, 0xfa, 0xb1]], ['euc-kr', '한', [0xc7, 0xd1]]]) {
  for (const options of [{}, { fatal: true }, { ignoreBOM: true }]) {
    check(`${label} ${text} ${JSON.stringify(options)}`, () => { const d = new TextDecoder(label, options); return [d.encoding, d.fatal, d.ignoreBOM, d.decode(Uint8Array.from(bytes)), d.decode(), d.decode(Uint8Array.from(bytes).buffer)]; });
    check(`${label} ${text} in pieces ${JSON.stringify(options)}`, () => { const d = new TextDecoder(label, options); return bytes.map(byte => d.decode(Uint8Array.of(byte), { stream: true })).concat(d.decode()); });
    check(`${label} ${text} twice ${JSON.stringify(options)}`, () => { const d = new TextDecoder(label, options); return [1, 2].flatMap(() => bytes.map(byte => d.decode(Uint8Array.of(byte), { stream: true }))).concat(d.decode(Uint8Array.of(0x61))); });
  }
  check(`${label} cut off`, () => { const d = new TextDecoder(label); return [d.decode(Uint8Array.from(bytes.slice(0, 1))), d.decode(Uint8Array.of(0x41))]; });
  tell(`${label} cut off, fatal`, () => new TextDecoder(label, { fatal: true }).decode(Uint8Array.of(0xc6)));
  check(`${label} fatal then sound`, () => {
    const d = new TextDecoder(label, { fatal: true });
    let threw = 0;
    for (const [wrong, stream] of [[[0xe1, 0x20, 0x61], false], [[0xe1], false], [[0x61, 0xe1, 0x20], true]]) try { d.decode(Uint8Array.from(wrong), { stream }); } catch { threw += 1; }
    return [threw, d.decode(Uint8Array.from(bytes))];
  });
}
for (const [label, bytes] of [['utf-16le', [0x61]], ['utf-16le', [0, 0xd8]], ['utf-16be', [0xd8, 0, 0, 0x61]], ['utf-16le', [0xff, 0xfe, 0x61, 0]], ['utf-16be', [0xfe, 0xff, 0, 0x61]], ['utf-8', [0xef, 0xbb, 0xbf]], ['utf-8', [0xef, 0xbb]]]) {
  for (const options of [{}, { fatal: true }, { ignoreBOM: true }, { fatal: true, ignoreBOM: true }]) {
    tell(`decode ${label} ${bytes} ${JSON.stringify(options)}`, () => new TextDecoder(label, options).decode(Uint8Array.from(bytes)));
    tell(`decode ${label} ${bytes} ${JSON.stringify(options)} in pieces`, () => { const d = new TextDecoder(label, options); return bytes.map(byte => d.decode(Uint8Array.of(byte), { stream: true })).concat(d.decode()); });
  }
}
tell('unknown label', () => new TextDecoder('klingon'));
tell('options null', () => new TextDecoder('utf-8', null).fatal);
for (const options of [1, 'x', true, null, undefined, {}]) check(`decode options ${String(options)}`, () => new TextDecoder().decode(Uint8Array.of(0x61), options));
for (const options of [1, 'x', null, undefined, {}]) check(`options ${String(options)}`, () => new TextDecoder('utf-8', options).fatal);
