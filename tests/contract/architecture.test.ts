/**
 * Proof of the import rules (.dependency-cruiser.cjs): a small house built to the rules passes,
 * and the same house with one import too many fails, by the rule that names the fault.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const DEPCRUISE = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

type Files = Record<string, string>;

/** Packages as far as an import needs them; what kind of dependency each is, package.json says. */
const PACKAGES: Files = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { 'big.js': '1.0.0', 'drizzle-orm': '1.0.0' },
    devDependencies: { jest: '1.0.0' },
  }),
  'tsconfig.json': JSON.stringify({ compilerOptions: { module: 'NodeNext' } }),
  ...Object.fromEntries(
    ['big.js', 'drizzle-orm', 'jest', 'undeclared'].flatMap((name) => [
      [
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, version: '1.0.0', main: 'main.js' }),
      ],
      [`node_modules/${name}/main.js`, 'module.exports = {};\n'],
    ]),
  ),
};

/** A house in order: every layer once, every import allowed. */
const HOUSE: Files = {
  'src/main.ts': `import './env.ts';\nimport './server.ts';\nimport './database/client.ts';\n`,
  'src/env.ts': `export const env = {};\n`,
  'src/server.ts': `import './resolvers/cards.ts';\nimport './resolvers/rewards.ts';\nimport './context.ts';\n`,
  'src/context.ts': `import './loaders/cards.ts';\nimport type {} from './commands/run.ts';\n`,
  'src/resolvers/cards.ts':
    `import type {} from '../generated/resolvers-types.ts';\nimport type {} from '../context.ts';\n` +
    `import '../commands/cards.ts';\n`,
  'src/resolvers/rewards.ts': `import '../platform/errors.ts';\nimport '../commands/rewards.ts';\n`,
  'src/generated/resolvers-types.ts': `import type {} from '../context.ts';\n`,
  'src/loaders/cards.ts': `import '../repositories/cards.ts';\nimport '../domain/cards.ts';\n`,
  'src/commands/run.ts': `import '../database/client.ts';\n`,
  'src/commands/cards.ts': `import './run.ts';\nimport '../repositories/cards.ts';\nimport '../domain/cards.ts';\n`,
  'src/commands/rewards.ts': `import './run.ts';\nimport '../repositories/rewards.ts';\n`,
  'src/repositories/cards.ts': `import 'drizzle-orm';\nimport '../database/tables/cards.ts';\n`,
  'src/repositories/rewards.ts': `import '../domain/cards.ts';\n`,
  'src/database/client.ts': `import './tables/cards.ts';\n`,
  'src/database/tables/cards.ts': `import 'drizzle-orm';\nimport type {} from '../../domain/cards.ts';\n`,
  'src/domain/cards.ts': `import 'big.js';\nimport './amounts.ts';\n`,
  'src/domain/amounts.ts': `export const zero = 0;\n`,
  'src/platform/errors.ts': `import '../domain/cards.ts';\n`,
};

