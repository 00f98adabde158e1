/** API keys: how they are presented, what each scope may do, and how they come, change and go. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import type { NewKey } from '../support/keys.ts';
import { createKey } from '../support/keys.ts';
import { countRows } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { countStatements } from '../support/statements.ts';

let server: TestServer;
/** A coffee house in Warsaw and a bookshop in Auckland, who know nothing of each other. */
let cafe: ApiClient;
let bookshop: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  cafe = await server.workspace({ name: 'Café Aurora', timeZone: 'Europe/Warsaw' });
  bookshop = await server.workspace({ name: 'Kiwi Books', timeZone: 'Pacific/Auckland', mode: 'LIVE' });
});
afterEach(() => server.setNow(null));

const WHOSE = '{ workspace { name } }';
const KEY = 'id name lastFour scope createdAt expiresAt revokedAt';
const UNKNOWN_KEY_ID = 'key_01h2xcejqtf2nbrexx3vqjhp41';

/** The name of the workspace that a request with the headers acts in, or the code of its refusal. */
async function whose(headers: Record<string, string>): Promise<string> {
  const { data, errors } = await cafe.withKey(null).send(WHOSE, {}, headers);
  return data?.workspace?.name ?? errors[0]?.extensions.code;
}

const works = async ({ client }: Pick<NewKey, 'client'>): Promise<boolean> => (await client.send(WHOSE)).status === 200;

/** The first key of the client's workspace. */
async function firstKey(admin: ApiClient) {
  return (await admin.run(`{ apiKeys(last: 1) { nodes { ${KEY} } } }`)).apiKeys.nodes[0];
}

describe('presenting a key', () => {
  test('as a bearer token', async () => {
    expect(await whose({ authorization: `Bearer ${cafe.key}` })).toBe('Café Aurora');
    expect(await whose({ authorization: `bearer  ${bookshop.key}` })).toBe('Kiwi Books');
  });

  test('as a pair of key id and secret', async () => {
    const { id } = await firstKey(cafe);
    expect(await whose({ 'x-app-id': id, 'x-app-token': cafe.key! })).toBe('Café Aurora');
  });

  test('a pair that does not belong together is refused, whoever its halves belong to', async () => {
    const own = await firstKey(cafe);
    const foreign = await firstKey(bookshop);
    const other = await createKey(cafe, 'ADMIN');
    const token = cafe.key!;
    // Both halves are known to be good before, so that nothing but their mismatch can be the reason.
    expect(await whose({ 'x-app-id': own.id, 'x-app-token': token })).toBe('Café Aurora');
    expect(await whose({ 'x-app-id': other.id, 'x-app-token': other.secret })).toBe('Café Aurora');
    for (const id of [foreign.id, other.id, UNKNOWN_KEY_ID, 'key_x', '', own.id.replace('key_', 'cust_')]) {
      expect(await whose({ 'x-app-id': id, 'x-app-token': token })).toBe('UNAUTHENTICATED');
    }
    expect(await whose({ 'x-app-id': own.id, 'x-app-token': bookshop.key! })).toBe('UNAUTHENTICATED');
  });

  test('half a pair, another scheme or a longer text is no key', async () => {
    const { id } = await firstKey(cafe);
    const key = cafe.key!;
    const noKeys: Record<string, string>[] = [
      {},
      { 'x-app-id': id },
      { 'x-app-token': key },
      { authorization: key },
      { authorization: `Basic ${key}` },
      { authorization: 'Bearer' },
      { authorization: `Bearer ${key} ${key}` },
      { authorization: `Bearer ${key}x` },
      { authorization: `Bearer ${key.slice(0, -1)}` },
      { authorization: `Bearer ${'x'.repeat(4_000)}` },
    ];
    for (const headers of noKeys) expect(await whose(headers)).toBe('UNAUTHENTICATED');
  });
});

