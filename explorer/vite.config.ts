import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/**
 * The GraphQL worker carries a formatter, for a command that monaco.ts leaves out, and a
 * glob matcher, to choose among several schemas, where there is one. Neither is reached.
 */
const leaveOutOfWorkers: Plugin = {
  name: 'leave-out-of-workers',
  enforce: 'pre',
  resolveId: (id) => (/^prettier\/|^picomatch-browser$/.test(id) ? '\0left-out' : null),
  load: (id) => (id === '\0left-out' ? 'export default undefined' : null),
};

export default defineConfig({
  root: here('.'),
  base: '/explorer/',
  publicDir: false,
  logLevel: 'warn',
  resolve: {
    alias: {
      'monaco-editor/esm/vs/editor/edcore.main.js': here('monaco.ts'),
      'prettier/plugins/estree': here('json-prettier.ts'),
      'prettier/parser-babel': here('json-prettier.ts'),
      'prettier/parser-graphql': 'prettier/plugins/graphql',
    },
  },
  worker: {
    format: 'es',
    plugins: () => [leaveOutOfWorkers],
    rolldownOptions: { output: { codeSplitting: false } },
  },
  build: {
    outDir: here('../src/generated/explorer'),
    emptyOutDir: true,
    license: { fileName: 'licenses.md' },
    sourcemap: false,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      // "use client" and "use no memo" mean nothing in a bundle.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
});
