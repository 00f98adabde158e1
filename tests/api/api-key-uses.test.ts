import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { USES_KEPT_MS } from '../../src/workers/api-key-uses.ts';
import { EnvironmentError, readEnvironment } from '../../src/env.ts';
import type { GraphqlAnswer } from '../support/client.ts';
import { ApiClient } from '../support/client.ts';
import type { NewKey } from '../support/keys.ts';
import { createKey } from '../support/keys.ts';
import { start, stop, stopAll } from '../support/process.ts';
import { RestClient } from '../support/rest.ts';
import type { TestServer, TestServerOptions } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { countStatements } from '../support/statements.ts';
import { unchanged } from '../support/unchanged.ts';

/** Who used which API key, from where and how often: exact to the request, whoever counts. */

const NOON = '2026-05-17T12:00:00.000Z';
const READ = '{ workspace { name } }';
const TILL = 'till/1.0';
const FIELDS = 'apiKey { name } api ipAddress userAgent hour firstUsedAt lastUsedAt requestCount refusedCount lastRequestId';

let server: TestServer;
let admin: ApiClient;
let key: NewKey;

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  server.setNow(NOON);
  admin = await server.workspace();
  key = await createKey(admin, 'READ', { name: 'Till' });
});
afterEach(stopAll);
afterAll(() => server.stop());

const use = (client: ApiClient, headers: Record<string, string> = {}): Promise<GraphqlAnswer> =>
  client.send(READ, {}, { 'user-agent': TILL, ...headers });
const idOf = ({ headers }: GraphqlAnswer) => headers.get('x-request-id');

/** The uses of the key under test, as they are stored. */
async function usesOf(filter: Record<string, unknown> = {}, client = admin) {
  const { apiKeyUses } = await client.run(`query($filter: ApiKeyUseFilter) { apiKeyUses(filter: $filter, first: 100) { nodes { ${FIELDS} } } }`, {
    filter: { apiKeyId: { is: key.id }, ...filter },
  });
  return apiKeyUses.nodes;
}
const counts = (uses: { requestCount: number; refusedCount: number }[]) => uses.map(({ requestCount, refusedCount }) => [requestCount, refusedCount]);

/** A further server on the database, which is stopped when the work is done. */
async function beside<Result>(options: TestServerOptions, work: (other: TestServer, till: ApiClient) => Promise<Result>): Promise<Result> {
  const other = await startTestServer({ beside: server, ...options });
  try {
    return await work(other, new ApiClient(other.graphqlUrl, key.secret));
  } finally {
    await other.stop();
  }
}

