/** The process on a PostgreSQL that is not its own: what happens when either of them goes away. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, onServer, urlOf, type TestDatabase } from '../support/database.ts';
import { eventually, launch, logLines, start, startInVain, stop, stopAll } from '../support/process.ts';
import { buildCustomer, earn, standingOf } from '../support/program.ts';

const KEY = 'resilience-test-key-0001';
const TIMEOUT_MS = 60_000;

let home: TestDatabase;
beforeEach(async () => {
  home = await createTestDatabase();
});
afterEach(async () => {
  await stopAll();
  await home.drop();
});

const started = (more: Record<string, string> = {}) => start({ DATABASE_URL: home.url, BOOTSTRAP_API_KEY: KEY, ...more });

/** Status and reason of readiness; null if nobody answers any more. */
async function readiness(url: string): Promise<{ status: number; body: unknown } | null> {
  const response = await fetch(`${url}/readyz`, { headers: { connection: 'close' } }).catch(() => null);
  return response === null ? null : { status: response.status, body: await response.json() };
}

const isWaitingForLock = async () => {
  const { rows } = await home.database.pool.query(
    "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return (rows[0] as { waiting: number }).waiting;
};

describe('SIGTERM', () => {
  test('an earn that is under way is answered and recorded; new requests are not taken', async () => {
    const server = await started();
    await buildCustomer(server.api, 'grace');
    // Holds the earn at its first statement, so that it is certainly under way when the signal comes.
    const holder = await home.database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM workspaces FOR UPDATE');
    const purchase = earn(server.api, 'grace', '120.00', { reference: 'last-minute' });
    await eventually(isWaitingForLock, (waiting) => waiting === 1);

    const exit = stop(server);
    await eventually(() => readiness(server.url), (ready) => ready === null || ready.status === 503);
    expect(server.child.exitCode).toBeNull();
    await holder.query('COMMIT');
    holder.release();

    expect(await purchase).toMatchObject({ userErrors: [], duplicate: false, customer: { points: 120, tier: { name: 'Silver' } } });
    expect(await exit).toBe(0);
    expect(await readiness(server.url)).toBeNull();
    const { rows } = await home.database.pool.query('SELECT reference FROM transactions');
    expect(rows).toEqual([{ reference: 'last-minute' }]);
    // Nobody but this test stays connected; a connection that was closed is listed a little longer.
    const connections = async () => {
      const { rows: [row] } = await home.database.pool.query(
        "SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'",
      );
      return row.open as number;
    };
    await eventually(connections, (open) => open === home.database.pool.totalCount);
    expect(logLines(server.output())).toContainEqual(expect.objectContaining({ msg: 'Stopping.', signal: 'SIGTERM' }));
  }, TIMEOUT_MS);
});

describe('kill -9', () => {
  test('leaves nothing half done: what was answered is there, once', async () => {
    const first = await started();
    await buildCustomer(first.api, 'grace');
    const buy = (index: number) => earn(first.api, 'grace', '1.00', { reference: `order-${index}` });
    const answered: number[] = [];
    const purchases = Array.from({ length: 200 }, (_, index) => buy(index).then(() => answered.push(index), () => undefined));
    await eventually(() => answered.length, (count) => count > 0);
    await stop(first, 'SIGKILL');
    await Promise.all(purchases);

    const second = await started();
    const { points, ledgerEntries } = await standingOf(second.api, 'grace');
    const recorded = await home.database.pool.query<{ reference: string }>('SELECT reference FROM transactions');
    const references = recorded.rows.map(({ reference }) => reference);
    expect(references).toEqual(expect.arrayContaining(answered.map((index) => `order-${index}`)));
    expect(points).toBe(references.length);
    expect(ledgerEntries.nodes[0]).toMatchObject({ sequence: references.length, balanceAfter: references.length });
    // Sent once more, each purchase counts once.
    for (let index = 0; index < 200; index += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, offset) => earn(second.api, 'grace', '1.00', { reference: `order-${index + offset}` })));
    }
    expect((await standingOf(second.api, 'grace')).points).toBe(200);
    expect(await stop(second)).toBe(0);
  }, TIMEOUT_MS);
});

