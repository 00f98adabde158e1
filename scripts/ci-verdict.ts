/**
 * Sums up what the checks and the tests report: `ci-verdict <checks.json> <tests.json>
 * <exit code of the tests>`.
 *
 * The last line is "N passed, N failed". What did not run has failed: a missing report, an empty
 * one, and a test file that could not be loaded count as failures, not as nothing.
 */
import { readFileSync } from 'node:fs';
import type { CheckReport } from './check.ts';

/** The part of jest's `--json` report that is read here. */
interface TestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

const [checksPath, testsPath, testsExit] = process.argv.slice(2);
const checks = readReport<CheckReport>(checksPath);
const tests = readReport<TestReport>(testsPath);
let passed = 0;
let failed = 0;

if (checks === undefined || checks.passed.length + checks.failed.length === 0) {
  console.log('The checks did not run.');
  failed += 1;
} else {
  passed += checks.passed.length;
  failed += checks.failed.length;
}

if (tests === undefined || tests.numPassedTests + tests.numFailedTests === 0) {
  console.log('The tests did not run.');
  failed += 1;
} else {
  const failedTests = tests.numFailedTests + tests.numRuntimeErrorTestSuites;
  passed += tests.numPassedTests;
  // jest may fail a run for other reasons than a test, such as an error after the last one.
  failed += failedTests === 0 && (!tests.success || testsExit !== '0') ? 1 : failedTests;
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function readReport<T>(path: string | undefined): T | undefined {
  try {
    return JSON.parse(readFileSync(path ?? '', 'utf8')) as T;
  } catch {
    return undefined;
  }
}
