// Runs each graph that generate.mjs wrote, as modules and from ./<n>.bundle and ./<n>/wrapped.bundle, and prints what differs: node compare.mjs <count>.
import fs from 'node:fs';

const render = (value, depth = 0) => {
  if (depth > 3) {
    return 'deep';
  }
  if (typeof value === 'function') {
    return `function ${value.name}`;
  }
  if (Array.isArray(value)) {
    return value.map((element) => render(element, depth + 1));
  }
  if (Object(value) === value) {
    return Reflect.ownKeys(value).filter((key) => typeof key === 'string').map((key) => [key, attempt(() => value[key], depth + 1)]);
  }
  return value;
};
const attempt = (read, depth) => {
  try {
    return render(read(), depth);
  } catch (error) {
    return error.name;
  }
};

let lines = [];
globalThis.log = (...values) => lines.push(JSON.stringify(values));
globalThis.show = (read) => attempt(read, 0);

const outcome = async (run) => {
  lines = [];
  globalThis.later = [];
  try {
    await run();
    globalThis.later.forEach((step) => step());
  } catch (error) {
    lines.push(`threw ${error.name}`);
  }
  return lines;
};

let total = 0;
for (let n = 0; n < Number(process.argv[2]); n++) {
  const expected = await outcome(() => import(`${process.cwd()}/${n}/main.js`));
  total += expected.length;
  for (const bundle of [`${n}.bundle`, `${n}/wrapped.bundle`]) {
    const { code } = JSON.parse(fs.readFileSync(bundle, 'utf8'));
    const actual = await outcome(() => (0, eval)(`(function() { ${code}; return __vatExports__; })()`));
    const at = [...expected, ...actual].findIndex((_, i) => expected[i] !== actual[i]);
    if (at >= 0) {
      console.log(`${bundle}, line ${at}: modules say ${expected[at]}, bundle says ${actual[at]}`);
    }
  }
}
console.log(total > 0 ? 'compared' : 'nothing was compared');