/** Per rule, the file that breaks it and one line that does. */
const FAULTS: readonly (readonly [rule: string, file: string, line: string])[] = [
  ['layer-resolvers', 'src/resolvers/cards.ts', `import '../repositories/cards.ts';`],
  ['layer-resolvers', 'src/resolvers/rewards.ts', `import type {} from '../database/client.ts';`],
  ['layer-loaders', 'src/loaders/cards.ts', `import '../commands/run.ts';`],
  ['layer-commands', 'src/commands/cards.ts', `import '../database/tables/cards.ts';`],
  ['layer-commands', 'src/commands/run.ts', `import type {} from '../loaders/cards.ts';`],
  ['layer-repositories', 'src/repositories/cards.ts', `import '../commands/run.ts';`],
  ['layer-database', 'src/database/client.ts', `import '../repositories/cards.ts';`],
  ['layer-domain', 'src/domain/amounts.ts', `import type {} from '../database/tables/cards.ts';`],
  ['layer-platform', 'src/platform/errors.ts', `import '../commands/cards.ts';`],
  ['layer-platform', 'src/platform/errors.ts', `import '../resolvers/cards.ts';`],
  ['layer-main', 'src/main.ts', `import './resolvers/cards.ts';`],
  ['layer-env', 'src/env.ts', `import './platform/errors.ts';`],
  ['siblings-resolvers', 'src/resolvers/rewards.ts', `import './cards.ts';`],
  ['siblings-commands', 'src/commands/rewards.ts', `import './cards.ts';`],
  ['siblings-repositories', 'src/repositories/rewards.ts', `import './cards.ts';`],
  ['shared-commands', 'src/commands/run.ts', `import './cards.ts';`],
  ['domain-is-pure', 'src/domain/amounts.ts', `import 'node:crypto';`],
  ['chain-is-pure', 'src/domain/chain.ts', `import 'node:fs';`],
  ['domain-is-pure', 'src/domain/cards.ts', `import 'drizzle-orm';`],
  ['sql-stays-below', 'src/commands/cards.ts', `import 'drizzle-orm';`],
  ['no-cycles', 'src/domain/amounts.ts', `import type {} from './cards.ts';`],
  ['no-barrels', 'src/platform/errors.ts', `import '../domain/index.ts';`],
  ['no-barrels-out', 'src/domain/index.ts', `export * from './cards.ts';`],
  ['no-orphans', 'src/domain/forgotten.ts', `export const forgotten = true;`],
  ['homeless', 'src/helpers/strings.ts', `import '../domain/cards.ts';`],
  ['source-stands-alone', 'src/platform/errors.ts', `import '../../tests/support/fixtures.ts';`],
  ['no-development-packages', 'src/platform/errors.ts', `import 'jest';`],
  ['no-undeclared-packages', 'src/platform/errors.ts', `import 'undeclared';`],
  ['no-unresolvable', 'src/platform/errors.ts', `import './nowhere.ts';`],
];

const folders: string[] = [];

async function cruise(
  files: Files,
): Promise<{ readonly exitCode: number; readonly violations: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'voilatier-layers-'));
  folders.push(folder);
  for (const [path, text] of Object.entries({ ...PACKAGES, ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const config = join(ROOT, '.dependency-cruiser.cjs');
  // As `npm run lint:layers` runs it, exit code included.
  return new Promise((done, fail) => {
    const child = execFile(
      process.execPath,
      [DEPCRUISE, 'src', '--config', config],
      { cwd: folder },
      (_, output, complaint) => {
        if (complaint !== '' || child.exitCode === null)
          fail(new Error(`depcruise: ${complaint || 'killed'}`));
        const violations = [...output.matchAll(/^ +error ([\w-]+): (\S+)/gm)].map((match) =>
          match.slice(1).join(' '),
        );
        done({ exitCode: child.exitCode ?? -1, violations });
      },
    );
  });
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

test('a house built to the rules passes', async () => {
  expect(await cruise(HOUSE)).toEqual({ exitCode: 0, violations: [] });
});

describe('an import too many', () => {
  let report: Awaited<ReturnType<typeof cruise>>;

  // All faults in one house, one run: each is looked for by its own rule and file.
  beforeAll(async () => {
    const files: Files = { ...HOUSE, 'tests/support/fixtures.ts': 'export const fixtures = [];\n' };
    for (const [, file, line] of FAULTS) files[file] = `${files[file] ?? ''}${line}\n`;
    report = await cruise(files);
  });

  test('fails the run', () => expect(report.exitCode).not.toBe(0));

  test.each(FAULTS)('%s: %s says %s', (rule, file) => {
    expect(report.violations).toContain(`${rule} ${file}`);
  });

  test('leaves no rule unproved', async () => {
    const { default: config } = (await import(join(ROOT, '.dependency-cruiser.cjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    const proved = new Set(FAULTS.map(([rule]) => rule));
    const unproved = config.forbidden.map(({ name }) => name).filter((name) => !proved.has(name));
    // All layer rules are made by one function from one table; these need no fault of their own.
    expect(unproved.filter((name) => !name.startsWith('layer-'))).toEqual([]);
  });
});
