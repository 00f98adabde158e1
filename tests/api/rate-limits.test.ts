import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readEnvironment } from '../../src/env.ts';
import { connectRedis } from '../../src/gateways/redis.ts';
import type { RedisBucketStore } from '../../src/gateways/redis.ts';
import { ApiClient } from '../support/client.ts';
import type { GraphqlAnswer } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer, buildProgram } from '../support/program.ts';
import { HAS_REDIS, startRedis } from '../support/redis.ts';
import type { TestRedis } from '../support/redis.ts';
import { RestClient } from '../support/rest.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer, TestServerOptions } from '../support/server.ts';
import { unchanged } from '../support/unchanged.ts';

/** A workspace has a bucket of 200 points that refills with 20 a second, a key one of 160 that refills with 16. */
const LIMITS = { initial: 20, ceilings: { LIVE: 100, SANDBOX: 40 } };
/** Costs 1. */
const CHEAP = '{ workspace { name } }';
const WHOLE = '{ rateLimit { cost maximumCost limit remaining restoreRate ceiling resetAt apiKey { limit remaining restoreRate ceiling resetAt } } }';

/** Time by which points flow back stands still unless it is moved. */
let atMs = 0;
const running: TestServer[] = [];
beforeEach(() => {
  atMs = 1_000_000;
});
afterEach(async () => {
  for (const server of running.splice(0).reverse()) await server.stop();
});

async function start(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer({ rateLimits: LIMITS, rateLimitClock: () => atMs, ...options });
  running.push(server);
  return server;
}

const codeOf = ({ errors }: GraphqlAnswer) => errors[0]?.extensions.code ?? 'OK';

/** Sends the cheap document that many times at once; gives back how many were answered with which code. */
async function flood(clients: readonly ApiClient[], times: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const answers = await Promise.all(Array.from({ length: times }, (_, index) => clients[index % clients.length]!.send(CHEAP)));
  for (const answer of answers) counts[codeOf(answer)] = (counts[codeOf(answer)] ?? 0) + 1;
  return counts;
}

const remainingOf = ({ headers }: { readonly headers: Headers }) =>
  [...(headers.get('ratelimit') ?? '').matchAll(/"(\w+)";r=(\d+);t=(\d+)/g)].map(([, name, r, t]) => [name, Number(r), Number(t)]);

describe('a request', () => {
  test('pays what it may cost at most and gets back what it has not cost', async () => {
    const shop = await (await start({ rateLimits: { initial: 200, ceilings: { LIVE: 200, SANDBOX: 400 } } })).workspace();
    await buildProgram(shop);
    await buildCustomer(shop, 'ada');
    atMs += 3_600_000;
    const document = '{ rateLimit { remaining apiKey { remaining } } customers(first: 50) { nodes { externalId } } }';
    const { data, extensions } = await shop.send(document);
    // At most 2 and 1 and 50; really 2 and 1 and 1.
    expect(data.rateLimit).toEqual({ remaining: 2_000 - 53, apiKey: { remaining: 1_600 - 53 } });
    expect(extensions['cost']).toEqual({
      requestedCost: 53,
      actualCost: 4,
      maximumCost: 1_600,
      throttle: { limit: 2_000, remaining: 1_996, restoreRate: 200, apiKey: { limit: 1_600, remaining: 1_596, restoreRate: 160 } },
    });
  });

  test('is told by `rateLimit` how the limits stand', async () => {
    const shop = await (await start()).workspace();
    await flood([shop], 28);
    const before = Date.now();
    const { rateLimit } = await shop.run(WHOLE);
    expect(rateLimit).toMatchObject({ cost: 2, maximumCost: 160, limit: 200, remaining: 170, restoreRate: 20, ceiling: 40 });
    expect(rateLimit.apiKey).toMatchObject({ limit: 160, remaining: 130, restoreRate: 16, ceiling: 32 });
    // 30 points flow back in 1.5 and in 1.875 seconds.
    const [workspaceReset, keyReset] = [rateLimit, rateLimit.apiKey].map(({ resetAt }) => Date.parse(resetAt));
    expect(workspaceReset).toBeGreaterThanOrEqual(before + 1_500);
    expect(workspaceReset).toBeLessThan(Date.now() + 1_502);
    expect(keyReset! - workspaceReset!).toBeGreaterThanOrEqual(374);
  });

  test('finds a live workspace with the ceiling of its mode', async () => {
    const shop = await (await start()).workspace({ mode: 'LIVE' });
    expect((await shop.run(WHOLE)).rateLimit).toMatchObject({ restoreRate: 20, ceiling: 100, apiKey: { restoreRate: 16, ceiling: 80 } });
  });

  test('learns from the headers of every answer how the limits stand, on both APIs', async () => {
    const server = await start();
    const shop = await server.workspace();
    const rest = new RestClient(server.url, shop.key);
    const policy = '"workspace";q=200;w=10, "key";q=160;w=10';
    const found = await shop.send(CHEAP);
    const invalid = await shop.send('{ nothing }');
    const unparsable = await shop.send('{');
    const listed = await rest.send('GET', '/v3/customers');
    const missing = await rest.send('GET', '/v3/customers/cust_01h2xcejqtf2nbrexx3vqjhp41');
    const answers = [found, invalid, unparsable, listed, missing];
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 400, 200, 404]);
    expect(answers.map(({ headers }) => headers.get('ratelimit-policy'))).toEqual([policy, policy, policy, policy, policy]);
    // What is not carried out costs nothing; a list is a connection, and what is not found is nothing but an operation.
    expect(answers.map((answer) => remainingOf(answer)[0]!.slice(0, 2))).toEqual([199, 199, 199, 198, 197].map((left) => ['workspace', left]));
    expect(remainingOf(missing)).toEqual([
      ['workspace', 197, 1],
      ['key', 157, 1],
    ]);
    const stranger = await shop.withKey(null).send(CHEAP);
    expect([stranger.status, stranger.headers.has('ratelimit')]).toEqual([401, false]);
  });
});