describe('what a refused key learns', () => {
  test('a missing, a wrong, a revoked and an expired key get byte for byte the same answer, for the same work', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const revoked = await createKey(cafe, 'ADMIN');
    await cafe.succeed('apiKeyRevoke', { id: revoked.id }, 'apiKey { id }');
    const expired = await createKey(cafe, 'ADMIN', { expiresAt: '2026-05-17T13:00:00Z' });
    server.setNow('2026-05-17T13:00:00Z');

    const presented: Record<string, Record<string, string>> = {
      missing: {},
      wrong: { authorization: `Bearer vt_sandbox_${'A'.repeat(43)}` },
      revoked: { authorization: `Bearer ${revoked.secret}` },
      expired: { authorization: `Bearer ${expired.secret}` },
      'wrong pair': { 'x-app-id': UNKNOWN_KEY_ID, 'x-app-token': `vt_sandbox_${'A'.repeat(43)}` },
      'revoked pair': { 'x-app-id': revoked.id, 'x-app-token': revoked.secret },
    };
    const answers: Record<string, unknown> = {};
    for (const [name, headers] of Object.entries(presented)) {
      const { result, statements } = await countStatements(async () => {
        const response = await fetch(server.graphqlUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query: WHOSE }),
        });
        const requestId = response.headers.get('x-request-id')!;
        const rest = Object.fromEntries([...response.headers].filter(([key]) => key !== 'x-request-id' && key !== 'date'));
        return { status: response.status, rest, body: (await response.text()).replace(requestId, '<request id>') };
      });
      answers[name] = { ...result, statements };
    }

    expect(answers['missing']).toMatchObject({ status: 401, statements: [expect.stringContaining('"api_keys"')] });
    expect(JSON.parse((answers['missing'] as { body: string }).body)).toEqual({
      errors: [
        {
          message: 'Send a valid API key, as `Authorization: Bearer <key>`.',
          extensions: { code: 'UNAUTHENTICATED', documentation: '/docs/errors/UNAUTHENTICATED', requestId: '<request id>' },
        },
      ],
    });
    for (const name of Object.keys(presented)) expect({ [name]: answers[name] }).toEqual({ [name]: answers['missing'] });
  });

  test('a valid key is looked up once, and then remembered for a while', async () => {
    const { client } = await createKey(cafe, 'READ');
    const first = await countStatements(() => client.run(WHOSE));
    const second = await countStatements(() => client.run(WHOSE));
    expect(first.statements).toHaveLength(2);
    expect(second.statements).toEqual([first.statements[1]]);
  });
});

describe('scopes', () => {
  const ATTEMPTS: readonly [needed: 'READ' | 'WRITE' | 'ADMIN', field: string, document: string][] = [
    ['READ', 'customers', '{ customers { totalCount } }'],
    ['READ', 'tierStructures', '{ tierStructures { totalCount } }'],
    ['WRITE', 'customerUpsert', 'mutation { customerUpsert(input: { externalId: "ada" }) { userErrors { code } } }'],
    ['ADMIN', 'cardDefinitionCreate', 'mutation { cardDefinitionCreate(input: { name: "Points" }) { userErrors { code } } }'],
    ['ADMIN', 'workspaceUpdate', 'mutation { workspaceUpdate(input: { name: "Mine" }) { userErrors { code } } }'],
    ['ADMIN', 'apiKeyCreate', 'mutation { apiKeyCreate(input: { name: "More", scope: ADMIN }) { userErrors { code } } }'],
    ['ADMIN', 'apiKeys', '{ apiKeys { nodes { id } } }'],
  ];
  const SCOPES = ['READ', 'WRITE', 'ADMIN'] as const;

  test.each(SCOPES.flatMap((scope) => ATTEMPTS.map(([needed, field, document]) => ({ scope, needed, field, document }))))(
    'a key with scope $scope and $field, which needs $needed',
    async ({ scope, needed, field, document }) => {
      const { client } = await createKey(cafe, scope);
      const before = await countRows(server.database);
      const { status, data, errors } = await client.send(document);
      if (SCOPES.indexOf(scope) >= SCOPES.indexOf(needed)) {
        expect({ status, errors }).toEqual({ status: 200, errors: [] });
        expect(data[field].userErrors ?? []).toEqual([]);
      } else {
        expect({ status, data }).toEqual({ status: 403, data: null });
        expect(errors).toMatchObject([
          { message: `This needs an API key with scope ${needed}.`, path: [field], extensions: { code: 'FORBIDDEN' } },
        ]);
        expect(await countRows(server.database)).toEqual(before);
      }
    },
  );
});

