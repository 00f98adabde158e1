/**
 * Brings a database to the schema of this program, by the migrations in `drizzle/`.
 *
 * Drizzle's migrator applies them in one transaction. Around it, this module adds what it
 * lacks: processes that start at once wait for each other; a migration that is older than
 * one applied before is refused (Drizzle would skip it without a word); so is one that
 * was changed after it was applied; and afterwards it is verified that every one is in.
 *
 * Migrations that the database has and this program does not know are left alone: they
 * belong to a newer program, beside which this one may have to run for a while.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Pool, PoolClient } from 'pg';

import type { Database } from './client.ts';
import { MigrationError, sqlState } from './errors.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** Any number will do, as long as all versions of the program agree on it: "voil" in ASCII. */
export const SCHEMA_LOCK_KEY = 0x766f696c;
/** For that lock, and for each lock that a migration takes on a table in use. */
export const SCHEMA_LOCK_TIMEOUT_MS = 60_000;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNDEFINED_TABLE = '42P01';

/** One migration of this program. */
export interface Migration {
  /** Its file name, without `.sql`. */
  readonly tag: string;
  /** When it was generated: its place in the order, and its identity in the database. */
  readonly createdAtMs: number;
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** All migrations of this program, in order. */
export interface Migrations {
  readonly folder: string;
  readonly list: readonly Migration[];
}

/**
 * Reads the migrations from their files.
 *
 * @throws `MigrationError` when the folder has no journal, or a file of it is missing.
 */
export function readMigrations(folder: string = MIGRATIONS_FOLDER): Migrations {
  try {
    const journal = JSON.parse(readFileSync(path.join(folder, 'meta', '_journal.json'), 'utf8')) as {
      entries: { tag: string }[];
    };
    const files = readMigrationFiles({ migrationsFolder: folder });
    const list = files.map(({ hash, folderMillis }, index) => ({
      // Drizzle reads the same journal in the same order.
      tag: journal.entries[index]?.tag ?? String(folderMillis),
      createdAtMs: folderMillis,
      hash,
    }));
    return { folder, list };
  } catch (error) {
    throw new MigrationError(`The migrations in ${folder} cannot be read`, { cause: error });
  }
}

/**
 * The tags of the migrations that a database lacks, in order. Empty means: ready. It only
 * reads, so a role that may not change the schema can ask.
 *
 * @throws `MigrationError` when a migration was changed after it was applied.
 */
export async function pendingMigrations(database: Database, migrations: Migrations): Promise<string[]> {
  return (await findPending(database.pool, migrations)).map(({ tag }) => tag);
}

/**
 * Applies what is pending and returns its tags. All of it is applied, or nothing.
 *
 * @throws `MigrationError` when a migration fails, was changed after it was applied, or is
 *   older than one that was applied before; node-postgres errors when there is no
 *   connection, or another process keeps migrating for longer than a minute.
 */
export async function migrateDatabase(
  database: Database,
  migrations: Migrations = readMigrations(),
): Promise<string[]> {
  // The usual case needs no lock, and no right to change the schema.
  if ((await findPending(database.pool, migrations)).length === 0) return [];

  const client = await database.pool.connect();
  try {
    // A migration that would be shown only some of the rows, because policies hold the owner too, must fail and not pass them over.
    await client.query(`SET statement_timeout = 0; SET lock_timeout = ${SCHEMA_LOCK_TIMEOUT_MS}; SET row_security = off`);
    await client.query('SELECT pg_advisory_lock($1)', [SCHEMA_LOCK_KEY]);
    const pending = await findPending(client, migrations);
    await apply(client, migrations);
    await requireAllApplied(client, migrations);
    return pending.map(({ tag }) => tag);
  } finally {
    // Closing the connection ends the lock and the settings with it, whatever happened.
    client.release(true);
  }
}

async function apply(client: PoolClient, migrations: Migrations): Promise<void> {
  try {
    await migrate(drizzle({ client }), { migrationsFolder: migrations.folder });
  } catch (error) {
    // Drizzle's message is the whole statement; what PostgreSQL had against it is the cause.
    const { message, cause } = error as { message: string; cause?: { message: string } };
    throw new MigrationError(`A migration failed, and nothing was changed: ${cause?.message ?? message}`, {
      cause: error,
    });
  }
}

async function requireAllApplied(client: PoolClient, migrations: Migrations): Promise<void> {
  const missing = await findPending(client, migrations);
  if (missing.length > 0) {
    throw new MigrationError(`Migrations were not applied: ${missing.map(({ tag }) => tag).join(', ')}`);
  }
}

async function findPending(client: PoolClient | Pool, migrations: Migrations): Promise<Migration[]> {
  const applied = await readApplied(client);
  const newestAppliedMs = Math.max(...applied.keys());
  const pending: Migration[] = [];
  for (const migration of migrations.list) {
    const appliedHash = applied.get(migration.createdAtMs);
    if (appliedHash === undefined) {
      if (migration.createdAtMs < newestAppliedMs) throw skipped(migration);
      pending.push(migration);
    } else if (appliedHash !== migration.hash) {
      throw changed(migration);
    }
  }
  return pending;
}

function skipped({ tag }: Migration): MigrationError {
  return new MigrationError(
    `Migration ${tag} is older than one that the database has already, so it would never be applied. ` +
      'Generate it again, to give it a later time.',
  );
}

function changed({ tag }: Migration): MigrationError {
  return new MigrationError(
    `Migration ${tag} was changed after it was applied to this database. Restore its file, and make a new migration.`,
  );
}

/** Drizzle's own record: the time of each applied migration, and its hash. */
async function readApplied(client: PoolClient | Pool): Promise<Map<number, string>> {
  try {
    const { rows } = await client.query<{ hash: string; created_at: string }>(
      'SELECT hash, created_at::text FROM drizzle.__drizzle_migrations',
    );
    return new Map(rows.map(({ hash, created_at }) => [Number(created_at), hash]));
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return new Map();
    throw error;
  }
}
