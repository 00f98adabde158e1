/** Workspaces: how one is made and renamed, and that nothing crosses from one to another. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { createKey } from '../support/keys.ts';
import { buildCustomer, buildProgram, countRows, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

let server: TestServer;
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

const WORKSPACE = 'id name timeZone mode version createdAt updatedAt';
const workspaceOf = async (client: ApiClient) => (await client.run(`{ workspace { ${WORKSPACE} } }`)).workspace;

describe('creating', () => {
  test('makes a workspace apart, and its first ADMIN key', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const input = { name: 'Aurora Bakery', timeZone: 'Europe/Prague', mode: 'LIVE' };
    const selection = `workspace { ${WORKSPACE} } apiKey { id name scope lastFour createdAt expiresAt revokedAt } secret`;
    const { workspace, apiKey, secret } = await cafe.succeed('workspaceCreate', input, selection);
    expect(workspace).toEqual({
      id: expect.stringMatching(/^ws_[0-9a-z]{26}$/),
      ...input,
      version: 1,
      createdAt: '2026-05-17T12:00:00.000Z',
      updatedAt: null,
    });
    expect(apiKey).toEqual({
      id: expect.stringMatching(/^key_[0-9a-z]{26}$/),
      name: 'First key',
      scope: 'ADMIN',
      lastFour: secret.slice(-4),
      createdAt: '2026-05-17T12:00:00.000Z',
      expiresAt: null,
      revokedAt: null,
    });
    expect(secret).toMatch(/^vt_live_/);

    const bakery = cafe.withKey(secret);
    expect(await workspaceOf(bakery)).toEqual(workspace);
    expect((await bakery.run('{ apiKeys { nodes { id } } }')).apiKeys.nodes).toEqual([{ id: apiKey.id }]);
    expect((await workspaceOf(cafe)).name).toBe('Café Aurora');
    const { rows } = await server.database.pool.query(
      "SELECT e.type FROM events e JOIN workspaces w USING (workspace_id) WHERE w.name = 'Aurora Bakery' ORDER BY e.id",
    );
    expect(rows).toEqual([{ type: 'workspace.created' }, { type: 'api_key.created' }]);
  });

  test.each(['Europe/Warsaw', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu', 'Etc/GMT+5'])(
    'takes the time zone %s',
    async (timeZone) => {
      const { workspace } = await cafe.succeed('workspaceCreate', { name: 'X', timeZone, mode: 'SANDBOX' }, 'workspace { timeZone }');
      expect(workspace.timeZone).toBe(timeZone);
    },
  );

  test.each([
    ...['Mars/Olympus', '+01:00', '-0330', '', ' ', 'Z', 'UTC+1', 'GMT+01:00', 'T00:00Z', 'Europe/Warsaw ', 'Europe/Warsaw\u0000', '2020-01-01T00:00Z[Europe/Warsaw]', 'x'.repeat(10_000)].map(
      (timeZone) => ({ wrong: { timeZone }, problems: ['INVALID_TIME_ZONE timeZone'] }),
    ),
    ...['', '   ', '\n', 'x'.repeat(201), '🏅'.repeat(201), 'a\u0000b'].map((name) => ({ wrong: { name }, problems: ['INVALID_NAME name'] })),
    { wrong: { name: '', timeZone: '' }, problems: ['INVALID_NAME name', 'INVALID_TIME_ZONE timeZone'] },
  ])('refuses $wrong', async ({ wrong, problems }) => {
    const before = await countRows(server.database);
    const input = { name: 'Bakery', timeZone: 'UTC', mode: 'LIVE', ...wrong };
    const payload = await cafe.mutate('workspaceCreate', input, 'workspace { id } apiKey { id } secret');
    expect(payload).toMatchObject({ workspace: null, apiKey: null, secret: null });
    expect(payload.userErrors.map(({ code, field }: { code: string; field: string[] }) => [code, ...field.slice(1)].join(' '))).toEqual(problems);
    expect(await countRows(server.database)).toEqual(before);
  });

  test('takes a name of 200 characters, however many bytes they have', async () => {
    for (const name of ['x'.repeat(200), '🏅'.repeat(200), 'é']) {
      const { workspace } = await cafe.succeed('workspaceCreate', { name, timeZone: 'UTC', mode: 'LIVE' }, 'workspace { name }');
      expect(workspace.name).toBe(name);
    }
  });
});

describe('renaming', () => {
  test('raises the version, keeps everything else and leaves an audit entry', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const before = await workspaceOf(cafe);
    const { workspace } = await cafe.succeed('workspaceUpdate', { name: 'Café Borealis', version: 1 }, `workspace { ${WORKSPACE} }`);
    expect(workspace).toEqual({ ...before, name: 'Café Borealis', version: 2, updatedAt: '2026-05-17T12:00:00.000Z' });
    expect(await workspaceOf(cafe)).toEqual(workspace);
    expect((await workspaceOf(bookshop)).name).toBe('Kiwi Books');
    const { rows } = await server.database.pool.query('SELECT before, after FROM activities WHERE subject_id = $1 AND action = $2', [
      before.id,
      'UPDATED',
    ]);
    const snapshot = { timeZone: 'Europe/Warsaw', mode: 'SANDBOX' };
    expect(rows).toEqual([
      { before: { ...snapshot, name: 'Café Aurora', version: 1 }, after: { ...snapshot, name: 'Café Borealis', version: 2 } },
    ]);
  });

  test.each([
    ['an empty name', { name: '' }, 'INVALID_NAME', 'name'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, 'INVALID_NAME', 'name'],
    ['a version of the past', { name: 'Y', version: 0 }, 'VERSION_CONFLICT', 'version'],
    ['a version of the future', { name: 'Y', version: 2 }, 'VERSION_CONFLICT', 'version'],
    ['an empty idempotency key', { name: 'Y', idempotencyKey: '' }, 'INVALID_IDEMPOTENCY_KEY', 'idempotencyKey'],
    ['an idempotency key of 256 characters', { name: 'Y', idempotencyKey: 'k'.repeat(256) }, 'INVALID_IDEMPOTENCY_KEY', 'idempotencyKey'],
  ])('refuses %s', async (_, input, code, field) => {
    const before = [await workspaceOf(cafe), await countRows(server.database)];
    expect(await cafe.mutate('workspaceUpdate', input, 'workspace { id }')).toEqual({
      workspace: null,
      userErrors: [{ code, message: expect.any(String), field: ['input', field] }],
    });
    expect([await workspaceOf(cafe), await countRows(server.database)]).toEqual(before);
  });

  test('of two edits that saw the same version, one is refused', async () => {
    const edits = ['One', 'Two'].map((name) => cafe.mutate('workspaceUpdate', { name, version: 1 }, 'workspace { name version }'));
    const payloads = await Promise.all(edits);
    const done = payloads.filter(({ workspace }) => workspace !== null);
    expect(done).toHaveLength(1);
    expect(payloads.flatMap(({ userErrors }) => userErrors)).toEqual([expect.objectContaining({ code: 'VERSION_CONFLICT' })]);
    expect(await workspaceOf(cafe)).toMatchObject({ ...done[0].workspace, version: 2 });
  });

  test('an idempotency key makes a repeated call harmless, and a different call a conflict', async () => {
    const input = { name: 'Once', idempotencyKey: 'rename-1' };
    const first = await cafe.succeed('workspaceUpdate', input, 'workspace { name version }');
    const before = await countRows(server.database);
    expect(await cafe.succeed('workspaceUpdate', input, 'workspace { name version }')).toEqual(first);
    const other = await cafe.mutate('workspaceUpdate', { ...input, name: 'Twice' }, 'workspace { name }');
    expect(other).toMatchObject({
      workspace: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', field: ['input', 'idempotencyKey'] }],
    });
    expect(await countRows(server.database)).toEqual(before);
    expect(await workspaceOf(cafe)).toMatchObject({ name: 'Once', version: 2 });
    // The same key in another workspace is another key.
    expect((await bookshop.succeed('workspaceUpdate', { ...input, name: 'Twice' }, 'workspace { name }')).workspace.name).toBe('Twice');
  });
});

describe('isolation', () => {
  /** Everything that a workspace can list, each with all its items. */
  const LISTS = `{
    workspace { id name }
    apiKeys(first: 100) { nodes { id } }
    cardDefinitions(first: 100) { nodes { id } }
    tierStructures(first: 100) { totalCount nodes { id tiers { id } } }
    earnRules(first: 100) { nodes { id } }
    customers(first: 100) { totalCount nodes { id externalId points tier { id } cards { id } ledgerEntries { nodes { id } } tierTransitions { nodes { id } } } }
  }`;

  test('two tenants with the same program, customers and references see nothing of each other', async () => {
    const emptyBookshop = await bookshop.run(LISTS);
    await buildProgram(cafe);
    await buildCustomer(cafe, 'ada', { email: 'ada@cafe.example' });
    await earn(cafe, 'ada', '150.00', { reference: 'ord_1', idempotencyKey: 'k1' });
    expect(await bookshop.run(LISTS)).toEqual(emptyBookshop);

    const lonelyCafe = await cafe.run(LISTS);
    await buildProgram(bookshop);
    const { created } = await bookshop.succeed('customerUpsert', { externalId: 'ada' }, 'created customer { email }');
    expect(created).toBe(true);
    const earned = await earn(bookshop, 'ada', '20.00', { reference: 'ord_1', idempotencyKey: 'k1' });
    expect(earned).toMatchObject({ duplicate: false, userErrors: [], customer: { points: 20, tier: { name: 'Basic' } } });
    expect(await cafe.run(LISTS)).toEqual(lonelyCafe);

    const ids = (text: string) => new Set(text.match(/\b[a-z]+_[0-9a-hjkmnp-tv-z]{26}\b/g));
    const cafeIds = ids(JSON.stringify(await cafe.run(LISTS)));
    const bookshopIds = ids(JSON.stringify(await bookshop.run(LISTS)));
    expect(cafeIds.size).toBeGreaterThanOrEqual(13);
    expect(bookshopIds.size).toBeGreaterThanOrEqual(12);
    expect([...cafeIds].filter((id) => bookshopIds.has(id))).toEqual([]);
  });

  test("a key acts in its own workspace only, even for the workspace's maker", async () => {
    const { secret, workspace } = await cafe.succeed(
      'workspaceCreate',
      { name: 'Bakery', timeZone: 'UTC', mode: 'LIVE' },
      'workspace { id } secret',
    );
    const bakery = cafe.withKey(secret);
    const { id } = await createKey(bakery, 'READ');
    expect((await cafe.run('query($id: ID!) { node(id: $id) { id } }', { id: workspace.id })).node).toBeNull();
    expect((await cafe.mutate('apiKeyRevoke', { id }, 'apiKey { id }')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});
