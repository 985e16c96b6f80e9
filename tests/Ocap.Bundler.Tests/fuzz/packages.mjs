// What generate.mjs puts beside the ES modules of a graph: CommonJS modules c<i>.cjs, and packages. What they hold can be imported by name in Node too:
// exports are assigned plainly, and never again once a module ran.

const quote = JSON.stringify;

export const makePackages = ({ below, pick, chance }, names) => {
  const some = (most) => [...names].sort(() => below(3) - 1).slice(0, below(most + 1));

  const values = [
    (v) => v,
    (v) => `() => ${v}`,
    (v) => `function () { return ${v} }`,
    () => 'class {}',
    (v) => `[${v}, null]`,
    (v) => `{ inner: ${v} }`,
  ];

  const makeCommonJs = (index, count) => {
    const id = `c${index}`;
    const shape = pick(['exports', 'exports', 'object', 'function', 'text', 'esModule', 'none']);
    const exported = shape === 'exports' || shape === 'esModule' ? some(4) : [];
    const value = () => pick(values)(quote(`${id}${below(9)}`));
    const target = () => `./c${below(count)}.cjs`;
    const local = pick([...names, 'module$1', 'require_c0', 'exports$1']);
    const uses = [
      () => `log('${id} requires', show(() => require(${quote(target())})))`,
      () => `const r${below(99999)} = require(${quote(target())}), s = ${value()}; log('${id} s', show(() => s))`,
      () => `try { require('missing') } catch { log('${id} misses') }`,
      () => `if (typeof nothing === 'undefined') { require(${quote(target())}) } else require(${quote(target())})`,
      () => `(function (require, exports) { exports.x = require('anything'); log('${id}', exports.x) })((name) => name, {})`,
      () => `log('${id} this', this === exports, this === module.exports, typeof require, typeof module, arguments.length > 1)`,
      () => `var ${local} = ${quote(`${id} local`)}; log('${id}', show(() => ${local}))`,
      () => `function twice() { return 'first' } function twice() { return ${quote(id)} } log(twice(), twice.name)`,
      () => `{ const exports = { a: 1 }, module = {}; log('${id} inner', show(() => exports), typeof module) }`,
      () => `if (process.env.NODE_ENV !== 'production') { require('not-in-production') } else log('${id} production')`,
      () => `log('${id} data', show(() => require('./data.json')), require('./data') === require('./data.json'))`,
      () => `globalThis.later?.push(() => log('${id} later', show(() => require(${quote(target())}))))`,
      () => `require(${quote(target())}), log('${id} seen', show(() => module.exports))`,
    ];
    const shapes = {
      exports: () => exported.map((name) => `exports.${name} = ${value()};`),
      esModule: () => [`Object.defineProperty(exports, '__esModule', { value: true });`, ...exported.map((name) => `exports.${name} = ${value()};`), `exports.default = ${value()};`],
      object: () => [`module.exports = { a: ${value()}, b: 1 };`],
      function: () => [`module.exports = function ${pick(names)}() { return ${value()} };`],
      text: () => [`module.exports = ${quote(id)};`],
      none: () => [],
    };
    const body = shapes[shape]();
    const taken = new Set();
    for (let left = 1 + below(5); left > 0; left--) {
      const use = pick(uses);
      if (!taken.has(use)) {
        taken.add(use);
        body.splice(below(body.length + 1), 0, `${use()};`);
      }
    }
    if (chance(10)) {
      body.push('return;', `log('unreachable');`);
    }
    return { path: `c${index}.cjs`, specifier: `./c${index}.cjs`, names: exported, text: `${body.join('\n')}\n` };
  };

  // Nothing in it does anything when it is evaluated: what is not used may go.
  const makeFree = (index) => {
    const id = `p${index}`;
    const files = {};
    const exported = [];
    const parts = 1 + below(3);
    for (let part = 0; part < parts; part++) {
      const own = some(4).filter((name) => !exported.some((e) => e === `${name}${part}`));
      const lines = own.map((name, i) => {
        const before = own.slice(0, i);
        const seen = before.length > 0 ? pick(before) : 'undefined';
        return pick([
          () => `export const ${name} = ${quote(`${id}${name}`)};`,
          () => `export function ${name}() { return typeof ${seen} }`,
          () => `export class ${name} { static s = 1; get() { return ${seen} } }`,
          () => `export const ${name} = /* @__PURE__ */ make(() => ${seen});`,
          () => `export const ${name} = { ${seen === 'undefined' ? '' : seen} };`,
          () => `let ${name} = 1; const set${i} = () => { ${name} = 2 }; export { ${name} };`,
        ])();
      });
      files[`part${part}.js`] = `const make = (f) => ({ f });\n${lines.join('\n')}\n`;
      exported.push(...own.map((name) => `${name}${part}`));
      files['index.js'] = `${files['index.js'] ?? ''}${own.length > 0 ? `export { ${own.map((name) => `${name} as ${name}${part}`).join(', ')} } from './part${part}.js';\n` : `export * from './part${part}.js';\n`}`;
    }
    files['package.json'] = JSON.stringify({ name: id, type: 'module', sideEffects: chance(70) ? false : undefined, exports: { '.': { require: './none.cjs', default: './index.js' }, './*': './*.js' } });
    return { folder: `node_modules/${id}`, specifier: id, names: exported, files };
  };

  const makeOld = (index) => {
    const id = `@s/p${index}`;
    const inner = makeCommonJs(0, 1);
    const names = inner.names;
    return {
      folder: `node_modules/${id}`,
      specifier: pick([id, `${id}/lib/main.js`]),
      names,
      files: { 'package.json': JSON.stringify({ name: id, main: pick(['lib/main', './lib/main.js', 'lib']) }), 'lib/main.js': inner.text.replaceAll('./c0.cjs', './main.js'), 'lib/index.js': `module.exports = require('./main');\n`, 'lib/data.json': '[1]' },
      indirect: true,
    };
  };

  const count = below(4);
  const commonJs = Array.from({ length: count }, (_, index) => makeCommonJs(index, count));
  const packages = Array.from({ length: below(3) }, (_, index) => (chance(60) ? makeFree(index) : makeOld(index)));
  return { commonJs, packages };
};
