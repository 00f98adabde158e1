/** The migrations: what they add up to keeps the rules, is written down, and is what the tables say. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateDrizzleJson } from 'drizzle-kit/api';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { MIGRATIONS_FOLDER, readMigrations } from '../../src/database/migrate.ts';
import { EXEMPT_INDEXES, EXEMPT_POLICIES, findViolations } from '../../scripts/migration-rules.ts';
import { readCatalog } from '../../scripts/schema-catalog.ts';
import { renderSchema, SCHEMA_FILE } from '../../scripts/schema-dump.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

describe('the schema', () => {
  test('keeps the scale-out rules', async () => {
    expect(findViolations(await readCatalog(testDatabase.database))).toEqual([]);
  });

  test('is written down in drizzle/schema.sql', async () => {
    const expected = renderSchema(await readCatalog(testDatabase.database));
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(expected);
  });

  test('is what the tables of the program say: no migration was forgotten', async () => {
    const folder = fileURLToPath(new URL('../../src/database/tables', import.meta.url));
    const tables: Record<string, unknown> = {};
    for (const file of readdirSync(folder)) Object.assign(tables, await import(path.join(folder, file)));

    const snapshots = readdirSync(path.join(MIGRATIONS_FOLDER, 'meta')).filter((file) =>
      file.endsWith('_snapshot.json'),
    );
    const newest = path.join(MIGRATIONS_FOLDER, 'meta', snapshots.sort().at(-1) ?? '');
    // On a difference, run `npm run db:generate`.
    expect(generateDrizzleJson(tables).tables).toEqual(JSON.parse(readFileSync(newest, 'utf8')).tables);
  });

  test('has no exemption that is not needed', async () => {
    const { tables } = await readCatalog(testDatabase.database);
    const indexes = tables.flatMap((table) => table.indexes.map(({ name }) => name));
    expect(indexes).toEqual(expect.arrayContaining([...EXEMPT_INDEXES]));
    expect(EXEMPT_INDEXES).toEqual(['api_keys_secret_hash_idx']);
    const policies = tables.flatMap((table) => table.policies.map(({ definition }) => definition));
    for (const exempt of EXEMPT_POLICIES) expect(policies).toContainEqual(expect.stringContaining(exempt));
    expect(EXEMPT_POLICIES).toHaveLength(4);
  });
});

describe('the journal', () => {
  const { list } = readMigrations();

  test('names every migration file, and no other', () => {
    const files = readdirSync(MIGRATIONS_FOLDER).filter((file) => file.endsWith('.sql'));
    const expected = [...list.map(({ tag }) => `${tag}.sql`), path.basename(SCHEMA_FILE)];
    expect(files.sort()).toEqual(expected.sort());
  });

  test('has times that strictly increase: Drizzle skips a migration older than the newest applied', () => {
    const times = list.map(({ createdAtMs }) => createdAtMs);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });
});

describe('the rules refuse', () => {
  /** Each case is a schema of its own, in which everything but one thing is right. */
  const cases: [string, string, string][] = [
    ['a table without a workspace', 'CREATE TABLE bad (id uuid PRIMARY KEY)', 'Table bad has no column workspace_id.'],
    [
      'a workspace that may be null',
      'CREATE TABLE bad (workspace_id uuid, id uuid NOT NULL)',
      'Column bad.workspace_id may be null.',
    ],
    ['a table without a primary key', 'CREATE TABLE bad (workspace_id uuid NOT NULL)', 'Table bad has no primary key.'],
    [
      'a primary key that does not lead with the workspace',
      'CREATE TABLE bad (workspace_id uuid, id uuid, PRIMARY KEY (id, workspace_id))',
      'PRIMARY KEY bad_pkey of bad does not lead with workspace_id.',
    ],
    [
      'a unique constraint that does not lead with the workspace',
      'CREATE TABLE bad (workspace_id uuid PRIMARY KEY, name text UNIQUE)',
      'UNIQUE bad_name_key of bad does not lead with workspace_id.',
    ],
    [
      'a foreign key that does not lead with the workspace',
      'CREATE TABLE bad (workspace_id uuid, id uuid, parent uuid, PRIMARY KEY (workspace_id, id), ' +
        'FOREIGN KEY (parent, workspace_id) REFERENCES bad (id, workspace_id), UNIQUE (id, workspace_id))',
      'FOREIGN KEY bad_parent_workspace_id_fkey of bad points at a key that does not lead with workspace_id.',
    ],
    [
      'an index that does not lead with the workspace',
      'CREATE TABLE bad (workspace_id uuid PRIMARY KEY, name text); CREATE INDEX bad_idx ON bad (name, workspace_id)',
      'Index bad_idx of bad does not lead with workspace_id.',
    ],
    [
      'an index over an expression',
      'CREATE TABLE bad (workspace_id uuid PRIMARY KEY, name text); CREATE INDEX bad_idx ON bad (lower(name))',
      'Index bad_idx of bad does not lead with workspace_id.',
    ],
    [
      'a unique index in place of the exempt one',
      'DROP INDEX api_keys_secret_hash_idx; CREATE TABLE bad (workspace_id uuid PRIMARY KEY, name text); ' +
        'CREATE UNIQUE INDEX api_keys_secret_hash_idx ON bad (name)',
      'Index api_keys_secret_hash_idx of bad does not lead with workspace_id.',
    ],
    [
      'a serial',
      'CREATE TABLE bad (workspace_id uuid PRIMARY KEY, number serial)',
      'Column bad.number is a serial: ids are made in the application.',
    ],
    [
      'an identity',
      'CREATE TABLE bad (workspace_id uuid PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY)',
      'Column bad.number is an identity: ids are made in the application.',
    ],
    [
      'a table that everybody sees',
      'CREATE TABLE bad (workspace_id uuid PRIMARY KEY)',
      'Table bad does not enable and force row level security.',
    ],
    [
      'a table that its owner sees past the policies',
      'ALTER TABLE lots NO FORCE ROW LEVEL SECURITY',
      'Table lots does not enable and force row level security.',
    ],
    [
      'a table without a policy for workspaces',
      'DROP POLICY own_workspace ON lots; CREATE POLICY own_workspace ON lots USING (true)',
      'Policy own_workspace of lots opens rows of other workspaces.',
    ],
    [
      'a policy that opens more',
      'CREATE POLICY all_due_work ON lots FOR SELECT USING (true)',
      'Policy all_due_work of lots opens rows of other workspaces.',
    ],
    [
      'an exempt policy that lets write',
      'DROP POLICY all_due_work ON customers; CREATE POLICY all_due_work ON customers USING (true)',
      'Policy all_due_work of customers opens rows of other workspaces.',
    ],
    ['a sequence', 'CREATE SEQUENCE bad', 'Sequence bad: ids are made in the application.'],
    [
      'a timestamp without a time zone',
      'CREATE TABLE bad (workspace_id uuid PRIMARY KEY, at timestamp(3))',
      'Column bad.at is timestamp(3) without time zone: a point in time is timestamp(3) with time zone.',
    ],
    [
      'a timestamp with microseconds',
      'CREATE TABLE bad (workspace_id uuid PRIMARY KEY, at timestamptz)',
      'Column bad.at is timestamp with time zone: a point in time is timestamp(3) with time zone.',
    ],
    [
      'a function',
      "CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      'Function bad(): there are no functions in the database.',
    ],
    [
      'a trigger',
      'CREATE TABLE bad (workspace_id uuid PRIMARY KEY); ' +
        "CREATE FUNCTION bad() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; " +
        'CREATE TRIGGER bad BEFORE INSERT ON bad FOR EACH ROW EXECUTE FUNCTION bad()',
      'Trigger bad on bad: there are no triggers.',
    ],
  ];

  let scratch: TestDatabase;
  beforeAll(async () => {
    scratch = await createTestDatabase({ connectionsMax: 1 });
  });
  afterAll(() => scratch.drop());

  test.each(cases)('%s', async (_name, statements, violation) => {
    // The catalog is read through the same single connection, inside the transaction.
    await scratch.database.pool.query('BEGIN');
    await scratch.database.pool.query(statements);
    const violations = findViolations(await readCatalog(scratch.database));
    await scratch.database.pool.query('ROLLBACK');
    expect(violations).toContain(violation);
  });
});
