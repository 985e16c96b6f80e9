// FormData (XMLHttpRequest standard §4) and what it is on the wire. No vat is given the name; it comes out of bodies.
(natives, { common: { expose, text, need, joined, mapLike }, blobs: { File, isBlob, isFile, contentOf }, url: { URLSearchParams } }, { String, TypeError }) => {
  const { utf8Encode, utf8Decode, parseMultipart, contains } = natives;

  const entryOf = (name, value, filename, given, what) => {
    if (given < 3 && !isBlob(value)) return [text(name), text(value)];
    if (!isBlob(value)) throw new TypeError(`${what}: Expected value to be an instance of Blob.`);
    if (isFile(value) && filename === undefined) return [text(name), value];
    const { type, lastModified } = value;
    return [text(name), new File([value], filename === undefined ? 'blob' : text(filename), { type, lastModified })];
  };
  let fill;
  let isForm;

  class FormData {
    #entries = [];

    static {
      fill = (form, entries) => { form.#entries = entries; return form; };
      isForm = value => typeof value === 'object' && value !== null && #entries in value;
    }

    constructor(form = undefined) {
      if (form !== undefined) throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
    }

    static entriesOf(form) { return form.#entries; }

    append(name, value, filename = undefined) {
      this.#entries;
      need(arguments.length, 2, 'FormData.append');
      this.#entries.push(entryOf(name, value, filename, arguments.length, 'FormData.append'));
    }

    delete(name) {
      this.#entries;
      need(arguments.length, 1, 'FormData.delete');
      name = text(name);
      this.#entries = this.#entries.filter(entry => entry[0] !== name);
    }

    get(name) {
      this.#entries;
      need(arguments.length, 1, 'FormData.get');
      name = text(name);
      return this.#entries.find(entry => entry[0] === name)?.[1] ?? null;
    }

    getAll(name) {
      this.#entries;
      need(arguments.length, 1, 'FormData.getAll');
      name = text(name);
      return this.#entries.filter(entry => entry[0] === name).map(entry => entry[1]);
    }

    has(name) {
      this.#entries;
      need(arguments.length, 1, 'FormData.has');
      name = text(name);
      return this.#entries.some(entry => entry[0] === name);
    }

    set(name, value, filename = undefined) {
      this.#entries;
      need(arguments.length, 2, 'FormData.set');
      const entry = entryOf(name, value, filename, arguments.length, 'FormData.set');
      const first = this.#entries.findIndex(one => one[0] === entry[0]);
      if (first < 0) this.#entries.push(entry);
      else this.#entries = [...this.#entries.slice(0, first), entry, ...this.#entries.slice(first + 1).filter(one => one[0] !== entry[0])];
    }
  }
  const { entriesOf } = FormData;
  delete FormData.entriesOf;
  mapLike(FormData, entriesOf);
  expose(FormData);

  const lines = value => value.replace(/\r?\n|\r/g, '\r\n');
  const quoted = value => `"${value.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22')}"`;

  /** A form as multipart/form-data. The boundary is looked for in the content instead of being drawn by lot: a vat that was not given randomness reads none here. */
  const encode = form => {
    const parts = entriesOf(form).map(([name, value]) => {
      const head = `Content-Disposition: form-data; name=${quoted(lines(name))}`;
      if (typeof value === 'string') return [`${head}\r\n\r\n`, utf8Encode(lines(value))];
      return [`${head}${value.name ? `; filename=${quoted(value.name)}` : ''}\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`, contentOf(value)];
    });
    let boundary;
    let number = 0;
    do {
      number += 1;
      boundary = `----formdata-ocap-0${String(number).padStart(11, '0')}`;
    } while (parts.some(([head, content]) => head.includes(boundary) || contains(content, boundary)));
    return {
      bytes: joined([...parts.flatMap(([head, content]) => [utf8Encode(`--${boundary}\r\n${head}`), content, utf8Encode('\r\n')]), utf8Encode(`--${boundary}--\r\n`)]),
      type: `multipart/form-data; boundary=${boundary}`,
    };
  };

  /** The form that bytes of a content type (`[essence, boundary, …]`, or null) are. */
  const decode = (bytes, type) => {
    if (type?.[0] === 'application/x-www-form-urlencoded') return fill(new FormData(), [...new URLSearchParams(utf8Decode(bytes).replace(/^\?/, '%3F'))]);
    if (type?.[0] !== 'multipart/form-data') throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
    const parsed = parseMultipart(bytes, type[1]);
    if (typeof parsed === 'string') throw new TypeError('Failed to parse body as FormData.', { cause: new TypeError(parsed) });
    return fill(new FormData(), parsed.map(([name, content, filename, contentType]) => [name, filename === null ? content : new File([content], filename, { type: contentType })]));
  };

  return { FormData, isForm, encode, decode };
}