describe('an empty bucket', () => {
  test('refuses with 429 and Retry-After until enough has flowed back, and nothing changes', async () => {
    const server = await start();
    const shop = await server.workspace();
    expect(await flood([shop], 165)).toEqual({ OK: 160, RATE_LIMITED: 5 });
    const refused = await unchanged(server, () => shop.send('mutation { customerUpsert(input: { externalId: "ada" }) { userErrors { code } } }'));
    expect(refused).toMatchObject({ status: 429, data: null });
    expect(refused.errors.map(({ message }) => message)).toEqual([
      'The API key has used up its limit: the request may cost 10 points, 0 are left, and 16 flow back each second. Try again in 1 second.',
    ]);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.extensions['cost']).toMatchObject({ requestedCost: 10, actualCost: 0 });
    atMs += 1_000;
    expect(await flood([shop], 20)).toEqual({ OK: 16, RATE_LIMITED: 4 });
    // 100 points take seven seconds of 16.
    const dear = await shop.send('{ customers(first: 99) { nodes { externalId } } }');
    expect([dear.status, dear.headers.get('retry-after')]).toEqual([429, '7']);
    atMs += 7_000;
    expect(codeOf(await shop.send('{ customers(first: 99) { nodes { externalId } } }'))).toBe('OK');
  });

  test('is the same for REST', async () => {
    const server = await start();
    const shop = await server.workspace();
    await flood([shop], 160);
    const answer = await new RestClient(server.url, shop.key).send('GET', '/v3/customers');
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('content-type')]).toEqual([
      429,
      expect.stringMatching(/^[1-9]$/),
      expect.stringContaining('application/problem+json'),
    ]);
    expect(answer.body).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
  });

  test('of one key leaves the others a fifth of their workspace’s, and then the workspace’s is empty', async () => {
    const shop = await (await start()).workspace();
    const { secret } = await shop.succeed('apiKeyCreate', { name: 'Second', scope: 'READ' }, 'secret');
    atMs += 61_000;
    const second = shop.withKey(secret);
    expect(await flood([shop], 170)).toEqual({ OK: 160, RATE_LIMITED: 10 });
    expect(await flood([second], 50)).toEqual({ OK: 40, RATE_LIMITED: 10 });
    const [error] = (await second.send('{ customers(first: 25) { nodes { id } } }')).errors;
    // The key has 120 points more than the workspace.
    expect(error?.message).toContain('The workspace has used up its limit');
  });

  test('does not concern other workspaces', async () => {
    const server = await start();
    const [one, other] = [await server.workspace(), await server.workspace()];
    await flood([one], 170);
    expect(await flood([other], 50)).toEqual({ OK: 50 });
  });
});

