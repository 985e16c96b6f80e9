// Writes random module graphs: node generate.mjs <seed> <count> [packages], into ./<n>/main.js and ./<n>/m<i>.js; with the word, CommonJS and packages too.
// ./<n>/wrapped/main.js is the same graph behind a require.
// Names come from a small pool, so that modules, inner scopes and globals fight over them; imports go anywhere, cycles and self-imports included.
// Every graph links. What a name holds at each point is logged through the globals `log` and `show`, which compare.mjs supplies.
import fs from 'node:fs';
import path from 'node:path';
import { makePackages } from './packages.mjs';

let state = Number(process.argv[2]);
const below = (n) => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return (state >> 8) % n;
};
const pick = (list) => list[below(list.length)];
const chance = (percent) => below(100) < percent;
const quote = JSON.stringify;

const POOL = ['a', 'b', 'c', 'f', 'g', 'K', 'Map', 'value', 'a$1', 'b$1', 'm0_default', 'm1_ns', 'Object_'];

const declarations = {
  let: (n, v) => `let ${n} = ${v}`,
  const: (n, v) => `const ${n} = ${v};`,
  var: (n, v) => `var ${n} = ${v}`,
  function: (n, v) => `function ${n}() { return ${v} }`,
  class: (n) => `class ${n} { static z() { return ${n}.name } }`,
  arrow: (n, v) => `const ${n} = () => ${v}`,
  classValue: (n, v) => `let ${n} = class { static z() { return ${v} } }`,
};

const assignments = [
  (n, v) => `${n} = ${v} + '!'`,
  (n) => `${n} = () => 'anon'`,
  (n) => `({ ${n} } = { ${n}: class {} })`,
  (n) => `[${n} = function () {}] = []`,
  (n) => `${n} ||= 1`,
];

const defaults = {
  expression: (i) => `export default (${quote(`d${i}`)})`,
  effect: (i) => `export default log('default', ${quote(`e${i}`)})`,
  function: (i) => `export default function D${i}() { return 1 }`,
  namelessFunction: () => 'export default function () { return 2 }',
  arrow: () => 'export default () => 3',
  class: (i) => `export default class D${i} { static q = D${i}.name }`,
  namelessClass: () => 'export default class {}',
  local: (i, module) => `export default ${module.declared.find((d) => ['var', 'function'].includes(d.kind))?.name ?? 1}`,
};

const shadows = [
  (n, x, y) => `(function (${x}) { { let ${y} = 's'; log('inner', show(() => ${n}), show(() => ${y})); } })(1)`,
  (n, x) => `log('catch', (() => { try { throw 1 } catch (${x}) { return show(() => ${n}) } })())`,
  (n, x) => `log('shorthand', show(() => ({ ${n}, k: ${n} }).${n}), (({ ${x} = show(() => ${n}) }) => ${x})({}))`,
  (n, x) => `for (const ${x} of [1]) log('for', show(() => ${n}), typeof ${x})`,
  (n, x, y) => `log('class', show(() => new (class ${x} { v = show(() => ${n}); ${y}() {} })().v))`,
  (n, x) => `log('function name', (function ${x}() { return [typeof ${x}, show(() => ${n})] })())`,
  (n, x, y) => `log('globals', typeof ${x}2, typeof Map, typeof ${y}$9)`,
  (n, x) => `{ function ${x}() { return show(() => ${n}) } log('block', ${x}()) }`,
  (n) => `log(\`t\${show(() => ${n})}\`) /* ${n}\n */`,
];

const makeModule = (index) => {
  const module = { index, declared: [], taken: new Set(), exports: [], exported: new Set(), lines: [], shown: [] };
  for (let count = 1 + below(5); count > 0; count--) {
    const name = pick(POOL);
    if (!module.taken.has(name)) {
      module.taken.add(name);
      module.declared.push({ name, kind: pick(Object.keys(declarations)) });
    }
  }
  for (const { name } of module.declared) {
    const as = chance(30) ? pick(POOL) : name;
    if (chance(70) && !module.exported.has(as)) {
      module.exported.add(as);
      module.exports.push({ name, as });
    }
  }
  module.default = chance(12) ? undefined : pick(Object.keys(defaults));
  return module;
};

const addLinks = (module, modules) => {
  const { lines, taken, exported, shown } = module;
  const newExport = (name, line) => {
    if (!exported.has(name)) {
      exported.add(name);
      lines.push(line);
    }
  };
  for (let count = below(5); count > 0; count--) {
    const from = pick(modules);
    const local = [...POOL, `x${count}`].sort(() => below(3) - 1).find((name) => !taken.has(name));
    const what = below(5);
    if (what === 0) {
      lines.push(`import './m${from.index}.js'${pick([';', '\n', ' // c\n'])}`);
    } else if (what === 1 && from.default) {
      taken.add(local);
      shown.push(`show(() => ${local})`);
      lines.push(`import ${local} from './m${from.index}.js';`);
    } else if (what === 2) {
      taken.add(local);
      shown.push(`show(() => Reflect.ownKeys(${local}).filter((k) => typeof k === 'string').map((k) => [k, show(() => ${local}[k])]))`);
      lines.push(`import * as ${local} from "./m${from.index}.js";`);
    } else if (from.exports.length > 0) {
      const { as } = pick(from.exports);
      taken.add(local);
      shown.push(`show(() => ${local})`);
      module.imported = local;
      lines.push(`import { ${as === local ? local : `${as} as ${local}`} } from './m${from.index}.js';`);
    }
  }
  const other = pick(modules);
  if (chance(25)) {
    lines.push(`export * from './m${other.index}.js';`);
  }
  if (chance(25) && other.exports.length > 0) {
    newExport('again', `export { ${pick(other.exports).as} as again } from './m${other.index}.js';`);
  }
  if (chance(20)) {
    newExport('space', `export * as space from './m${other.index}.js';`);
  }
};