describe('a use', () => {
  test('is counted with key, API, address, user agent, first and last instant, and last request id', async () => {
    expect(idOf(await use(key.client))).not.toBeNull();
    server.setNow('2026-05-17T12:20:00Z');
    const last = await use(key.client);
    await server.keyUses.store();
    expect(await usesOf()).toEqual([
      {
        apiKey: { name: 'Till' },
        api: 'GRAPHQL',
        ipAddress: '127.0.0.1',
        userAgent: TILL,
        hour: NOON,
        firstUsedAt: NOON,
        lastUsedAt: '2026-05-17T12:20:00.000Z',
        requestCount: 2,
        refusedCount: 0,
        lastRequestId: idOf(last),
      },
    ]);
  });

  test('costs the request no statement, and is stored with one for the whole workspace', async () => {
    await server.keyUses.store();
    await use(key.client);
    const { statements } = await countStatements(() => use(key.client));
    expect(statements.filter((statement) => statement.includes('api_key'))).toEqual([]);
    const stored = await countStatements(() => server.keyUses.store());
    expect(stored.statements.filter((statement) => statement.includes('api_key_uses'))).toHaveLength(1);
    expect(counts(await usesOf())).toEqual([[2, 0]]);
  });

  test('adds to what is stored, until the next hour begins', async () => {
    for (const [instant, times] of [['12:00', 2], ['12:59', 3], ['13:00', 4], ['13:30', 1]] as const) {
      server.setNow(`2026-05-17T${instant}:00Z`);
      for (let request = 0; request < times; request += 1) await use(key.client);
      await server.keyUses.store();
      await server.keyUses.store();
    }
    const uses = await usesOf();
    expect(uses.map((each: Record<string, unknown>) => [each['hour'], each['firstUsedAt'], each['lastUsedAt'], each['requestCount']])).toEqual([
      ['2026-05-17T13:00:00.000Z', '2026-05-17T13:00:00.000Z', '2026-05-17T13:30:00.000Z', 5],
      [NOON, NOON, '2026-05-17T12:59:00.000Z', 5],
    ]);
  });

  test('is one also where the request is answered with errors, and whatever it asks for', async () => {
    await key.client.send('{ nothing }', {}, { 'user-agent': TILL });
    await key.client.send('{ apiKeys { nodes { id } } }', {}, { 'user-agent': TILL });
    await key.client.send('{ a: workspace { name } b: workspace { name } }', {}, { 'user-agent': TILL });
    await server.keyUses.store();
    expect(counts(await usesOf())).toEqual([[3, 0]]);
  });

  test('with X-App-Id and X-App-Token is one of the same key', async () => {
    const pair = { 'x-app-id': key.id, 'x-app-token': key.secret };
    expect((await use(admin.withKey(null), pair)).errors).toEqual([]);
    expect((await use(key.client)).errors).toEqual([]);
    await server.keyUses.store();
    expect(counts(await usesOf())).toEqual([[2, 0]]);
  });

  test('through REST is a use apart', async () => {
    const rest = new RestClient(server.url, key.secret);
    expect((await rest.send('GET', '/v3/workspace', undefined, { 'user-agent': TILL })).status).toBe(200);
    expect((await rest.send('GET', '/v2/loyalties/tier-structures', undefined, { 'user-agent': TILL })).status).toBe(200);
    await use(key.client);
    await server.keyUses.store();
    expect(counts(await usesOf({ api: { is: 'REST' } }))).toEqual([[2, 0]]);
    expect(counts(await usesOf({ api: { is: 'GRAPHQL' } }))).toEqual([[1, 0]]);
  });

  test('of a user agent that never ends is told apart by its first 256 characters', async () => {
    await use(key.client, { 'user-agent': `${'a'.repeat(256)}-1` });
    await use(key.client, { 'user-agent': `${'a'.repeat(256)}-2` });
    await server.keyUses.store();
    expect((await usesOf()).map(({ userAgent, requestCount }: Record<string, unknown>) => [userAgent, requestCount])).toEqual([['a'.repeat(256), 2]]);
  });
});

describe('a refused use', () => {
  test('is counted for a key that was revoked, that has expired, or that X-App-Id does not name', async () => {
    const expiring = await createKey(admin, 'READ', { name: 'Expiring', expiresAt: '2026-05-17T12:10:00Z' });
    expect((await use(key.client)).status).toBe(200);
    expect((await use(admin.withKey(null), { 'x-app-id': expiring.id, 'x-app-token': key.secret })).status).toBe(401);
    await admin.succeed('apiKeyRevoke', { id: key.id }, 'apiKey { id }');
    server.setNow('2026-05-17T12:10:00Z');
    const refused = [await use(key.client), await use(key.client), await use(expiring.client)];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401]);
    await server.keyUses.store();
    expect(await usesOf()).toEqual([
      expect.objectContaining({ requestCount: 4, refusedCount: 3, lastUsedAt: '2026-05-17T12:10:00.000Z', lastRequestId: idOf(refused[1]!) }),
    ]);
    expect(counts(await usesOf({ apiKeyId: { is: expiring.id } }))).toEqual([[1, 1]]);
  });

  test('with an unknown key or none is in no account, only in a metric', async () => {
    const metric = async () => Number(/^voilatier_unknown_api_key_requests_total (\d+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1]);
    await server.keyUses.store();
    const before = await metric();
    await unchanged(server, async () => {
      expect((await use(admin.withKey('vt_sandbox_nobody-has-this-key'))).status).toBe(401);
      expect((await use(admin.withKey(null))).status).toBe(401);
      await server.keyUses.store();
    });
    expect(await metric()).toBe(before + 2);
  });
});