describe('steady use', () => {
  test('raises the limit by half every five minutes up to the ceiling, and idling lowers it again', async () => {
    const shop = await (await start()).workspace();
    const limits: number[] = [];
    for (let minute = 1; minute <= 20; minute += 1) {
      // A minute's points would not fit into the bucket, so they are spent in parts. 60 % of what a minute brings.
      const { restoreRate } = (await shop.run(WHOLE)).rateLimit.apiKey;
      const parts = minute <= 10 ? 10 : 0;
      for (let part = 0; part < parts; part += 1) {
        const mutations = Math.ceil((restoreRate * 3.6) / 10);
        const { extensions, errors } = await shop.send(`mutation { ${mutationsOf(mutations)} }`);
        expect({ errors, cost: (extensions['cost'] as { actualCost: number }).actualCost }).toEqual({ errors: [], cost: mutations * 10 });
        atMs += 6_000;
      }
      atMs += 60_000 - parts * 6_000;
      if (minute % 5 !== 0) continue;
      // More than this process holds, so that it asks for a lease and learns how the limit was judged.
      await shop.send(`mutation { ${mutationsOf(4)} }`);
      limits.push((await shop.run(WHOLE)).rateLimit.apiKey.restoreRate);
    }
    expect(limits).toEqual([24, 32, 21, 16]);
  }, 60_000);
});

/** So many mutations, each of which costs 10 and is refused. */
function mutationsOf(count: number): string {
  return Array.from({ length: count }, (_, index) => `m${index}: customerUpsert(input: { externalId: "" }) { userErrors { code } }`).join(' ');
}

describe('two processes', () => {
  test('share one bucket through PostgreSQL', async () => {
    const first = await start();
    const second = await start({ beside: first });
    const shop = await first.workspace();
    const beside = new ApiClient(second.graphqlUrl, shop.key);
    const counts = await flood([shop, beside], 300);
    // Each may hold a fraction of a point that is no whole one.
    expect(counts['OK']).toBeLessThanOrEqual(160);
    expect(counts['OK']).toBeGreaterThanOrEqual(157);
    expect((counts['OK'] ?? 0) + (counts['RATE_LIMITED'] ?? 0)).toBe(300);
    const { rows } = await first.database.pool.query('SELECT bucket_id = workspace_id AS of_workspace, version > 1 AS used FROM rate_limit_buckets');
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(expect.arrayContaining([{ of_workspace: true, used: true }, { of_workspace: false, used: true }]));
  });

  test('give back what they hold when they stop', async () => {
    const first = await start();
    const shop = await first.workspace();
    await flood([shop], 10);
    const second = await startTestServer({ rateLimits: LIMITS, rateLimitClock: () => atMs, beside: first });
    await flood([new ApiClient(second.graphqlUrl, shop.key)], 10);
    await second.stop();
    const { rows } = await first.database.pool.query('SELECT state FROM rate_limit_buckets WHERE bucket_id = workspace_id');
    expect(Object.keys(rows[0].state.leases)).toHaveLength(1);
    expect(await flood([shop], 200)).toEqual({ OK: 140, RATE_LIMITED: 60 });
  });
});

describe('when the table of buckets does not answer', () => {
  test('requests go on by a limit of the process’s own, and share again afterwards', async () => {
    const lines: string[] = [];
    const server = await start({ onLog: (line) => lines.push(line) });
    const shop = await server.workspace();
    const other = await server.workspace();
    expect(codeOf(await shop.send(CHEAP))).toBe('OK');
    const blocker = await server.database.pool.connect();
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE rate_limit_buckets IN ACCESS EXCLUSIVE MODE');
      const startedAt = performance.now();
      const counts = await flood([shop], 400);
      const windows = 1 + Math.floor((performance.now() - startedAt) / 10_000);
      // What the key's bucket holds at its initial limit, in every ten seconds, and what was leased before.
      expect(counts['OK']).toBeGreaterThanOrEqual(160);
      expect(counts['OK']).toBeLessThanOrEqual(160 * windows + 4);
      expect(counts['RATE_LIMITED']).toBe(400 - counts['OK']!);
      // Also one who was not there before.
      expect(codeOf(await other.send(CHEAP))).toBe('OK');
      expect(lines.filter((line) => line.includes('Rate limits cannot be shared'))).toHaveLength(1);
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
    }
    const isShared = () => lines.some((line) => line.includes('Rate limits are shared again'));
    await eventually(async () => {
      atMs += 1_000;
      await other.send(CHEAP);
      return isShared();
    }, (shared) => shared);
    atMs += 61_000;
    expect(await flood([other], 170)).toEqual({ OK: 160, RATE_LIMITED: 10 });
  }, 30_000);
});

