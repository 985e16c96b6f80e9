// Bundles a vat as the reference does it: Vite's library build, comments taken out.
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
  return (Array.isArray(result) ? result[0] : result).output[0].code;
};
