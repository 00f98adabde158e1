/** Migrating: all or nothing, once, and never silently incomplete. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { createDatabase } from '../../src/database/client.ts';
import { migrateDatabase, pendingMigrations, readMigrations, type Migrations } from '../../src/database/migrate.ts';
import { createTestDatabase, createTestFolder, type TestDatabase } from '../support/database.ts';

let folder: string;
beforeAll(async () => {
  folder = await createTestFolder();
});
afterAll(() => rm(folder, { recursive: true }));

let testDatabase: TestDatabase;
beforeEach(async () => {
  testDatabase = await createTestDatabase({ empty: true });
});
afterEach(() => testDatabase.drop());

const FIRST = { tag: '0000_first', when: 1_000, sql: 'CREATE TABLE first (id int)' };
const SECOND = { tag: '0001_second', when: 2_000, sql: 'CREATE TABLE second (id int)' };
const THIRD = { tag: '0002_third', when: 3_000, sql: 'CREATE TABLE third (id int)' };

async function migrations(...list: { tag: string; when: number; sql: string }[]): Promise<Migrations> {
  const entries = list.map(({ tag, when }, idx) => ({ idx, version: '7', when, tag, breakpoints: true }));
  await mkdir(path.join(folder, 'meta'), { recursive: true });
  await writeFile(
    path.join(folder, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  );
  for (const { tag, sql } of list) await writeFile(path.join(folder, `${tag}.sql`), sql);
  return readMigrations(folder);
}

async function tables(): Promise<string[]> {
  const { rows } = await testDatabase.database.pool.query<{ tablename: string }>(
    "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  return rows.map(({ tablename }) => tablename);
}

test('what is pending is applied once, and known as applied', async () => {
  const { database } = testDatabase;
  const one = await migrations(FIRST);
  expect(await pendingMigrations(database, one)).toEqual(['0000_first']);
  expect(await migrateDatabase(database, one)).toEqual(['0000_first']);
  expect(await pendingMigrations(database, one)).toEqual([]);
  expect(await migrateDatabase(database, one)).toEqual([]);

  const two = await migrations(FIRST, SECOND);
  expect(await migrateDatabase(database, two)).toEqual(['0001_second']);
  expect(await tables()).toEqual(['first', 'second']);
});

test('processes that start at once wait for each other', async () => {
  const all = await migrations(FIRST, SECOND);
  const databases = Array.from({ length: 5 }, () => createDatabase(testDatabase.url));
  const applied = await Promise.all(databases.map((database) => migrateDatabase(database, all)));
  await Promise.all(databases.map((database) => database.close()));
  expect(applied.flat()).toEqual(['0000_first', '0001_second']);
});

test('a migration that fails changes nothing, and says why', async () => {
  const all = await migrations(FIRST, { ...SECOND, sql: 'CREATE TABLE second (id no_such_type)' });
  await expect(migrateDatabase(testDatabase.database, all)).rejects.toMatchObject({
    name: 'MigrationError',
    message: expect.stringContaining('no_such_type'),
  });
  expect(await tables()).toEqual([]);
  expect(await pendingMigrations(testDatabase.database, all)).toEqual(['0000_first', '0001_second']);
});

test('a migration that is older than an applied one is refused: Drizzle would skip it', async () => {
  const { database } = testDatabase;
  await migrateDatabase(database, await migrations(FIRST, THIRD));
  const late = await migrations(FIRST, SECOND, THIRD);
  await expect(migrateDatabase(database, late)).rejects.toMatchObject({
    name: 'MigrationError',
    message: expect.stringContaining('0001_second'),
  });
  expect(await tables()).toEqual(['first', 'third']);
});

test('a migration that was changed after it was applied is refused', async () => {
  const { database } = testDatabase;
  await migrateDatabase(database, await migrations(FIRST));
  const changed = await migrations({ ...FIRST, sql: 'CREATE TABLE other (id int)' });
  await expect(migrateDatabase(database, changed)).rejects.toMatchObject({
    name: 'MigrationError',
    message: expect.stringContaining('was changed'),
  });
});

test('an older program runs beside a newer one', async () => {
  const { database } = testDatabase;
  await migrateDatabase(database, await migrations(FIRST, SECOND));
  expect(await pendingMigrations(database, await migrations(FIRST))).toEqual([]);
  expect(await migrateDatabase(database, await migrations(FIRST))).toEqual([]);
});

test('a folder without a journal is refused', () => {
  expect(() => readMigrations('/no/such/folder')).toThrow('/no/such/folder');
});