test('the limits are set by environment', () => {
  const read = (variables: Record<string, string>) => readEnvironment(variables).rateLimits;
  expect(read({})).toEqual({ initial: 200_000, ceilings: { LIVE: 1_000_000, SANDBOX: 400_000 } });
  expect(read({ RATE_LIMIT_INITIAL: '500', RATE_LIMIT_CEILING: '5000', RATE_LIMIT_CEILING_SANDBOX: '600' })).toEqual({
    initial: 500,
    ceilings: { LIVE: 5_000, SANDBOX: 600 },
  });
  expect(read({ RATE_LIMIT_INITIAL: '2000000' })).toEqual({ initial: 2_000_000, ceilings: { LIVE: 2_000_000, SANDBOX: 2_000_000 } });
  for (const value of ['0', '1.5', '-3', 'many', '100000001']) expect(() => read({ RATE_LIMIT_INITIAL: value })).toThrow('RATE_LIMIT_INITIAL');
  expect(() => readEnvironment({ REDIS_URL: 'localhost:6379' })).toThrow('REDIS_URL');
});

const withRedis = HAS_REDIS ? describe : describe.skip;
withRedis(HAS_REDIS ? 'with Redis' : 'with Redis (left out: redis-server is not installed)', () => {
  let redis: TestRedis;
  const stores: RedisBucketStore[] = [];
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    for (const server of running.splice(0).reverse()) await server.stop();
    for (const store of stores.splice(0)) store.close();
    await redis.stop();
  });

  async function startWithRedis(options: TestServerOptions = {}): Promise<TestServer> {
    const store = connectRedis(redis.url, pino({ level: 'silent' }));
    stores.push(store);
    const somebody = { workspaceId: 'nobody', id: 'nobody' };
    await eventually(() => store.find(somebody).then(() => true, () => false), (isConnected) => isConnected);
    return start({ ...options, bucketStore: store });
  }

  test('two processes share one bucket through it, and the table stays empty', async () => {
    const first = await startWithRedis();
    const second = await startWithRedis({ beside: first });
    const shop = await first.workspace();
    const beside = new ApiClient(second.graphqlUrl, shop.key);
    const counts = await flood([shop, beside], 300);
    expect(counts['OK']).toBeLessThanOrEqual(160);
    expect(counts['OK']).toBeGreaterThanOrEqual(157);
    expect((await first.database.pool.query('SELECT 1 FROM rate_limit_buckets')).rows).toEqual([]);
  });

  test('requests go on when it is killed, and share again when it is back', async () => {
    const lines: string[] = [];
    const server = await startWithRedis({ onLog: (line) => lines.push(line) });
    const shop = await server.workspace();
    await flood([shop], 5);
    await redis.stop();
    const counts = await flood([shop], 400);
    expect(counts['OK']).toBeGreaterThanOrEqual(160);
    expect((counts['OK'] ?? 0) + (counts['RATE_LIMITED'] ?? 0)).toBe(400);
    expect(lines.filter((line) => line.includes('Rate limits cannot be shared'))).toHaveLength(1);
    await redis.start();
    await eventually(async () => {
      atMs += 1_000;
      await shop.send(CHEAP);
      return lines.some((line) => line.includes('Rate limits are shared again'));
    }, (shared) => shared);
    // It came back without its data: a full bucket.
    atMs += 61_000;
    expect(await flood([shop], 170)).toEqual({ OK: 160, RATE_LIMITED: 10 });
  }, 30_000);
});
