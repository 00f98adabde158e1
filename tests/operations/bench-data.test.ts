/** What benches make beside the API, by the million, is what the engine itself would have made. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENTRIES = 2_000;

test(`${ENTRIES} entries of a bench are verified without a difference`, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'bench/run.ts', 'verify'], {
    cwd: ROOT,
    env: { ...process.env, BENCH_ENTRIES: String(ENTRIES) },
  });
  expect(stdout).toMatch(/^npm run verify: [\d.]+ s, peak memory \d+ MiB$/m);
  expect(stdout).toContain('200 members');
}, 180_000);
