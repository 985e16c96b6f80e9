// Bundles modules with esbuild, for a browser as it would be for a vat, runs each bundle and prints what it printed: {<entry>: <text>}.
// usage: node esbuild.mjs <entry>…
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import vm from 'node:vm';
import { build } from 'esbuild';

const bundle = async (entry) => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: '__vatExports__',
    target: 'es2022',
    legalComments: 'none',
    keepNames: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  return outputFiles[0].text;
};

const printed = {};
for (const entry of process.argv.slice(2)) {
  const chunks = [];
  const code = await bundle(entry);
  globalThis.console = new Console(new Writable({ write: (chunk, _, done) => (chunks.push(chunk), done()) }));
  vm.runInThisContext(`(function () { ${code}\n })()`);
  await setImmediate();
  printed[entry] = chunks.join('');
}
process.stdout.write(JSON.stringify(printed));