describe('creating and listing', () => {
  test('shows the secret once; afterwards a key is told by its last four characters', async () => {
    server.setNow('2026-05-17T12:00:00.123Z');
    const input = { name: 'Till 4', scope: 'WRITE', expiresAt: '2026-06-01T00:00:00+02:00' };
    const { apiKey, secret } = await cafe.succeed('apiKeyCreate', input, `apiKey { ${KEY} } secret`);
    expect(secret).toMatch(/^vt_sandbox_[\w-]{43}$/);
    expect(apiKey).toEqual({
      id: expect.stringMatching(/^key_[0-9a-z]{26}$/),
      name: 'Till 4',
      lastFour: secret.slice(-4),
      scope: 'WRITE',
      createdAt: '2026-05-17T12:00:00.123Z',
      expiresAt: '2026-05-31T22:00:00.000Z',
      revokedAt: null,
    });
    const answer = await cafe.send(`{ apiKeys { nodes { ${KEY} } } }`);
    expect(answer.data.apiKeys.nodes[0]).toEqual(apiKey);
    expect(JSON.stringify(answer.data)).not.toContain(secret);
    const live = await createKey(bookshop, 'READ');
    expect(live.secret).toMatch(/^vt_live_[\w-]{43}$/);
  });

  test('lists all keys of the workspace and no other, newest first, page by page', async () => {
    const ids: string[] = [(await firstKey(cafe)).id];
    for (const scope of ['READ', 'WRITE', 'ADMIN'] as const) ids.unshift((await createKey(cafe, scope)).id);
    await cafe.succeed('apiKeyRevoke', { id: ids[2] }, 'apiKey { id }');
    const page = async (args: string) => (await cafe.run(`{ apiKeys(${args}) { nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`)).apiKeys;
    const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);

    const first = await page('first: 3');
    expect(idsOf(first)).toEqual(ids.slice(0, 3));
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page(`first: 3, after: "${first.pageInfo.endCursor}"`);
    expect(idsOf(second)).toEqual(ids.slice(3));
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = await page(`last: 2, before: "${second.pageInfo.startCursor}"`);
    expect(idsOf(back)).toEqual(ids.slice(1, 3));
    expect(idsOf(await page('first: 100'))).toEqual(ids);
    expect(await bookshop.run('{ apiKeys { nodes { name } } }')).toEqual({ apiKeys: { nodes: [{ name: 'First key' }] } });
  });

  test.each([
    ['an empty name', { name: '' }, 'INVALID_NAME', 'name'],
    ['a blank name', { name: ' \t' }, 'INVALID_NAME', 'name'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, 'INVALID_NAME', 'name'],
    ['an expiry in the past', { expiresAt: '2026-05-17T11:59:59.999Z' }, 'INVALID_EXPIRY', 'expiresAt'],
    ['an expiry right now', { expiresAt: '2026-05-17T12:00:00Z' }, 'INVALID_EXPIRY', 'expiresAt'],
  ])('refuses %s', async (_, wrong, code, field) => {
    server.setNow('2026-05-17T12:00:00Z');
    const before = await countRows(server.database);
    const payload = await cafe.mutate('apiKeyCreate', { name: 'Till', scope: 'READ', ...wrong }, 'apiKey { id } secret');
    expect(payload).toEqual({
      apiKey: null,
      secret: null,
      userErrors: [{ code, message: expect.any(String), field: ['input', field] }],
    });
    expect(await countRows(server.database)).toEqual(before);
  });

  test('refuses everything that is wrong at once, and takes the longest name', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const wrong = { name: '', scope: 'READ', expiresAt: '2020-01-01T00:00:00Z' };
    const { userErrors } = await cafe.mutate('apiKeyCreate', wrong, 'secret');
    expect(userErrors.map(({ code }: { code: string }) => code)).toEqual(['INVALID_NAME', 'INVALID_EXPIRY']);
    const { apiKey } = await cafe.succeed('apiKeyCreate', { name: '🏅'.repeat(200), scope: 'READ' }, 'apiKey { name }');
    expect(apiKey.name).toBe('🏅'.repeat(200));
  });

  test('stores secrets as SHA-256 hashes and nowhere in the clear', async () => {
    const created = await createKey(cafe, 'ADMIN');
    const rotated = await cafe.succeed('apiKeyRotate', { id: created.id }, 'apiKey { id } secret');
    const secrets = [cafe.key!, created.secret, rotated.secret as string];

    const { pool } = server.database;
    for (const secret of secrets) {
      const { rows } = await pool.query('SELECT last_four FROM api_keys WHERE secret_hash = $1', [
        createHash('sha256').update(secret).digest(),
      ]);
      expect(rows).toEqual([{ last_four: secret.slice(-4) }]);
    }
    const tables = await pool.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    expect(tables.rows.length).toBeGreaterThanOrEqual(17);
    for (const { name } of tables.rows) {
      const { rows } = await pool.query(
        `SELECT count(*)::int AS found FROM ${name} AS stored CROSS JOIN unnest($1::text[]) AS secret
         WHERE position(secret in stored::text) > 0 OR position(encode(secret::bytea, 'hex') in stored::text) > 0`,
        [secrets],
      );
      expect({ name, ...rows[0] }).toEqual({ name, found: 0 });
    }
  });
});