test('while the database is away it lives but is not ready, and recovers by itself', async () => {
  const server = await started();
  expect(await readiness(server.url)).toEqual({ status: 200, body: { status: 'ok' } });
  await onServer(async (client) => {
    await client.query(`ALTER DATABASE ${home.name} ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [home.name]);
  });

  expect(await eventually(() => readiness(server.url), (ready) => ready?.status === 503)).toEqual({
    status: 503,
    body: { status: 'unavailable', reason: 'the database cannot be reached' },
  });
  expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  const refused = await server.api.withKey(`${KEY}-unknown`).send('{ workspace { name } }');
  expect([refused.status, refused.errors]).toEqual([
    503,
    [
      {
        message: 'The database cannot be reached. Try again later.',
        extensions: { code: 'UNAVAILABLE', documentation: '/docs/errors/UNAVAILABLE', requestId: refused.headers.get('x-request-id') },
      },
    ],
  ]);

  await onServer((client) => client.query(`ALTER DATABASE ${home.name} ALLOW_CONNECTIONS true`));
  expect(await eventually(() => readiness(server.url), (ready) => ready?.status === 200)).toMatchObject({ status: 200 });
  expect((await server.api.run('{ workspace { name } }')).workspace.name).toBe('Demo');
  expect(await stop(server)).toBe(0);
  // Logged by id, not by what was asked.
  const logged = logLines(server.output()).filter(({ level }) => level === 50);
  expect(logged.map(({ requestId }) => requestId)).toEqual([refused.headers.get('x-request-id')]);
}, TIMEOUT_MS);

describe('the first start', () => {
  /** How many there are of what the demo workspace starts with. */
  const made = async () => {
    const { rows } = await home.database.pool.query(`SELECT
      (SELECT count(*)::int FROM workspaces) AS workspaces, (SELECT count(*)::int FROM card_definitions) AS cards,
      (SELECT count(*)::int FROM tier_structures) AS structures, (SELECT count(*)::int FROM earn_rules) AS rules,
      (SELECT count(*)::int FROM customers) AS customers`);
    return rows[0] as Record<string, number>;
  };
  const DEMO = { workspaces: 1, cards: 1, structures: 1, rules: 1, customers: 1 };
  const keyIn = (output: string) => /shown only now: (\S+)/.exec(output)?.[1] ?? null;

  test('of three servers at once makes one demo workspace, and every one knows the keys of all', async () => {
    const keys = [1, 2, 3].map((number) => `${KEY}-${number}`);
    const servers = await Promise.all(keys.map((key) => started({ BOOTSTRAP_API_KEY: key })));
    for (const { api } of servers) {
      for (const key of keys) expect((await api.withKey(key).run('{ workspace { name } }')).workspace.name).toBe('Demo');
    }
    expect(await made()).toEqual(DEMO);
    expect(await Promise.all(servers.map((server) => stop(server)))).toEqual([0, 0, 0]);
    for (const { output } of servers) expect(output()).not.toContain(KEY);
  }, TIMEOUT_MS);

  test('that is killed half way is completed by the next one, which shows a key', async () => {
    // Lets the start come as far as the tier structure, and no further.
    const holder = await home.database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE tier_structures IN ACCESS EXCLUSIVE MODE');
    const first = launch({ DATABASE_URL: home.url });
    await eventually(isWaitingForLock, (waiting) => waiting === 1);
    await stop(first, 'SIGKILL');
    await holder.query('ROLLBACK');
    holder.release();
    expect([keyIn(first.output()), (await made())['cards']]).toEqual([null, 1]);

    const second = await start({ DATABASE_URL: home.url });
    const key = keyIn(second.output());
    expect(await earn(second.api.withKey(key), 'ada', '100.00')).toMatchObject({ customer: { tier: { name: 'Silver' } }, userErrors: [] });
    expect(await made()).toEqual(DEMO);
    await stop(second);

    const third = await start({ DATABASE_URL: home.url });
    expect(keyIn(third.output())).toBeNull();
    expect((await third.api.withKey(key).run('{ apiKeys { nodes { scope } } }')).apiKeys.nodes).toEqual([{ scope: 'ADMIN' }, { scope: 'ADMIN' }]);
    await stop(third);
  }, TIMEOUT_MS);

  test('that finds its port taken has shown the key all the same', async () => {
    const occupant = createServer().listen(0, 'localhost');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const { code, output } = await startInVain({ DATABASE_URL: home.url, PORT: String(port) });
    occupant.close();
    expect([code, output]).toEqual([1, expect.stringContaining(`Port ${port} is taken`)]);

    const server = await start({ DATABASE_URL: home.url });
    expect(keyIn(server.output())).toBeNull();
    expect((await server.api.withKey(keyIn(output)).run('{ workspace { name } }')).workspace.name).toBe('Demo');
    await stop(server);
  }, TIMEOUT_MS);
});

describe('a start that cannot succeed says why in a sentence', () => {
  test('a database that does not exist, and a user who does not', async () => {
    expect(await startInVain({ DATABASE_URL: urlOf(`${home.name}_none`) })).toEqual({
      code: 1,
      output: 'The database at DATABASE_URL does not exist on its server. Create it first.\n',
    });
    const stranger = new URL(home.url);
    stranger.username = 'stranger';
    stranger.password = 'secret';
    expect(await startInVain({ DATABASE_URL: stranger.href })).toEqual({
      code: 1,
      output: 'The database at DATABASE_URL refuses this user or password.\n',
    });
  }, TIMEOUT_MS);

  test('settings: each wrong one is named', async () => {
    const wrong = { PORT: '65536', HOST: ' ', DATABASE_URL: 'mysql://x', BOOTSTRAP_API_KEY: 'with a space in it', ENCRYPTION_KEY: 'too short', LOG_LEVEL: 'loud', API_EXPLORER: 'maybe', PUBLIC_URL: 'ftp://x', GRAPHQL_EXECUTOR: 'fast' };
    const { code, output } = await startInVain(wrong);
    expect(code).toBe(1);
    const named = output.split('\n').flatMap((line) => /^ {2}(\w+): .+/.exec(line)?.[1] ?? []);
    expect(named).toEqual(['PORT', 'DATABASE_URL', 'BOOTSTRAP_API_KEY', 'ENCRYPTION_KEY', 'LOG_LEVEL', 'API_EXPLORER', 'PUBLIC_URL', 'GRAPHQL_EXECUTOR']);
    expect(output).not.toMatch(/with a space in it|too short/);
  }, TIMEOUT_MS);
});
