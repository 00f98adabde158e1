/**
 * Runs the conformance rows and prints how many of each section of the specification pass, beside further
 * cases of the same families; what remains is told by name, with what it would need.
 *
 *     npm run conformance
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Row } from './rows.ts';
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
const didFail = (row: Row) => row.needs === undefined && !passed.has(`${nameOf(row)}: ${row.title}`);
const remaining: string[] = [];
let passedRows = 0;
let failed = 0;
for (const [section, ids] of Object.entries(SPECIFIED)) {
  const own = rows.filter((row) => row.section === section);
  const listed = own.filter((row) => row.listed !== false);
  const further = own.filter((row) => row.listed === false);
  const passedHere = ids.filter((id) => {
    const cases = listed.filter((row) => row.id === id);
    return cases.length > 0 && cases.every((row) => row.needs === undefined && !didFail(row));
  }).length;
  passedRows += passedHere;
  const passedFurther = further.filter((row) => !didFail(row)).length;
  console.log(`${line(section, passedHere, ids.length)}, and ${passedFurther} of ${further.length} further cases`);
  const broken = own.filter(didFail);
  failed += broken.length;
  for (const row of broken) console.log(`  FAILED  ${nameOf(row)}: ${row.title}`);
  remaining.push(...own.flatMap((row) => (row.needs === undefined ? [] : [`${nameOf(row)} (needs ${row.needs})`])));
}
console.log(`${line('In all', passedRows, Object.values(SPECIFIED).flat().length)}, ${failed} cases failed`);
console.log(remaining.length === 0 ? 'Nothing remains.' : `What remains: ${remaining.join(', ')}`);
if (run.status !== 0) {
  console.error(run.stderr);
  process.exitCode = 1;
}

function line(what: string, count: number, of: number): string {
  return `${what.padEnd(14)} ${String(count).padStart(2)} of ${String(of).padStart(2)} rows passed`;
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