describe('counts stay exact', () => {
  test('when several processes count and store at the same time', async () => {
    await beside({}, (second, tillOfSecond) =>
      beside({}, async (third, tillOfThird) => {
        const clients = [key.client, tillOfSecond, tillOfThird];
        const rounds = Array.from({ length: 40 }, async (_, round) => {
          await Promise.all(clients.map((client) => use(client, { 'user-agent': `till/${round % 4}` })));
          if (round % 8 === 0) await Promise.all([server, second, third].map(({ keyUses }) => keyUses.store()));
        });
        await Promise.all(rounds);
        await Promise.all([server, second, third].map(({ keyUses }) => keyUses.store()));
      }),
    );
    const uses = await usesOf();
    expect(uses.map(({ userAgent, requestCount }: Record<string, unknown>) => [userAgent, requestCount]).sort()).toEqual([
      ['till/0', 30],
      ['till/1', 30],
      ['till/2', 30],
      ['till/3', 30],
    ]);
  });

  test('when the database cannot take them for a while', async () => {
    await use(key.client);
    await server.database.pool.query('ALTER TABLE api_key_uses RENAME TO api_key_uses_away');
    try {
      await server.keyUses.store();
      await use(key.client);
      await server.keyUses.store();
    } finally {
      await server.database.pool.query('ALTER TABLE api_key_uses_away RENAME TO api_key_uses');
    }
    expect(await usesOf()).toEqual([]);
    await use(key.client);
    await server.keyUses.store();
    expect(counts(await usesOf())).toEqual([[3, 0]]);
  });

  test('when a client invents a user agent for each request: 100 are told apart, the rest is counted together', async () => {
    const agents = Array.from({ length: 130 }, (_, number) => `bot/${number}`);
    for (const agent of agents) await use(key.client, { 'user-agent': agent });
    await server.keyUses.store();
    const { rows } = await server.database.pool.query(
      'SELECT user_agent IS NULL AS together, ip_address, count(*)::int AS uses, sum(request_count)::int AS requests FROM api_key_uses WHERE user_agent LIKE $1 OR user_agent IS NULL GROUP BY 1, 2 ORDER BY 1',
      ['bot/%'],
    );
    expect(rows).toEqual([
      { together: false, ip_address: '127.0.0.1', uses: 100, requests: 100 },
      { together: true, ip_address: null, uses: 1, requests: 30 },
    ]);
  });

  test('when processes are told to stop', async () => {
    const environment = { DATABASE_URL: server.databaseUrl, LOG_LEVEL: 'warn' };
    const [first, second] = await Promise.all([start(environment), start({ ...environment, TRUSTED_PROXIES: 'loopback' })]);
    const forwarded = { 'x-forwarded-for': '203.0.113.7' };
    // Real time there, so both may see an hour end: sums are the same all the same.
    for (const { api } of [first, second]) for (let request = 0; request < 5; request += 1) await use(api.withKey(key.secret), forwarded);
    expect(await Promise.all([stop(first), stop(second)])).toEqual([0, 0]);
    const sums = new Map<string, number>();
    for (const { ipAddress, requestCount } of await usesOf()) sums.set(ipAddress, (sums.get(ipAddress) ?? 0) + requestCount);
    expect(Object.fromEntries(sums)).toEqual({ '127.0.0.1': 5, '203.0.113.7': 5 });
  }, 60_000);
});

