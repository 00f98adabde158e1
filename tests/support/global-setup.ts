/**
 * Before all tests: one PostgreSQL for the whole run, and in it one migrated template
 * that each test file clones. The server is an embedded one in a temporary folder, or,
 * with DATABASE_URL, that one; its role must be a superuser, who sees what the application may not.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { constants as osConstants, tmpdir } from 'node:os';
import path from 'node:path';

import { createDatabase } from '../../src/database/client.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded.ts';
import { migrateDatabase } from '../../src/database/migrate.ts';
import { prepareApplicationRole } from '../../src/database/wall.ts';
import { FOLDER_VARIABLE, onServer, SERVER_URL_VARIABLE, TEMPLATE_VARIABLE, urlOf } from './database.ts';

/** What the global teardown, which runs in the same process, has to undo. */
export interface TestRun {
  readonly server: EmbeddedPostgres | undefined;
}

declare global {
  var voilatierTestRun: TestRun | undefined;
}

export default async function globalSetup(): Promise<void> {
  const folder = await createRunFolder();
  const externalUrl = process.env['DATABASE_URL'];
  const server = externalUrl === undefined ? await startServer(folder) : undefined;
  globalThis.voilatierTestRun = { server };

  // Several runs may share a server.
  const run = `${Date.now().toString(36)}${randomBytes(3).toString('hex')}`;
  const template = `voilatier_test_${run}_template`;
  process.env[SERVER_URL_VARIABLE] = server?.url ?? externalUrl;
  process.env[TEMPLATE_VARIABLE] = template;
  process.env[FOLDER_VARIABLE] = folder;

  await onServer((client) => client.query(`CREATE DATABASE ${template}`));
  const database = createDatabase(urlOf(template));
  await migrateDatabase(database);
  await prepareApplicationRole(database);
  await database.close();
  // A database can only be cloned while nobody is connected to it.
  await onServer((client) => client.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`));
}

/** Removed when this process ends; a PostgreSQL that still runs in it then ends by itself. */
async function createRunFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-test-'));
  // Retries, as a server may still be writing.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  // A signal ends a process without its exit listeners, unless it exits by itself.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + osConstants.signals[signal]));
  }
  return folder;
}

async function startServer(folder: string): Promise<EmbeddedPostgres> {
  const log = { info() {}, warn: console.warn, error: console.error };
  return startEmbeddedPostgres({ dataDir: path.join(folder, 'server'), log, durable: false });
}
