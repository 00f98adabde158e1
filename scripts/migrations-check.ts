/**
 * Do the tables in src/database/tables and the migrations in drizzle/ say the same?
 *
 *     npm run db:generate:check
 *
 * drizzle-kit is asked to write the missing migration into a copy of drizzle/; if it has nothing
 * to write, they agree. It exits with 0 whatever happens, and without a terminal it gives up
 * where it would ask whether a column was renamed: so only its own words and an untouched copy
 * count, and there is a time limit.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';

const TIME_LIMIT_MS = 60_000;
const NOTHING_TO_WRITE = 'No schema changes, nothing to migrate';

const root = process.cwd();
const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
// Inside the project, because drizzle-kit takes its folder relative to where it runs.
const folder = mkdtempSync(join(cache, 'migrations-check-'));
try {
  const copy = join(folder, 'drizzle');
  if (existsSync('drizzle')) cpSync('drizzle', copy, { recursive: true });
  else mkdirSync(copy);
  const config = join(folder, 'drizzle.config.ts');
  writeFileSync(
    config,
    `import config from ${JSON.stringify(join(root, 'drizzle.config.ts'))};\n` +
      `export default { ...config, out: ${JSON.stringify(`./${relative(root, copy)}`)} };\n`,
  );
  const filesBefore = filesIn(copy);
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    ['node_modules/drizzle-kit/bin.cjs', 'generate', '--config', relative(root, config)],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIME_LIMIT_MS,
      killSignal: 'SIGKILL',
    },
  );
  const added = filesIn(copy).filter((file) => !filesBefore.includes(file));

  if (error === undefined && added.length === 0 && stdout.includes(NOTHING_TO_WRITE)) {
    console.log('The migrations make the tables as they are declared.');
  } else {
    console.error('The tables have changes without a migration: run npm run db:generate.');
    console.error([error?.message, stdout, stderr].filter(Boolean).join('\n').trim());
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' });
}