describe('behind proxies', () => {
  const addressOf = async ({ keyUses }: TestServer, till: ApiClient, forwarded: string) => {
    await use(till, { 'x-forwarded-for': forwarded, 'x-real-ip': '203.0.113.9', forwarded: 'for=203.0.113.9', 'user-agent': forwarded });
    await keyUses.store();
    return (await usesOf()).find(({ userAgent }: { userAgent: string }) => userAgent === forwarded).ipAddress as string;
  };

  test('nobody is trusted by default', async () => {
    expect(await addressOf(server, key.client, '203.0.113.7')).toBe('127.0.0.1');
  });

  test.each<[string, string[], Record<string, string>]>([
    [
      'one that is trusted says who asked: what its client put before that is not believed, nor what is no address',
      ['127.0.0.0/8'],
      {
        '203.0.113.7': '203.0.113.7',
        '2001:DB8::7': '2001:db8::7',
        '198.51.100.1, 203.0.113.7': '203.0.113.7',
        '<script>': '127.0.0.1',
        '203.0.113.7:4711': '127.0.0.1',
      },
    ],
    ['the one before it is believed if it is trusted too', ['loopback', '203.0.113.0/24'], { '192.0.2.1, 198.51.100.1, 203.0.113.7': '198.51.100.1' }],
    ['others are not', ['10.0.0.0/8'], { '203.0.113.7': '127.0.0.1' }],
  ])('%s', (_, trustedProxies, addresses) =>
    beside({ trustedProxies }, async (other, till) => {
      for (const [forwarded, expected] of Object.entries(addresses)) expect(await addressOf(other, till, forwarded)).toBe(expected);
    }),
  );

  test('TRUSTED_PROXIES names addresses, ranges and the named ranges; never everybody', () => {
    const read = (value: string) => readEnvironment({ TRUSTED_PROXIES: value }).trustedProxies;
    expect(readEnvironment({}).trustedProxies).toEqual([]);
    expect(read('')).toEqual([]);
    expect(read('loopback, 10.0.0.0/8,2001:db8::/32 , 192.0.2.1')).toEqual(['loopback', '10.0.0.0/8', '2001:db8::/32', '192.0.2.1']);
    for (const wrong of ['true', '*', '1', '0.0.0.0/0', '::/0', '10.0.0.0/33', 'proxy.example', 'loopback,,', Array(101).fill('::1').join(',')]) {
      expect(() => read(wrong)).toThrow(EnvironmentError);
      expect(() => read(wrong)).toThrow(/TRUSTED_PROXIES: must be at most 100 IP addresses/);
    }
  });
});

