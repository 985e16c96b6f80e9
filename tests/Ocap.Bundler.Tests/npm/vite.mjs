// Bundles a vat as the reference does it: Vite's library build, without comments. usage: node vite.mjs <entry> <output>
import { writeFileSync } from 'node:fs';
import { build } from 'vite';

export const bundleWithVite = async (entry) => {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: '__vatExports__' },
      rolldownOptions: { output: { exports: 'named', codeSplitting: false, comments: false } },
    },
  });
  // The comments that say where each module starts are left in.
  return (Array.isArray(result) ? result[0] : result).output[0].code.replace(/^\t*\/\/ .*\n/gm, '');
};

if (process.argv[1] === import.meta.filename) {
  writeFileSync(process.argv[3], await bundleWithVite(process.argv[2]));
}
