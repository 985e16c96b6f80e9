// Bundles every vat of vats/ into <out>/<name>.bundle, in the shape vats are loaded from:
// {"moduleFormat":"iife","code":"var __vatExports__ = …","exports":[…],"external":[]}.
// usage: node build.mjs [out]      (out defaults to ./bundles)
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, 'bundles');
mkdirSync(out, { recursive: true });

const vats = readdirSync(join(here, 'vats')).filter(name => name.endsWith('.js'));
await Promise.all(vats.map(async file => {
  const result = await build({
    entryPoints: [join(here, 'vats', file)],
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: '__vatExports__',
    target: 'es2022',
    legalComments: 'none',
    minifyWhitespace: true, // drops comments: SES refuses some texts even there
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const [{ exports }] = Object.values(result.metafile.outputs);
  const bundle = { moduleFormat: 'iife', code: result.outputFiles[0].text, exports, external: [] };
  writeFileSync(join(out, file.replace(/\.js$/, '.bundle')), JSON.stringify(bundle));
}));