describe('asking for uses', () => {
  const namesOf = (uses: { apiKey: { name: string }; userAgent: string; hour: string }[]) =>
    uses.map(({ apiKey, userAgent, hour }) => `${apiKey.name} ${userAgent} ${hour.slice(11, 16)}`);
  const everybody = { apiKeyId: null };
  let office: NewKey;

  /** 12:00 Till; 13:00 Till and Office; 14:00 Office, refused. */
  beforeEach(async () => {
    office = await createKey(admin, 'ADMIN', { name: 'Office' });
    await use(key.client, { 'user-agent': 'a' });
    server.setNow('2026-05-17T13:15:00Z');
    await use(key.client, { 'user-agent': 'b' });
    await use(office.client, { 'user-agent': 'c' });
    await admin.succeed('apiKeyRevoke', { id: office.id }, 'apiKey { id }');
    server.setNow('2026-05-17T14:30:00Z');
    await use(office.client, { 'user-agent': 'd' });
    await server.keyUses.store();
    // Those of the test's own requests are not what is asked for.
    await server.database.pool.query("DELETE FROM api_key_uses WHERE user_agent = 'node'");
  });

  test.each<[string, (keys: { till: string; office: string }) => Record<string, unknown>, string[]]>([
    ['by key', ({ till }) => ({ apiKeyId: { is: till } }), ['b 13', 'a 12']],
    ['by several keys', ({ till, office: other }) => ({ apiKeyId: { in: [till, other] } }), ['d 14', 'b 13', 'c 13', 'a 12']],
    ['by all keys but one', ({ till }) => ({ apiKeyId: { isNot: till } }), ['d 14', 'c 13']],
    ['by a key that does not exist', () => ({ apiKeyId: { is: 'key_01h2xcejqtf2nbrexx3vqjhp41' } }), []],
    ['by what is no id', () => ({ apiKeyId: { in: ['nonsense', '\u0000'] } }), []],
    ['by API', () => ({ api: { is: 'GRAPHQL' } }), ['d 14', 'b 13', 'c 13', 'a 12']],
    ['by another API', () => ({ api: { in: ['REST'] } }), []],
    ['by address, however it is spelled', () => ({ ipAddress: { is: '::ffff:127.0.0.1' } }), ['d 14', 'b 13', 'c 13', 'a 12']],
    ['by another address', () => ({ ipAddress: { is: '203.0.113.7' } }), []],
    ['by all addresses but one', () => ({ ipAddress: { notIn: ['127.0.0.1'] } }), []],
    ['by what is no address', () => ({ ipAddress: { is: 'here' } }), []],
    ['after an instant', () => ({ usedAt: { after: '2026-05-17T13:14:59.999Z' } }), ['d 14', 'b 13', 'c 13']],
    ['after the last instant of a use', () => ({ usedAt: { after: '2026-05-17T13:15:00.000Z' } }), ['d 14']],
    ['before an instant', () => ({ usedAt: { before: '2026-05-17T13:15:00.001Z' } }), ['b 13', 'c 13', 'a 12']],
    ['before the first instant of a use', () => ({ usedAt: { before: '2026-05-17T13:15:00.000Z' } }), ['a 12']],
    ['between instants', () => ({ usedAt: { after: '2026-05-17T12:30:00Z', before: '2026-05-17T14:00:00Z' } }), ['b 13', 'c 13']],
    ['at the ends of time', () => ({ usedAt: { after: '0001-01-01T00:00:00Z', before: '9999-12-31T23:59:59Z' } }), ['d 14', 'b 13', 'c 13', 'a 12']],
    ['refused', () => ({ refused: true }), ['d 14']],
    ['not refused', () => ({ refused: false }), ['b 13', 'c 13', 'a 12']],
    ['by several conditions', ({ office: other }) => ({ apiKeyId: { is: other }, refused: false }), ['c 13']],
  ])('%s', async (_, filterOf, expected) => {
    const uses = await usesOf({ ...everybody, ...filterOf({ till: key.id, office: office.id }) });
    const seen = uses.map(({ userAgent, hour }: { userAgent: string; hour: string }) => `${userAgent} ${hour.slice(11, 13)}`);
    // Within an hour the order says nothing.
    expect([...seen].sort()).toEqual([...expected].sort());
    expect(seen.map((use: string) => use.slice(-2))).toEqual(expected.map((use) => use.slice(-2)));
  });

  test('in pages, forward and backward, each use once', async () => {
    const page = async (args: string) => {
      const document = `{ apiKeyUses(${args}) { nodes { ${FIELDS} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
      return (await admin.run(document)).apiKeyUses;
    };
    const all = await usesOf(everybody);
    const first = await page('first: 3');
    const rest = await page(`first: 3, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...rest.nodes]).toEqual(all);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
    const back = await page(`last: 3, before: "${rest.pageInfo.startCursor}"`);
    expect(back.nodes).toEqual(first.nodes);
    expect(namesOf(back.nodes)).toHaveLength(3);
  });

  test('is for administrators of the workspace alone', async () => {
    const stranger = await server.workspace();
    expect(await usesOf(everybody, stranger)).toEqual([]);
    expect(await usesOf({}, stranger)).toEqual([]);
    const writer = await createKey(admin, 'WRITE');
    for (const { client } of [key, writer]) {
      const { errors, data } = await client.send('{ apiKeyUses { nodes { requestCount } } }');
      expect([errors.map(({ extensions }) => extensions.code), data]).toEqual([['FORBIDDEN'], null]);
    }
  });

  test.each([
    ['too many ids', { apiKeyId: { in: Array(101).fill('key_01h2xcejqtf2nbrexx3vqjhp41') } }, ['filter', 'apiKeyId', 'in']],
    ['an empty list', { api: { in: [] } }, ['filter', 'api', 'in']],
    ['a text that is too long', { ipAddress: { is: '1'.repeat(201) } }, ['filter', 'ipAddress', 'is']],
  ])('with %s is refused', async (_, filter, field) => {
    const { errors } = await admin.send('query($filter: ApiKeyUseFilter) { apiKeyUses(filter: $filter) { nodes { requestCount } } }', { filter });
    expect(errors.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([['INVALID_FILTER', field]]);
  });
});

