import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from '../support/client.ts';
import { createTestDatabase, createTestFolder } from '../support/database.ts';
import { buildCustomer, earn, standingOf } from '../support/program.ts';

/** The product as it is started: a process of its own, its embedded database, signals and exit codes. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const KEY = 'operations-test-key-0001';
const START_TIMEOUT_MS = 30_000;

interface Running {
  readonly process: ChildProcess;
  readonly url: string;
  readonly api: ApiClient;
  /** Everything printed so far, on both streams. */
  output(): string;
}

const running = new Set<ChildProcess>();
let folder: string;

beforeAll(async () => {
  folder = await createTestFolder();
});

afterEach(async () => {
  for (const process of running) await stop(process, 'SIGKILL');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function launch(environment: Record<string, string>): { readonly process: ChildProcess; output(): string } {
  let output = '';
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', ...environment },
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  running.add(child);
  return { process: child, output: () => output };
}

/** Starts the server and waits until it says where it is. */
async function start(environment: Record<string, string>): Promise<Running> {
  const launched = launch(environment);
  const url = await new Promise<string>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`Not ready: ${launched.output()}`)), START_TIMEOUT_MS);
    const look = () => {
      const found = /ready at (http:\S+)\/v3\/graphql/.exec(launched.output())?.[1];
      if (found !== undefined) {
        clearTimeout(deadline);
        resolve(found);
      }
    };
    launched.process.stdout?.on('data', look);
    launched.process.once('exit', () => reject(new Error(`Ended: ${launched.output()}`)));
  });
  return { ...launched, url, api: new ApiClient(`${url}/v3/graphql`, KEY) };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  return ((await ended) as [number | null])[0];
}

/** Starts something that must fail, and gives back its exit code and what it said. */
async function fail(environment: Record<string, string>): Promise<{ readonly code: number | null; readonly output: string }> {
  const launched = launch(environment);
  const [code] = (await once(launched.process, 'exit')) as [number | null];
  running.delete(launched.process);
  return { code, output: launched.output() };
}

