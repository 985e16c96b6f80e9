// Bundles each test file of five @endo packages for a vat: <out>/<package>.<file>.js. The packages themselves are those of node_modules where there is a choice.
// usage: node bundle.mjs <checkout of endo> <out>
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const npm = dirname(here);
const [checkout, out] = process.argv.slice(2).map(path => resolve(path));
const runner = join(here, 'ava.mjs');
mkdirSync(out, { recursive: true });

// What a test sets up is there already, in a vat as under SES; what makes random cases is left out.
const plugin = {
  name: 'endo',
  setup({ onResolve, onLoad, resolve: find }) {
    onResolve({ filter: /^(ava|@endo\/ses-ava(\/.*)?)$/ }, () => ({ path: runner }));
    onResolve({ filter: /^(ses|@endo\/(init|lockdown).*)$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    onResolve({ filter: /fast-check/ }, ({ path }) => ({ path, namespace: 'absent' }));
    onResolve({ filter: /prepare-test-env|_lockdown|prepare-breakpoints/ }, ({ path }) => (path.includes('ava') ? { path: runner } : { path, namespace: 'empty' }));
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'throw Error("fast-check is not there")' }));
    onResolve({ filter: /^@endo\// }, async ({ path, kind, pluginData }) => {
      if (pluginData === 'looked') return undefined;
      const found = await find(path, { resolveDir: npm, kind, pluginData: 'looked' });
      return found.errors.length === 0 ? found : find(path, { resolveDir: join(checkout, 'packages', path.split('/')[1]), kind, pluginData: 'looked' });
    });
  },
};

for (const name of ['eventual-send', 'exo', 'marshal', 'pass-style', 'patterns']) {
  const folder = join(checkout, 'packages', name, 'test');
  for (const file of readdirSync(folder).filter(entry => entry.endsWith('.test.js'))) {
    const { outputFiles } = await build({
      stdin: { contents: `export { run } from ${JSON.stringify(runner)}; import ${JSON.stringify(join(folder, file))};`, resolveDir: checkout },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: '__vatExports__',
      target: 'es2022',
      minifyWhitespace: true,
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [plugin],
      nodePaths: [join(npm, 'node_modules')],
      external: ['node:*'],
      logLevel: 'error',
    });
    writeFileSync(join(out, `${name}.${file.replace('.test.js', '')}.js`), outputFiles[0].text);
  }
}
