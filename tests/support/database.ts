/**
 * A database of its own for each test file: a clone of one migrated template, which the
 * global setup makes on one server for the whole run.
 *
 *     let test: TestDatabase;
 *     beforeAll(async () => { test = await createTestDatabase(); });
 *     afterAll(() => test.drop());
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import { createDatabase, type Database, type DatabaseOptions } from '../../src/database/client.ts';

/** How the global setup tells the test files, which run in other processes. */
export const SERVER_URL_VARIABLE = 'VOILATIER_TEST_SERVER_URL';
export const TEMPLATE_VARIABLE = 'VOILATIER_TEST_TEMPLATE';
export const FOLDER_VARIABLE = 'VOILATIER_TEST_FOLDER';

/** A closed connection is listed a little longer, until its process has ended. */
const CLOSING_GRACE_MS = 2_000;
const CLOSING_POLL_MS = 10;

export interface TestDatabase {
  readonly name: string;
  /** For a server under test, or another pool. */
  readonly url: string;
  readonly database: Database;
  /**
   * Closes `database` and drops the clone.
   *
   * @throws Error if anybody is still connected: something was not closed.
   */
  readonly drop: () => Promise<void>;
}

export interface TestDatabaseOptions extends DatabaseOptions {
  /** Without any migration, for tests of migrating. */
  readonly empty?: boolean;
}

/** Clones the template, which takes about a tenth of a second. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const template = requireVariable(TEMPLATE_VARIABLE);
  const name = template.replace('template', randomBytes(6).toString('hex'));
  const origin = options.empty ? 'template1' : template;
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${origin}`));

  const url = urlOf(name);
  const database = createDatabase(url, options);
  return {
    name,
    url,
    database,
    async drop() {
      await database.close();
      const leaked = await onServer(async (client) => {
        const connections = await waitForDisconnection(client, name);
        await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
        return connections;
      });
      if (leaked.length > 0) {
        throw new Error(`Connections to the test database were left open:\n${leaked.join('\n')}`);
      }
    },
  };
}

/** A new folder that goes away with the run, however the run ends. */
export function createTestFolder(): Promise<string> {
  return mkdtemp(path.join(requireVariable(FOLDER_VARIABLE), 'test-'));
}

/** The URL of a database on the server of this run. */
export function urlOf(name: string): string {
  const url = new URL(requireVariable(SERVER_URL_VARIABLE));
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs statements that cannot be run in the database they are about. */
export async function onServer<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: requireVariable(SERVER_URL_VARIABLE) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Describes the connections that do not go away. */
async function waitForDisconnection(client: pg.Client, name: string): Promise<string[]> {
  const deadlineMs = performance.now() + CLOSING_GRACE_MS;
  for (;;) {
    const { rows } = await client.query<{ description: string }>(
      `SELECT format('%s: %s, %s', application_name, state, query) AS description
       FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || performance.now() > deadlineMs) return rows.map(({ description }) => description);
    await delay(CLOSING_POLL_MS);
  }
}

function requireVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: tests with a database need the global setup of jest`);
  return value;
}