const write = (module) => {
  const shown = [...module.declared.map(({ name }) => `show(() => ${name})`), ...module.shown];
  const names = [...module.declared.map(({ name }) => name), ...(module.imported ? [module.imported] : [])];
  const log = () => `log('m${module.index}', ${shown.join(', ')})`;
  const shadow = () => pick(shadows)(pick(names), pick(POOL), pick(POOL));
  const body = [];
  const listed = [];
  for (const { name, kind } of module.declared) {
    const value = quote(`m${module.index}${name}`);
    const own = module.exports.find((e) => e.name === name);
    const isInline = own?.as === name && chance(60);
    if (own && !isInline) {
      listed.push(own.as === name ? name : `${name} as ${own.as}`);
    }
    if (chance(40)) {
      body.push(log());
    }
    body.push((isInline ? 'export ' : '') + declarations[kind](name, value));
    if (!['const', 'arrow'].includes(kind) && chance(40)) {
      body.push(pick(assignments)(name, value));
    }
    if (chance(50)) {
      body.push(shadow());
    }
  }
  if (module.default) {
    body.splice(below(body.length + 1), 0, defaults[module.default](module.index, module));
  }
  body.push(log(), shadow(), shadow());
  if (listed.length > 0) {
    body.splice(below(body.length + 1), 0, `export { ${listed.join(', ')} }`);
  }
  for (const line of module.lines) {
    body.splice(chance(60) ? 0 : below(body.length + 1), 0, line);
  }
  return `${body.map((line) => (line.endsWith(';') ? line : line + pick(['\n;', ';', ' ;\n', '; // t']))).join('\n')}\n`;
};

const addForeign = (module, { commonJs, packages }) => {
  for (const foreign of [...commonJs, ...packages].filter(() => chance(60))) {
    const from = quote(foreign.specifier);
    const local = `y${below(1000)}`;
    const isOld = !foreign.files || foreign.indirect;
    const what = below(4);
    if (module.taken.has(local)) {
      continue;
    }
    module.taken.add(local);
    if (what === 0) {
      module.lines.push(`import ${from};`);
    } else if (what === 1 && isOld) {
      module.lines.push(`import ${local} from ${from};`);
      module.shown.push(`show(() => ${local})`, `show(() => ${local}())`);
    } else if (what === 2 && foreign.names.length > 0 && foreign.specifier !== '@s/p0' && foreign.specifier !== '@s/p1') {
      module.lines.push(`import { ${pick(foreign.names)} as ${local} } from ${from};`);
      module.shown.push(`show(() => ${local})`, `show(() => ${local}(1))`, `show(() => new ${local}())`);
    } else {
      module.lines.push(`import * as ${local} from ${from};`);
      // Which names of CommonJS a namespace has is Node's guess from the text.
      module.shown.push(isOld ? `show(() => ${local}.default)` : `show(() => Object.keys(${local}).map((k) => [k, show(() => ${local}[k])]))`);
      if (foreign.names.length > 0) {
        const name = pick(foreign.names);
        module.shown.push(`show(() => ${local}.${name})`, `typeof ${local}.${name}`, `show(() => ${local}.nothing)`);
      }
    }
  }
};

const writeForeign = (n, { commonJs, packages }) => {
  for (const { path: file, text } of commonJs) {
    fs.writeFileSync(`${n}/${file}`, text);
  }
  fs.writeFileSync(`${n}/data.json`, '{"data":[1,{"x":null}]}');
  for (const { folder, files } of packages) {
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(`${n}/${folder}/${file}`), { recursive: true });
      fs.writeFileSync(`${n}/${folder}/${file}`, text);
    }
  }
};

for (let n = 0; n < Number(process.argv[3]); n++) {
  fs.mkdirSync(String(n));
  const modules = Array.from({ length: 2 + below(5) }, (_, index) => makeModule(index));
  const foreign = process.argv[4] === 'packages' ? makePackages({ below, pick, chance }, POOL.slice(0, 8)) : { commonJs: [], packages: [] };
  for (const module of modules) {
    addLinks(module, modules);
    addForeign(module, foreign);
  }
  writeForeign(n, foreign);
  for (const module of modules) {
    fs.writeFileSync(`${n}/m${module.index}.js`, write(module));
  }
  fs.writeFileSync(
    `${n}/main.js`,
    `import './m${below(modules.length)}.js';\nimport * as all from './m0.js';\n` +
      `log('main', Reflect.ownKeys(all).filter((k) => typeof k === 'string').map((k) => [k, show(() => all[k])]));\n`,
  );
  // The same graph, required by CommonJS: each ES module then has a scope of its own in a bundle.
  fs.mkdirSync(`${n}/wrapped`);
  fs.writeFileSync(`${n}/wrapped/main.js`, `import './all.cjs';\n`);
  fs.writeFileSync(`${n}/wrapped/all.cjs`, `require('../main.js');\n`);
}
