import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase, createTestFolder } from '../support/database.ts';
import { logLines, start, startInVain, stop, stopAll } from '../support/process.ts';
import { buildCustomer, earn, standingOf } from '../support/program.ts';

/** The product as it is started: a process of its own, its embedded database, signals and exit codes. */

const KEY = 'operations-test-key-0001';
let folder: string;

beforeAll(async () => {
  folder = await createTestFolder();
});
afterEach(stopAll);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the bundled explorer opens with. */
async function exampleOf(url: string): Promise<{ document: string; variables: Record<string, unknown>; headers: { Authorization: string } }> {
  const page = await (await fetch(`${url}/explorer`)).text();
  return JSON.parse(/id="explorer-config">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
}

describe('npm start', () => {
  test('on an empty folder serves the demo workspace; the data survive SIGTERM and kill -9', async () => {
    const DATA_DIR = path.join(folder, 'survive');
    const first = await start({ DATA_DIR, BOOTSTRAP_API_KEY: KEY });
    await buildCustomer(first.api, 'grace');
    await earn(first.api, 'grace', '100.00', { reference: 'before the stop' });
    expect(await stop(first)).toBe(0);

    const second = await start({ DATA_DIR, BOOTSTRAP_API_KEY: KEY });
    expect((await standingOf(second.api, 'grace')).points).toBe(100);
    await earn(second.api, 'grace', '50.00', { reference: 'before the kill' });
    await stop(second, 'SIGKILL');

    const third = await start({ DATA_DIR, BOOTSTRAP_API_KEY: KEY });
    const { points, tier } = await standingOf(third.api, 'grace');
    expect({ points, tier: tier.name }).toEqual({ points: 150, tier: 'Silver' });
    expect((await earn(third.api, 'grace', '50.00', { reference: 'before the kill' })).duplicate).toBe(true);
    expect(await stop(third)).toBe(0);
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
    const { document, variables, headers } = await exampleOf(first.url);
    expect(page).toContain(headers.Authorization);
    const visitor = first.api.withKey(headers.Authorization.replace('Bearer ', ''));
    for (const duplicate of [false, true]) {
      const { earn: earned } = await visitor.run(document, variables);
      expect(earned).toMatchObject({ customer: { points: 52, tier: { name: 'Basic' } }, duplicate, userErrors: [] });
    }
    const overreach = await visitor.send('mutation { workspaceUpdate(input: { name: "Mine" }) { userErrors { code } } }');
    expect(overreach.errors[0]?.extensions.code).toBe('FORBIDDEN');
    await stop(first);

    const second = await start({ DATA_DIR });
    expect(second.output()).not.toContain('shown only now');
    expect((await second.api.withKey(key).run('{ workspace { name } }')).workspace.name).toBe('Demo');
    // The pages' key ended with the process that made it.
    expect((await second.api.withKey(visitor.key).send('{ workspace { name } }')).status).toBe(401);
    await stop(second);
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
    await stop(server);
    const line = logLines(server.output()).find((each) => each['requestId'] === requestId);
    expect(line).toMatchObject({ method: 'POST', route: '/v3/graphql', status: 400, msg: 'answered' });
  }, 60_000);
});

describe('npm start says clearly', () => {
  test('that the port is taken', async () => {
    const occupant = createServer().listen(0, 'localhost');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const { code, output } = await startInVain({ DATA_DIR: path.join(folder, 'port'), PORT: String(port) });
    occupant.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is taken by another program.`);
  }, 60_000);

  test('that another server uses the data folder', async () => {
    const DATA_DIR = path.join(folder, 'taken');
    const first = await start({ DATA_DIR });
    const { code, output } = await startInVain({ DATA_DIR });
    expect(code).toBe(1);
    expect(output).toMatch(/in use/i);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    await stop(first);
  }, 60_000);

  test('that the database cannot be reached', async () => {
    const { code, output } = await startInVain({ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' });
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
  expect(await stop(server)).toBe(0);
  await drop();
}, 60_000);
