/** The embedded PostgreSQL, with real servers and real processes that really get killed. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import pg from 'pg';

import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded.ts';
import type { EmbeddedPostgresOptions } from '../../src/database/embedded.ts';
import type { DatabaseStartError } from '../../src/database/errors.ts';
import { createTestFolder } from '../support/database.ts';

const CHILD_SCRIPT = fileURLToPath(new URL('../support/embedded-child.ts', import.meta.url));
const log = { info() {}, warn() {}, error() {} };

/** Only this user can enter a test folder, which as root is the hard case. */
let root: string;
/** Shared by the tests that need a database but not a new one; each stops what it starts. */
let dataDir: string;

beforeAll(async () => {
  root = await createTestFolder();
  dataDir = path.join(root, 'shared');
});
afterAll(() => rm(root, { recursive: true }));

/** What a failed test did not stop, so that it does not fail those that follow. */
const running: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log, durable: false, ...options });
  running.push(server);
  return server;
}

async function startError(options: Partial<EmbeddedPostgresOptions>): Promise<DatabaseStartError> {
  const outcome = await start(options).then(
    (server) => server.stop().then(() => undefined),
    (error: unknown) => error as DatabaseStartError,
  );
  if (outcome === undefined) throw new Error('The server started, although it should not have');
  return outcome;
}

async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

function childProcess(...childArguments: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD_SCRIPT, ...childArguments], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

