/**
 * Runs the conformance rows and prints how much of each section of the specification is covered; what
 * is not covered is told by name, with what it would need.
 *
 *     npm run conformance
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SPECIFIED, nameOf, readRows } from './rows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'voilatier-conformance-'));
const outputFile = path.join(folder, 'results.json');
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const run = spawnSync(process.execPath, [...jest, 'tests/conformance', '--silent', '--json', `--outputFile=${outputFile}`], {
  stdio: ['ignore', 'ignore', 'pipe'],
  encoding: 'utf8',
});
const passed = run.error === undefined ? passedTests() : new Set<string>();
rmSync(folder, { recursive: true, force: true });

const rows = readRows();
let failed = 0;
let covered = 0;
for (const [section, ids] of Object.entries(SPECIFIED)) {
  const partly: string[] = [];
  const missingByNeed = new Map<string, string[]>();
  let coveredHere = 0;
  for (const id of ids) {
    const cases = rows.filter((row) => row.section === section && row.id === id);
    const broken = cases.filter((row) => row.needs === undefined && !passed.has(`${nameOf(row)}: ${row.title}`));
    for (const row of broken) console.log(`FAILED  ${nameOf(row)}: ${row.title}`);
    failed += broken.length;
    if (broken.length > 0) continue;
    const needed = cases.flatMap(({ needs }) => needs ?? []);
    if (needed.length < cases.length) coveredHere += 1;
    for (const need of needed) {
      if (needed.length < cases.length) partly.push(`${id} (without ${need})`);
      else missingByNeed.set(need, [...(missingByNeed.get(need) ?? []), id]);
    }
  }
  covered += coveredHere;
  console.log(line(section, coveredHere, ids.length));
  if (partly.length > 0) console.log(`  in part:     ${partly.join(', ')}`);
  for (const [need, missing] of missingByNeed) console.log(`  not covered: ${missing.join(', ')} (needs ${need})`);
}
console.log(`${line('In all', covered, Object.values(SPECIFIED).flat().length)}, ${failed} failed`);
if (run.status !== 0) {
  console.error(run.stderr);
  process.exitCode = 1;
}

function line(what: string, count: number, of: number): string {
  return `${what.padEnd(14)} ${String(count).padStart(2)} of ${String(of).padStart(2)} rows covered`;
}

/** The titles of the tests that passed. */
function passedTests(): Set<string> {
  type Results = { testResults: { assertionResults: { title: string; status: string }[] }[] };
  try {
    const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8')) as Results;
    return new Set(
      testResults.flatMap(({ assertionResults }) =>
        assertionResults.flatMap(({ title, status }) => (status === 'passed' ? title : [])),
      ),
    );
  } catch {
    return new Set();
  }
}
