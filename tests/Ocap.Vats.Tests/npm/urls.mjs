// Parses and changes URLs as npm's whatwg-url, the standard's own reference, does. One case a line on standard input: JSON [input, base or null, [[part, value]…]];
// one answer a line: the parts, or null.
import { createInterface } from 'node:readline';
import { URL } from 'whatwg-url';

const parts = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];
const show = url => parts.map(part => url[part]);
for await (const line of createInterface({ input: process.stdin })) {
  const [input, base, changes] = JSON.parse(line);
  let url;
  try {
    url = base === null ? new URL(input) : new URL(input, base);
  } catch {
    console.log('null');
    continue;
  }
  const answers = [show(url)];
  for (const [part, value] of changes) {
    url[part] = value;
    answers.push(show(url));
  }
  console.log(JSON.stringify(answers));
}