/** What the child prints: it has started, or it could not. */
async function outcomeOf(child: ChildProcess): Promise<{ url: string; pid: number; code: string; message: string }> {
  if (child.stdout === null) throw new Error('The child has no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return JSON.parse(line);
}

/** A process that ended may stay listed until its parent asks for it, so its state counts. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

async function waitForEnd(pid: number): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (isRunning(pid)) {
    if (performance.now() > deadlineMs) throw new Error(`Process ${pid} did not end`);
    await delay(20);
  }
}

describe('a start on an empty folder', () => {
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir, log });
  });
  afterAll(() => server.stop());

  test('makes a database that commits durably and orders text by code point', async () => {
    const rows = await query(
      server.url,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit,
         current_setting('full_page_writes') AS full_page_writes, current_setting('server_encoding') AS encoding,
         'Z' < 'a' AS by_code_point, 'É' ILIKE 'é' AS case_follows_unicode`,
    );
    expect(rows).toEqual([
      {
        fsync: 'on',
        synchronous_commit: 'on',
        full_page_writes: 'on',
        encoding: 'UTF8',
        by_code_point: true,
        case_follows_unicode: true,
      },
    ]);
  });

  test('lets nobody in without the password', async () => {
    const url = new URL(server.url);
    url.password = 'wrong';
    await expect(query(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('keeps everything in the folder, closed to others, and not as root', () => {
    for (const entry of ['postgres', 'postgres/cluster', 'postgres/password', 'postgres/postgres.log']) {
      const status = statSync(path.join(dataDir, entry));
      expect(status.mode & 0o077).toBe(0);
      expect(status.uid).not.toBe(0);
    }
  });
});

describe('a start on a folder with data', () => {
  test('finds the data of the last run', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    await first.stop(); // safe to call twice
    expect(isRunning(first.pid)).toBe(false);
    expect(existsSync(path.join(dataDir, 'server.pid'))).toBe(false);

    const second = await start();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('recovers after kill -9 of PostgreSQL, which is reported', async () => {
    let report: (reason: string) => void = () => {};
    const reported = new Promise<string>((resolve) => (report = resolve));
    const first = await start({ onUnexpectedExit: report });
    await query(first.url, 'CREATE TABLE survives_postmaster AS SELECT 1 AS one');
    process.kill(first.pid, 'SIGKILL');
    expect(await reported).toContain('SIGKILL');
    await first.stop();

    const second = await start();
    expect(await query(second.url, 'SELECT one FROM survives_postmaster')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  test('takes over after kill -9 of the process that started the server', async () => {
    const child = childProcess(dataDir);
    const first = await outcomeOf(child);
    await query(first.url, 'CREATE TABLE survives_owner AS SELECT 1 AS one');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isRunning(first.pid)).toBe(true);

    const second = await start();
    expect(isRunning(first.pid)).toBe(false);
    expect(await query(second.url, 'SELECT one FROM survives_owner')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  test('works after kill -9 of both', async () => {
    const child = childProcess(dataDir);
    const first = await outcomeOf(child);
    await query(first.url, 'CREATE TABLE survives_both AS SELECT 1 AS one');
    process.kill(first.pid, 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const second = await start();
    expect(await query(second.url, 'SELECT one FROM survives_both')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  test('removes a database that was left half made', async () => {
    await mkdir(path.join(dataDir, 'postgres.new-abc', 'cluster'), { recursive: true });
    const server = await start();
    await server.stop();
    expect(await readdir(dataDir)).not.toContain('postgres.new-abc');
  });

  test('is not misled by another process that has the number of the old server', async () => {
    // This very process: it is alive, but it is not PostgreSQL, and it did not hold the lock.
    await writeFile(path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), `${process.pid}\n`);
    const server = await start();
    await server.stop();
  });
});

describe('a process that ends', () => {
  test('takes the server with it, if it did not stop it', async () => {
    const child = childProcess(dataDir, 'exit');
    const { pid } = await outcomeOf(child);
    await waitForEnd(pid);
    expect(existsSync(path.join(dataDir, 'server.pid'))).toBe(false);
  });
});

describe('two servers on one folder', () => {
  test('are refused across processes, with the number of the one that runs', async () => {
    const child = childProcess(dataDir);
    await outcomeOf(child);
    const error = await startError({});
    expect(error).toMatchObject({ name: 'DatabaseStartError', code: 'DATA_FOLDER_IN_USE' });
    expect(error.message).toContain(dataDir);
    expect(error.message).toContain(`process ${child.pid}`);
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  test('are refused within one process', async () => {
    const server = await start();
    expect(await startError({})).toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    await server.stop();
  });

  test('are refused when both start at once over the lock of a dead process', async () => {
    await writeLock(dataDir, { pid: process.pid, startTime: 'long ago' });
    const starting = [childProcess(dataDir), childProcess(dataDir), childProcess(dataDir)];
    const outcomes = await Promise.all(starting.map(outcomeOf));
    expect(outcomes.filter(({ pid }) => pid !== undefined)).toHaveLength(1);
    expect(outcomes.filter(({ code }) => code === 'DATA_FOLDER_IN_USE')).toHaveLength(2);
    const winner = starting.find((_child, index) => outcomes[index]?.pid !== undefined);
    winner?.kill('SIGTERM');
    if (winner !== undefined) await once(winner, 'exit');
  });
});

describe('the lock of a process on another machine', () => {
  test('holds while that process keeps touching it', async () => {
    const file = await writeLock(dataDir, { pid: 1, host: 'elsewhere', machine: 'elsewhere' });
    const heartbeat = setInterval(() => void utimes(file, new Date(), new Date()), 500);
    const error = await startError({});
    clearInterval(heartbeat);
    await rm(file);
    expect(error.code).toBe('DATA_FOLDER_IN_USE');
    expect(error.message).toContain('process 1 on elsewhere');
  });

  test('is taken over when that process has stopped touching it', async () => {
    await writeLock(dataDir, { pid: 1, host: 'elsewhere', machine: 'elsewhere' });
    const server = await start();
    await server.stop();
  });

  test('is taken over when it was cut off', async () => {
    await writeFile(path.join(dataDir, 'server.pid'), '{"pid":');
    const server = await start();
    await server.stop();
  });
});

describe('a start that cannot succeed', () => {
  test('names DATABASE_URL where no PostgreSQL fits the platform', async () => {
    const error = await startError({ platform: 'sunos-sparc' });
    expect(error).toMatchObject({ name: 'DatabaseStartError', code: 'PLATFORM_UNSUPPORTED' });
    expect(error.message).toContain('DATABASE_URL');
  });

  test('refuses a folder that holds something else', async () => {
    const other = path.join(root, 'other');
    await mkdir(path.join(other, 'postgres'), { recursive: true });
    await writeFile(path.join(other, 'postgres', 'letter.txt'), 'Dear all');
    expect(await startError({ dataDir: other })).toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
    expect(await readdir(path.join(other, 'postgres'))).toEqual(['letter.txt']);
    expect(existsSync(path.join(other, 'server.pid'))).toBe(false);
  });

  test('refuses a file in place of the folder', async () => {
    const file = path.join(root, 'file');
    await writeFile(file, '');
    expect(await startError({ dataDir: file })).toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
  });

  test('refuses data of another version, and leaves them alone', async () => {
    const file = path.join(dataDir, 'postgres', 'cluster', 'PG_VERSION');
    const version = readFileSync(file, 'utf8');
    await writeFile(file, '13\n');
    const error = await startError({});
    await writeFile(file, version);
    expect(error.code).toBe('DATA_FOLDER_UNUSABLE');
    expect(error.message).toContain('PostgreSQL 13');
  });

  test('shows what PostgreSQL says, and frees the folder', async () => {
    const file = path.join(dataDir, 'postgres', 'cluster', 'postgresql.conf');
    const configuration = readFileSync(file, 'utf8');
    await writeFile(file, `${configuration}\nno_such_setting = 1\n`);
    const error = await startError({});
    await writeFile(file, configuration);
    expect(error.code).toBe('START_FAILED');
    expect(error.message).toContain('no_such_setting');

    const server = await start();
    await server.stop();
  });
});

/** As a process would leave it behind that is described like this one, except for `owner`. */
async function writeLock(folder: string, owner: object): Promise<string> {
  const file = path.join(folder, 'server.pid');
  const template = await start().then(async (server) => {
    const text = readFileSync(file, 'utf8');
    await server.stop();
    return JSON.parse(text) as object;
  });
  await writeFile(file, JSON.stringify({ ...template, ...owner }));
  return file;
}