describe('when a key was last used', () => {
  const lastUsedOf = async () => {
    const { apiKeys } = await admin.run('{ apiKeys { nodes { name lastUsedAt } } }');
    return Object.fromEntries(apiKeys.nodes.map(({ name, lastUsedAt }: Record<string, string>) => [name, lastUsedAt])) as Record<string, string | null>;
  };

  test('is null at first, then the last time that it was accepted', async () => {
    await server.keyUses.store();
    expect((await lastUsedOf())['Till']).toBeNull();
    await use(key.client);
    server.setNow('2026-05-17T12:40:00Z');
    await use(key.client, { 'user-agent': 'another' });
    server.setNow('2026-05-17T12:20:00Z'); // a server whose clock is behind
    await use(key.client, { 'user-agent': 'a third' });
    await server.keyUses.store();
    expect((await lastUsedOf())['Till']).toBe('2026-05-17T12:40:00.000Z');
    server.setNow('2026-05-18T09:00:00Z');
    await use(key.client);
    await server.keyUses.store();
    expect((await lastUsedOf())['Till']).toBe('2026-05-18T09:00:00.000Z');
    await admin.succeed('apiKeyRevoke', { id: key.id }, 'apiKey { id }');
    server.setNow('2026-05-18T10:00:00Z');
    expect((await use(key.client)).status).toBe(401);
    await server.keyUses.store();
    expect((await lastUsedOf())['Till']).toBe('2026-05-18T09:00:00.000Z');
    expect(counts(await usesOf({ refused: true }))).toEqual([[1, 1]]);
  });

  test('costs one statement however many keys are shown', async () => {
    for (let number = 0; number < 10; number += 1) await use((await createKey(admin, 'READ', { name: `Key ${number}` })).client);
    await server.keyUses.store();
    await lastUsedOf();
    const { result, statements } = await countStatements(lastUsedOf);
    expect(Object.values(result).filter((at) => at === NOON)).toHaveLength(11); // the administrator's among them
    expect(statements.filter((statement) => statement.includes('api_key_uses'))).toHaveLength(1);
  });
});

test('uses are kept for 400 days', async () => {
  const day = 24 * 3_600_000;
  expect(USES_KEPT_MS).toBe(400 * day);
  await use(key.client);
  server.setNow(Date.parse(NOON) + 3_600_000);
  await use(key.client);
  await server.keyUses.store();
  server.setNow(Date.parse(NOON) + USES_KEPT_MS);
  expect(await server.keyUses.removeOld()).toBeGreaterThanOrEqual(0);
  expect(counts(await usesOf())).toEqual([[1, 0], [1, 0]]);
  server.setNow(Date.parse(NOON) + USES_KEPT_MS + 1);
  expect(await server.keyUses.removeOld()).toBeGreaterThanOrEqual(1);
  expect((await usesOf()).map(({ hour }: { hour: string }) => hour)).toEqual(['2026-05-17T13:00:00.000Z']);
});
