/** The connection to the database: transactions that hold what they promise when things go wrong. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { once } from 'node:events';

import { createDatabase, withTransaction } from '../../src/database/client.ts';
import { isRetryable, isUniqueViolation, sqlState, TransactionRolledBackError } from '../../src/database/errors.ts';
import { createTestDatabase, onServer, type TestDatabase } from '../support/database.ts';

const things = pgTable('things', { id: integer('id').primaryKey(), name: text('name').notNull() }, (table) => [
  unique('things_name_key').on(table.name),
]);

let testDatabase: TestDatabase;
beforeAll(async () => {
  // One connection: a transaction that does not give it back is noticed by the next one.
  testDatabase = await createTestDatabase({ connectionsMax: 1, connectionTimeoutMs: 2_000 });
  await testDatabase.database.pool.query(
    'CREATE TABLE things (id int PRIMARY KEY, name text NOT NULL, CONSTRAINT things_name_key UNIQUE (name))',
  );
});
afterAll(() => testDatabase.drop());
beforeEach(() => testDatabase.database.pool.query('TRUNCATE things'));

async function countThings(): Promise<number> {
  const [row] = await testDatabase.database.db.select({ count: sql`count(*)`.mapWith(Number) }).from(things);
  return row?.count ?? 0;
}

/** Ends a connection from the outside, as a restart of the server does. */
function terminate(processId: number): Promise<unknown> {
  return onServer((client) => client.query('SELECT pg_terminate_backend($1)', [processId]));
}

