/**
 * Everything that must hold besides the tests, one line each; what fails prints its output.
 *
 *     npm run check [-- --require-landed] [-- --report <file>]
 *
 * Every check is an npm script, so one that failed is run again by its name.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: flags } = parseArgs({
  options: { 'require-landed': { type: 'boolean' }, report: { type: 'string' } },
});

const CHECKS: readonly {
  readonly script: string;
  readonly asks: string;
  readonly args?: readonly string[];
}[] = [
  { script: 'codegen:check', asks: 'generated files follow from the SDL' },
  { script: 'typecheck', asks: 'types fit, every field has a resolver' },
  { script: 'lint:code', asks: 'house rules in TypeScript and in the SDL' },
  { script: 'lint:layers', asks: 'imports only go down' },
  {
    script: 'schema:diff',
    asks: 'no client breaks',
    ...(flags['require-landed'] === true ? { args: ['--require-landed'] } : {}),
  },
  { script: 'db:generate:check', asks: 'migrations make the declared tables' },
  { script: 'db:schema:check', asks: 'schema.sql is what the migrations make' },
  { script: 'explorer:check', asks: 'the built explorer is the one in the sources' },
];

export interface CheckReport {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

const report = { passed: [] as string[], failed: [] as string[] };
for (const { script, asks, args = [] } of CHECKS) {
  const startedAt = performance.now();
  const { exitCode, output } = await npmRun(script, args);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5);
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${script.padEnd(18)} ${asks}`);
  const lines = output.trimEnd().split('\n');
  const shown = exitCode === 0 ? lines.filter((line) => line.startsWith('note: ')) : lines;
  for (const line of shown) console.log(`       ${line}`);
  (exitCode === 0 ? report.passed : report.failed).push(script);
}

console.log(
  report.failed.length === 0
    ? 'All checks passed.'
    : `Checks that failed: ${report.failed.join(', ')}.`,
);
if (flags.report !== undefined)
  writeFileSync(flags.report, JSON.stringify(report satisfies CheckReport));
process.exitCode = report.failed.length > 0 ? 1 : 0;

function npmRun(
  script: string,
  args: readonly string[],
): Promise<{ exitCode: number; output: string }> {
  return new Promise((done) => {
    const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32', // npm is a script there
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => done({ exitCode: 1, output: error.message }));
    child.on('close', (exitCode) => done({ exitCode: exitCode ?? 1, output }));
  });
}