describe('expiry', () => {
  test('a key works up to its last millisecond, used before or not', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const used = await createKey(cafe, 'READ', { expiresAt: '2026-05-17T12:00:10Z' });
    const unused = await createKey(cafe, 'READ', { expiresAt: '2026-05-17T12:00:10Z' });
    expect(await works(used)).toBe(true);
    server.setNow('2026-05-17T12:00:09.999Z');
    expect(await works(used)).toBe(true);
    server.setNow('2026-05-17T12:00:10Z');
    expect([await works(used), await works(unused), await works({ client: cafe })]).toEqual([false, false, true]);
  });
});

describe('rotating', () => {
  const ROTATED = `apiKey { ${KEY} } replacedApiKey { ${KEY} } secret`;

  test('the old key works during the overlap and not after, the new one from the start', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const old = await createKey(cafe, 'WRITE', { name: 'Till 4' });
    expect(await works(old)).toBe(true);
    server.setNow('2026-05-18T08:00:00Z');
    const { apiKey, replacedApiKey, secret } = await cafe.succeed('apiKeyRotate', { id: old.id, overlapHours: 2 }, ROTATED);
    expect(apiKey).toEqual({
      id: expect.not.stringContaining(old.id),
      name: 'Till 4',
      lastFour: secret.slice(-4),
      scope: 'WRITE',
      createdAt: '2026-05-18T08:00:00.000Z',
      expiresAt: null,
      revokedAt: null,
    });
    expect(replacedApiKey).toEqual({
      id: old.id,
      name: 'Till 4',
      lastFour: old.secret.slice(-4),
      scope: 'WRITE',
      createdAt: '2026-05-17T12:00:00.000Z',
      expiresAt: '2026-05-18T10:00:00.000Z',
      revokedAt: null,
    });
    const fresh = { client: cafe.withKey(secret) };
    expect([await works(old), await works(fresh)]).toEqual([true, true]);
    server.setNow('2026-05-18T09:59:59.999Z');
    expect([await works(old), await works(fresh)]).toEqual([true, true]);
    server.setNow('2026-05-18T10:00:00Z');
    expect([await works(old), await works(fresh)]).toEqual([false, true]);
  });

  test.each([
    [undefined, '2026-05-18T12:00:00.000Z'],
    [720, '2026-06-16T12:00:00.000Z'],
    [0, '2026-05-17T12:00:00.000Z'],
  ])('an overlap of %s hours ends at %s', async (overlapHours, expiresAt) => {
    server.setNow('2026-05-17T12:00:00Z');
    const old = await createKey(cafe, 'READ');
    expect(await works(old)).toBe(true);
    const input = { id: old.id, ...(overlapHours === undefined ? {} : { overlapHours }) };
    const { replacedApiKey } = await cafe.succeed('apiKeyRotate', input, ROTATED);
    expect(replacedApiKey.expiresAt).toBe(expiresAt);
    expect(await works(old)).toBe(overlapHours !== 0);
  });

  test('an earlier expiry of the old key still holds', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const old = await createKey(cafe, 'READ', { expiresAt: '2026-05-17T13:00:00Z' });
    const { replacedApiKey } = await cafe.succeed('apiKeyRotate', { id: old.id, overlapHours: 24 }, ROTATED);
    expect(replacedApiKey.expiresAt).toBe('2026-05-17T13:00:00.000Z');
  });

  test('the only administrator can replace his own key at once', async () => {
    const { id } = await firstKey(cafe);
    const { secret } = await cafe.succeed('apiKeyRotate', { id, overlapHours: 0 }, 'secret');
    expect([await works({ client: cafe }), await works({ client: cafe.withKey(secret) })]).toEqual([false, true]);
  });

  test.each([
    ['a negative overlap', { overlapHours: -1 }, 'INVALID_OVERLAP', 'overlapHours'],
    ['an overlap above 720 hours', { overlapHours: 721 }, 'INVALID_OVERLAP', 'overlapHours'],
    ['an unknown id', { id: UNKNOWN_KEY_ID }, 'NOT_FOUND', 'id'],
    ['an id of something else', { id: 'cust_01h2xcejqtf2nbrexx3vqjhp41' }, 'NOT_FOUND', 'id'],
    ['no id at all', { id: '' }, 'NOT_FOUND', 'id'],
  ])('refuses %s', async (_, wrong, code, field) => {
    const key = await createKey(cafe, 'READ');
    const before = await countRows(server.database);
    const payload = await cafe.mutate('apiKeyRotate', { id: key.id, ...wrong }, 'apiKey { id } replacedApiKey { id } secret');
    expect(payload).toEqual({
      apiKey: null,
      replacedApiKey: null,
      secret: null,
      userErrors: [{ code, message: expect.any(String), field: ['input', field] }],
    });
    expect(await countRows(server.database)).toEqual(before);
    expect(await works(key)).toBe(true);
  });

  test('a revoked and an expired key cannot be replaced', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const revoked = await createKey(cafe, 'READ');
    await cafe.succeed('apiKeyRevoke', { id: revoked.id }, 'apiKey { id }');
    const expired = await createKey(cafe, 'READ', { expiresAt: '2026-05-17T12:00:01Z' });
    server.setNow('2026-05-17T12:00:01Z');
    const before = await countRows(server.database);
    for (const { id } of [revoked, expired]) {
      const { secret, userErrors } = await cafe.mutate('apiKeyRotate', { id }, 'secret');
      expect([secret, userErrors]).toEqual([null, [expect.objectContaining({ code: 'NOT_USABLE', field: ['input', 'id'] })]]);
    }
    expect(await countRows(server.database)).toEqual(before);
  });
});

