/**
 * Proof of the lint over TypeScript (eslint.config.js): the faults it is there for, one line each.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

const FAULTS: readonly (readonly [what: string, file: string, code: string, rule: string])[] = [
  [
    'the environment read outside of env.ts',
    'src/server.ts',
    'export const port = process.env.PORT;',
    'no-restricted-properties',
  ],
  [
    'the environment taken apart',
    'src/loaders/a.ts',
    'export const { env } = process;',
    'no-restricted-properties',
  ],
  [
    'the environment imported',
    'src/loaders/b.ts',
    `export { env } from 'node:process';`,
    'no-restricted-imports',
  ],
  ['printing in src', 'src/loaders/c.ts', `console.log('here');`, 'no-console'],
  [
    'a promise left alone',
    'src/loaders/d.ts',
    'Promise.resolve();',
    '@typescript-eslint/no-floating-promises',
  ],
  ['any', 'src/loaders/e.ts', 'export const e: any = 1;', '@typescript-eslint/no-explicit-any'],
  [
    'a variable for nothing',
    'src/loaders/f.ts',
    'const f = 1;',
    '@typescript-eslint/no-unused-vars',
  ],
  [
    'a type imported as a value',
    'src/loaders/g.ts',
    `import { H } from './h.ts';\nexport const g: H = 1;`,
    '@typescript-eslint/consistent-type-imports',
  ],
  [
    'a case forgotten',
    'src/loaders/i.ts',
    `export function i(x: 'a' | 'b') { switch (x) { case 'a': return 1; } return 0; }`,
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  [
    'a clock in the domain',
    'src/domain/a.ts',
    'export const a = Date.now();',
    'no-restricted-syntax',
  ],
  [
    'the present day in the domain',
    'src/domain/b.ts',
    'export const b = new Date();',
    'no-restricted-syntax',
  ],
  [
    'chance in the domain',
    'src/domain/c.ts',
    'export const c = Math.random();',
    'no-restricted-syntax',
  ],
  [
    'the network in the domain',
    'src/domain/d.ts',
    `export const d = fetch('http://example.org');`,
    'no-restricted-globals',
  ],
];

const IN_ORDER: Record<string, string> = {
  'src/env.ts': 'export const port = process.env.PORT;\n',
  'src/main.ts': `console.log('listening');\n`,
  'src/loaders/h.ts': 'export type H = 1;\n',
  'src/domain/day.ts': 'export const dayOf = (instant: number) => new Date(instant);\n',
};

let folder = '';
const found = new Map<string, string[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voilatier-code-'));
  const files = {
    ...IN_ORDER,
    ...Object.fromEntries(FAULTS.map(([, file, code]) => [file, `${code}\n`])),
  };
  const compilerOptions = {
    module: 'NodeNext',
    target: 'ES2022',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  for (const [path, text] of Object.entries({
    ...files,
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['src'] }),
  })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const eslint = [
    join(ROOT, 'node_modules/eslint/bin/eslint.js'),
    '--config',
    join(ROOT, 'eslint.config.js'),
  ];
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, [...eslint, '--format', 'json', 'src'], { cwd: folder }, (_, out) =>
      done(out),
    );
  });
  const reports = JSON.parse(output) as { filePath: string; messages: { ruleId: string }[] }[];
  for (const { filePath, messages } of reports) {
    // The temporary folder may be reached by a link, so only the end of the path is compared.
    const file = filePath.slice(filePath.lastIndexOf('/src/') + 1);
    found.set(
      file,
      messages.map(({ ruleId }) => ruleId),
    );
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the lint finds', () => {
  test.each(FAULTS)('%s', (_what, file, _code, rule) => {
    expect(found.get(file)).toContain(rule);
  });
});

test.each(Object.keys(IN_ORDER))('%s is in order', (file) => {
  expect(found.get(file)).toEqual([]);
});