const logLines = (output: string) =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('npm start', () => {
  test('on an empty folder serves the demo workspace; the data survive SIGTERM and kill -9', async () => {
    const DATA_DIR = path.join(folder, 'survive');
    const first = await start({ DATA_DIR, BOOTSTRAP_API_KEY: KEY });
    await buildCustomer(first.api, 'grace');
    await earn(first.api, 'grace', '100.00', { reference: 'before the stop' });
    expect(await stop(first.process, 'SIGTERM')).toBe(0);

    const second = await start({ DATA_DIR, BOOTSTRAP_API_KEY: KEY });
    expect((await standingOf(second.api, 'grace')).points).toBe(100);
    await earn(second.api, 'grace', '50.00', { reference: 'before the kill' });
    await stop(second.process, 'SIGKILL');

    const third = await start({ DATA_DIR, BOOTSTRAP_API_KEY: KEY });
    const { points, tier } = await standingOf(third.api, 'grace');
    expect({ points, tier: tier.name }).toEqual({ points: 150, tier: 'Silver' });
    expect((await earn(third.api, 'grace', '50.00', { reference: 'before the kill' })).duplicate).toBe(true);
    expect(await stop(third.process, 'SIGTERM')).toBe(0);
  }, 60_000);

  test('prints a key once, which works; pages for people carry another one', async () => {
    const DATA_DIR = path.join(folder, 'keys');
    const first = await start({ DATA_DIR });
    const key = /shown only now: (\S+)/.exec(first.output())?.[1] ?? '';
    const api = first.api.withKey(key);
    expect((await api.run('{ workspace { name mode } }')).workspace).toEqual({ name: 'Demo', mode: 'SANDBOX' });
    const page = await (await fetch(`${first.url}/v3/graphql`, { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('mutation Earn($input: EarnInput!)');
    expect(page).not.toContain(key);
    expect((await fetch(`${first.url}/explorer`)).status).toBe(200);
    await stop(first.process, 'SIGTERM');

    const second = await start({ DATA_DIR });
    expect(second.output()).not.toContain('shown only now');
    expect((await second.api.withKey(key).run('{ workspace { name } }')).workspace.name).toBe('Demo');
    await stop(second.process, 'SIGTERM');
  }, 60_000);

  test('answers what is under way before it stops, and is not ready meanwhile', async () => {
    const server = await start({ DATA_DIR: path.join(folder, 'drain'), BOOTSTRAP_API_KEY: KEY });
    await buildCustomer(server.api, 'grace');
    const answers = Array.from({ length: 20 }, (_, index) => earn(server.api, 'grace', '1.00', { reference: `r${index}` }));
    const all = Promise.allSettled(answers);
    // The first answer shows that others have arrived; then the server is told to stop.
    await Promise.any(answers);
    const exit = stop(server.process, 'SIGTERM');
    const settled = await all;
    expect(await exit).toBe(0);
    const answered = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(answered.every(({ userErrors }) => userErrors.length === 0)).toBe(true);

    const again = await start({ DATA_DIR: path.join(folder, 'drain'), BOOTSTRAP_API_KEY: KEY });
    // Whatever was answered is there; a connection that was cut may or may not have been recorded.
    expect((await standingOf(again.api, 'grace')).points).toBeGreaterThanOrEqual(answered.length);
    await stop(again.process, 'SIGTERM');
  }, 60_000);

  test('is operated by /livez, /readyz, /metrics and JSON logs with the request id of the answer', async () => {
    const server = await start({ DATA_DIR: path.join(folder, 'operate'), BOOTSTRAP_API_KEY: KEY });
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const answer = await server.api.send('{ workspace { name } nothing }');
    const requestId = answer.headers.get('x-request-id');
    expect(answer.errors[0]?.extensions.requestId).toBe(requestId);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/voilatier_http_request_duration_seconds_count\{method="POST",route="\/v3\/graphql",status="400"\} 1\n/);
    await stop(server.process, 'SIGTERM');
    const line = logLines(server.output()).find((each) => each['requestId'] === requestId);
    expect(line).toMatchObject({ method: 'POST', route: '/v3/graphql', status: 400, msg: 'answered' });
  }, 60_000);
});

describe('npm start says clearly', () => {
  test('that the port is taken', async () => {
    const occupant = createServer().listen(0, 'localhost');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const { code, output } = await fail({ DATA_DIR: path.join(folder, 'port'), PORT: String(port) });
    occupant.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is taken by another program.`);
  }, 60_000);

  test('that another server uses the data folder', async () => {
    const DATA_DIR = path.join(folder, 'taken');
    const first = await start({ DATA_DIR });
    const { code, output } = await fail({ DATA_DIR });
    expect(code).toBe(1);
    expect(output).toMatch(/in use/i);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    await stop(first.process, 'SIGTERM');
  }, 60_000);

  test('every setting that makes no sense', async () => {
    const { code, output } = await fail({ PORT: '99999', DATABASE_URL: 'mysql://x', BOOTSTRAP_API_KEY: 'short', LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    for (const name of ['PORT', 'DATABASE_URL', 'BOOTSTRAP_API_KEY', 'LOG_LEVEL']) expect(output).toContain(`  ${name}: `);
  });

  test('that the database cannot be reached', async () => {
    const { code, output } = await fail({ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' });
    expect(code).toBe(1);
    expect(output).toContain('The database at DATABASE_URL cannot be reached.');
    expect(output).not.toContain('secret');
  });
});

test('on a DATABASE_URL it migrates, serves, and is not ready while the database is away', async () => {
  const { url, database, drop } = await createTestDatabase({ empty: true });
  const server = await start({ DATABASE_URL: url, BOOTSTRAP_API_KEY: KEY, LOG_LEVEL: 'silent' });
  expect((await server.api.run('{ workspace { name } }')).workspace.name).toBe('Demo');
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  // A migration that this program has and the database lacks: as if a newer program had been started on it.
  await database.pool.query('DELETE FROM drizzle.__drizzle_migrations');
  const unready = await fetch(`${server.url}/readyz`);
  expect({ status: unready.status, body: await unready.json() }).toEqual({
    status: 503,
    body: { status: 'unavailable', reason: 'migrations are pending' },
  });
  expect(await stop(server.process, 'SIGTERM')).toBe(0);
  await drop();
}, 60_000);