describe('revoking', () => {
  test('works at once, also for a key that has just been used', async () => {
    const key = await createKey(cafe, 'WRITE');
    expect(await works(key)).toBe(true);
    server.setNow('2026-05-17T12:00:00Z');
    const { apiKey } = await cafe.succeed('apiKeyRevoke', { id: key.id }, `apiKey { ${KEY} }`);
    expect(apiKey).toMatchObject({ id: key.id, revokedAt: '2026-05-17T12:00:00.000Z' });
    expect(await works(key)).toBe(false);
  });

  test('again changes nothing and succeeds', async () => {
    const key = await createKey(cafe, 'WRITE');
    server.setNow('2026-05-17T12:00:00Z');
    await cafe.succeed('apiKeyRevoke', { id: key.id }, 'apiKey { id }');
    server.setNow('2026-05-17T13:00:00Z');
    const before = await countRows(server.database);
    const { apiKey } = await cafe.succeed('apiKeyRevoke', { id: key.id }, 'apiKey { revokedAt }');
    expect(apiKey.revokedAt).toBe('2026-05-17T12:00:00.000Z');
    expect(await countRows(server.database)).toEqual(before);
  });

  test("another tenant's key cannot be revoked or rotated, and is not said to exist", async () => {
    const foreign = await createKey(bookshop, 'ADMIN');
    const before = await countRows(server.database);
    for (const field of ['apiKeyRevoke', 'apiKeyRotate']) {
      const there = await cafe.mutate(field, { id: foreign.id }, 'apiKey { id }');
      const nowhere = await cafe.mutate(field, { id: UNKNOWN_KEY_ID }, 'apiKey { id }');
      expect(there).toEqual(nowhere);
      expect(there.userErrors).toEqual([{ code: 'NOT_FOUND', message: 'There is no such API key.', field: ['input', 'id'] }]);
    }
    expect(await countRows(server.database)).toEqual(before);
    expect(await works(foreign)).toBe(true);
  });

  test('the last usable ADMIN key stays, whatever lesser, revoked and expired keys there are', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const { id } = await firstKey(cafe);
    await createKey(cafe, 'READ');
    await createKey(cafe, 'WRITE');
    const revoked = await createKey(cafe, 'ADMIN');
    await cafe.succeed('apiKeyRevoke', { id: revoked.id }, 'apiKey { id }');
    await createKey(cafe, 'ADMIN', { expiresAt: '2026-05-17T13:00:00Z' });
    server.setNow('2026-05-17T13:00:00Z');
    const before = await countRows(server.database);
    expect(await cafe.mutate('apiKeyRevoke', { id }, 'apiKey { id }')).toEqual({
      apiKey: null,
      userErrors: [{ code: 'LAST_ADMIN_KEY', message: 'It is the last usable key with scope ADMIN.', field: ['input', 'id'] }],
    });
    expect(await countRows(server.database)).toEqual(before);
    expect(await works({ client: cafe })).toBe(true);

    const successor = await createKey(cafe, 'ADMIN');
    await successor.client.succeed('apiKeyRevoke', { id }, 'apiKey { id }');
    expect([await works({ client: cafe }), await works(successor)]).toEqual([false, true]);
  });

  test('two administrators who revoke each other at once do not lock everybody out', async () => {
    const first = { id: (await firstKey(cafe)).id as string, client: cafe };
    const second = await createKey(cafe, 'ADMIN');
    const revoke = ({ client }: { client: ApiClient }, { id }: { id: string }) =>
      client.send('mutation($id: ID!) { apiKeyRevoke(input: { id: $id }) { userErrors { code } } }', { id });
    const answers = await Promise.all([revoke(first, second), revoke(second, first)]);
    // Whoever comes second is refused: as the last one, or because his key is useless by then.
    const codes = answers.map(({ data, errors }) => errors[0]?.extensions.code ?? data.apiKeyRevoke.userErrors[0]?.code ?? 'OK');
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1);
    expect(['LAST_ADMIN_KEY', 'UNAUTHENTICATED']).toContain(codes.find((code) => code !== 'OK'));
    expect([await works(first), await works(second)].filter(Boolean)).toHaveLength(1);
  });
});

