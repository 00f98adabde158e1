import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { instantToSql, sqlToInstant } from '../../src/database/columns.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** An instant comes back from the database as it went in, whatever its year. */

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

test.each([
  ['2026-05-17T12:34:56.789Z'],
  ['1969-12-31T23:59:59.999Z'],
  ['0999-01-01T00:00:00.000Z'],
  ['0099-12-31T23:59:59.999Z'],
  ['0050-06-01T00:00:00.500Z'],
  ['0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999Z'],
])('%s', async (text) => {
  const instant = Date.parse(text);
  const { rows } = await testDatabase.database.db.execute<{ stored: string }>(
    sql`SELECT ${instantToSql(instant)}::timestamptz(3)::text AS stored`,
  );
  expect(sqlToInstant(rows[0]!.stored)).toBe(instant);
});

test.each([
  ['0000-12-31T22:36:00.000Z', '0001-12-31 22:36:00+00 BC'],
  ['-000001-01-01T00:00:00.000Z', '0002-01-01 00:00:00+00 BC'],
  ['+010000-01-01T00:00:00.000Z', '10000-01-01 00:00:00+00'],
])('%s can be stored and compared', async (text, stored) => {
  const { rows } = await testDatabase.database.db.execute<{ stored: string; milliseconds: bigint }>(
    sql`SELECT t::text AS stored, (extract(epoch FROM t) * 1000)::bigint AS milliseconds
        FROM (SELECT ${instantToSql(Date.parse(text))}::timestamptz(3)) AS instants(t)`,
  );
  expect(rows).toEqual([{ stored, milliseconds: BigInt(Date.parse(text)) }]);
});

test('never is infinity', () => {
  expect(instantToSql(Infinity)).toBe('infinity');
  expect(sqlToInstant('infinity')).toBe(Infinity);
});
