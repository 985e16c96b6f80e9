// Bundles a module with esbuild, for a browser as it would be for a vat, and prints the script. usage: node esbuild.mjs <entry>
import { build } from 'esbuild';

export const bundleWithEsbuild = async (entry, options = {}) => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: '__vatExports__',
    target: 'es2022',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    ...options,
  });
  return outputFiles[0].text;
};

if (process.argv[1] === import.meta.filename) {
  process.stdout.write(await bundleWithEsbuild(process.argv[2], { keepNames: true }));
}