const PROCESS_ID = sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`;

describe('a transaction', () => {
  test('commits what it did, and gives the result', async () => {
    const result = await withTransaction(testDatabase.database, async (transaction) => {
      await transaction.insert(things).values({ id: 1, name: 'one' });
      return 'done';
    });
    expect(result).toBe('done');
    expect(await countThings()).toBe(1);
  });

  test('changes nothing when the work throws', async () => {
    const work = withTransaction(testDatabase.database, async (transaction) => {
      await transaction.insert(things).values({ id: 1, name: 'one' });
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await countThings()).toBe(0);
  });

  test('does not report success when a failed statement was ignored', async () => {
    const work = withTransaction(testDatabase.database, async (transaction) => {
      await transaction.insert(things).values({ id: 1, name: 'one' });
      await transaction.execute(sql`SELECT 1 / 0`).catch(() => {});
    });
    await expect(work).rejects.toThrow(TransactionRolledBackError);
    expect(await countThings()).toBe(0);
  });

  test('is READ COMMITTED, whatever the server prefers', async () => {
    const { rows } = await withTransaction(testDatabase.database, (transaction) =>
      transaction.execute(sql`SELECT current_setting('transaction_isolation') AS isolation`),
    );
    expect(rows).toEqual([{ isolation: 'read committed' }]);
  });

  test('gives its connection back when BEGIN fails', async () => {
    const { pool } = testDatabase.database;
    const client = await pool.connect();
    Object.assign(client, { query: () => Promise.reject(new Error('no BEGIN')) });
    client.release();

    await expect(withTransaction(testDatabase.database, async () => 'never')).rejects.toThrow('no BEGIN');
    // It is not fit for use again, so the pool has opened another.
    expect(await countThings()).toBe(0);
  });

  test('writes nothing when BEGIN fails on a connection that lives on', async () => {
    const { pool } = testDatabase.database;
    const client = await pool.connect();
    const send = client.query.bind(client) as (statement: unknown) => Promise<unknown>;
    const broken = (statement: unknown) =>
      send(typeof statement === 'string' && statement.startsWith('BEGIN') ? 'BEGIN AND FAIL' : statement);
    Object.assign(client, { query: broken });
    client.release();

    const work = withTransaction(testDatabase.database, async (transaction) => {
      await transaction.$client.query('SELECT 1');
      await transaction.$client.query(`INSERT INTO things (id, name) VALUES (1, 'one')`);
    });
    await expect(work).rejects.toMatchObject({ code: '42601' });
    expect(await countThings()).toBe(0);
  });

  test('survives the loss of its connection during a statement', async () => {
    const work = withTransaction(testDatabase.database, async (transaction) => {
      const { rows } = await transaction.execute(PROCESS_ID);
      const statement = transaction.execute(sql`SELECT pg_sleep(10)`);
      await Promise.all([terminate(Number(rows[0]?.['pid'])), statement]);
    });
    await expect(work).rejects.toThrow();
    expect(await countThings()).toBe(0);
  });

  test('survives the loss of its connection between two statements', async () => {
    const work = withTransaction(testDatabase.database, async (transaction) => {
      const { rows } = await transaction.execute(PROCESS_ID);
      const lost = once(transaction.$client, 'end');
      await terminate(Number(rows[0]?.['pid']));
      await lost;
      await transaction.execute(sql`SELECT 1`);
    });
    await expect(work).rejects.toThrow();
    expect(await countThings()).toBe(0);
  });

  test('is run again after a deadlock, until all are done', async () => {
    const database = createDatabase(testDatabase.url, { connectionsMax: 8 });
    await database.db.insert(things).values([
      { id: 1, name: 'one' },
      { id: 2, name: 'two' },
    ]);
    let attempts = 0;
    const lockInOrder = (first: number, second: number) =>
      withTransaction(
        database,
        async (transaction) => {
          attempts += 1;
          await transaction.execute(sql`SELECT id FROM things WHERE id = ${first} FOR UPDATE`);
          await transaction.execute(sql`SELECT pg_sleep(0.05)`);
          await transaction.execute(sql`SELECT id FROM things WHERE id = ${second} FOR UPDATE`);
        },
        { retries: 10 },
      );
    await Promise.all([lockInOrder(1, 2), lockInOrder(2, 1)]);
    await database.close();
    expect(attempts).toBeGreaterThan(2);
  });

  test('is given up after the stated number of retries', async () => {
    const failure = Object.assign(new Error('serialization failure'), { code: '40001', severity: 'ERROR' });
    let attempts = 0;
    const work = withTransaction(
      testDatabase.database,
      async () => {
        attempts += 1;
        throw failure;
      },
      { retries: 2 },
    );
    await expect(work).rejects.toBe(failure);
    expect(attempts).toBe(3);
  });
});

describe('the pool', () => {
  test('reports an idle connection that was lost, and opens another', async () => {
    let report: (error: Error) => void = () => {};
    const reported = new Promise<Error>((resolve) => (report = resolve));
    const database = createDatabase(testDatabase.url, { connectionsMax: 1, onConnectionLost: report });
    const { rows } = await database.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await terminate(rows[0]?.pid ?? 0);
    await reported;
    await database.pool.query('SELECT 1');
    await database.close();
    await database.close(); // safe to call twice
  });

  test('limits the time of a statement', async () => {
    const database = createDatabase(testDatabase.url, { statementTimeoutMs: 50 });
    await expect(database.pool.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    await database.close();
  });

  test('reads whole numbers as bigint and decimals as text, in arrays too', async () => {
    const { rows } = await testDatabase.database.pool.query(
      `SELECT 9007199254740993::bigint AS whole, ARRAY[9007199254740993, NULL]::bigint[] AS wholes,
         1.10::numeric AS decimal, ARRAY[1.10, NULL]::numeric[] AS decimals, ARRAY[]::bigint[] AS none`,
    );
    expect(rows).toEqual([
      {
        whole: 9007199254740993n,
        wholes: [9007199254740993n, null],
        decimal: '1.10',
        decimals: ['1.10', null],
        none: [],
      },
    ]);
  });
});

describe('errors', () => {
  test('of a unique constraint are known by its name, through what Drizzle wraps around them', async () => {
    const { db } = testDatabase.database;
    await db.insert(things).values({ id: 1, name: 'one' });
    const error: unknown = await db
      .insert(things)
      .values({ id: 2, name: 'one' })
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(isUniqueViolation(error, 'things_name_key')).toBe(true);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'things_pkey')).toBe(false);
    expect(isRetryable(error)).toBe(false);
    expect(sqlState(error)).toBe('23505');
  });

  test('that do not come from PostgreSQL have no SQLSTATE', () => {
    const circular: { cause?: unknown } = {};
    circular.cause = circular;
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    for (const error of [undefined, null, 'text', new Error('plain'), refused, circular]) {
      expect(sqlState(error)).toBeUndefined();
      expect(isUniqueViolation(error)).toBe(false);
      expect(isRetryable(error)).toBe(false);
    }
  });
});

describe('a test database', () => {
  test('says so when a connection was left open, and is dropped all the same', async () => {
    const leaky = await createTestDatabase();
    const forgotten = createDatabase(leaky.url, { applicationName: 'forgotten' });
    await forgotten.pool.query('SELECT 1');
    await expect(leaky.drop()).rejects.toThrow('forgotten');
    const { rows } = await onServer((client) =>
      client.query('SELECT FROM pg_database WHERE datname = $1', [leaky.name]),
    );
    expect(rows).toEqual([]);
    await forgotten.close();
  });
});