test('every change of a key is an audit entry of whoever made it, without the secret', async () => {
  server.setNow('2026-05-17T12:00:00Z');
  const admin = await firstKey(cafe);
  const key = await createKey(cafe, 'READ', { name: 'Till' });
  const { apiKey } = await cafe.succeed('apiKeyRotate', { id: key.id, overlapHours: 1 }, 'apiKey { id lastFour }');
  await cafe.succeed('apiKeyRevoke', { id: key.id }, 'apiKey { id }');
  const { rows } = await server.database.pool.query(
    'SELECT id::text, action, subject_id, before, after FROM activities WHERE subject_id = ANY($1) ORDER BY id',
    [[key.id, apiKey.id]],
  );
  const snapshot = (more: object) => ({ id: key.id, name: 'Till', scope: 'READ', lastFour: key.secret.slice(-4), expiresAt: null, revokedAt: null, ...more });
  const rotated = snapshot({ expiresAt: '2026-05-17T13:00:00.000Z' });
  const successor = snapshot({ id: apiKey.id, lastFour: apiKey.lastFour });
  expect(rows.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
    { action: 'CREATED', before: null, after: snapshot({}) },
    { action: 'ROTATED', before: snapshot({}), after: rotated },
    { action: 'CREATED', before: null, after: successor },
    { action: 'REVOKED', before: rotated, after: { ...rotated, revokedAt: '2026-05-17T12:00:00.000Z' } },
  ]);
  const makers = await server.database.pool.query(
    'SELECT DISTINCT k.last_four FROM activities a JOIN api_keys k ON k.id = a.api_key_id WHERE a.subject_id = ANY($1)',
    [[key.id, apiKey.id]],
  );
  expect(makers.rows).toEqual([{ last_four: admin.lastFour }]);
});
