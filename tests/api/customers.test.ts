/** Customers: creating, changing and reading profiles, and every way to be refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, countRows, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

const NOW = '2026-05-17T12:00:00.000Z';
const LATER = '2026-05-18T09:30:00.000Z';
const UNKNOWN_ID = 'cust_01h2xcejqtf2nbrexx3vqjhp41';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(NOW));

const PROFILE = 'id externalId name email metadata joinedAt createdAt updatedAt version';
const PAYLOAD = `created customer { ${PROFILE} }`;

const upsert = (client: ApiClient, input: Record<string, unknown>) => client.mutate('customerUpsert', input, PAYLOAD);
const read = async (client: ApiClient, by: Record<string, unknown>) =>
  (await client.run(`query($by: CustomerReference!) { customer(by: $by) { ${PROFILE} } }`, { by })).customer;

/** How many rows each table of interest gained. */
async function gains(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await countRows(server.database);
  await work();
  const after = await countRows(server.database);
  const changes = Object.entries(after ?? {}).map(([table, count]): [string, number] => [table, Number(count) - Number(before?.[table])]);
  return Object.fromEntries(changes.filter(([, gain]) => gain !== 0));
}

describe('creating', () => {
  let client: ApiClient;
  beforeAll(async () => {
    client = await server.workspace();
  });

  test('an external id is enough', async () => {
    const answer = await upsert(client, { externalId: 'least' });
    expect(answer).toEqual({
      created: true,
      customer: {
        id: expect.stringMatching(/^cust_[0-9a-z]{26}$/),
        externalId: 'least',
        name: null,
        email: null,
        metadata: {},
        joinedAt: NOW,
        createdAt: NOW,
        updatedAt: null,
        version: 1,
      },
      userErrors: [],
    });
    expect(await read(client, { externalId: 'least' })).toEqual(answer.customer);
  });

  test('keeps everything that is given', async () => {
    const given = {
      externalId: 'most',
      name: 'Zoë Łukasiewicz 🏅',
      email: 'zoe+loyal@example.org',
      metadata: { segment: 'B2C', nested: { list: [1, 2.5, null, true, 'é🏅'] }, empty: {} },
      joinedAt: '2019-02-28T23:59:59.999Z',
    };
    const { created, customer } = await upsert(client, given);
    expect({ created, customer }).toEqual({
      created: true,
      customer: { ...given, id: customer.id, createdAt: NOW, updatedAt: null, version: 1 },
    });
    expect(await read(client, { id: customer.id })).toEqual(customer);
  });

  test('writes one customer and one event, and nothing else', async () => {
    expect(await gains(() => upsert(client, { externalId: 'counted' }))).toEqual({ customers: 1, events: 1 });
    const { rows } = await server.database.pool.query<{ type: string; data: unknown }>(
      `SELECT type, data FROM events WHERE data->>'externalId' = 'counted'`,
    );
    expect(rows).toEqual([{ type: 'customer.created', data: expect.objectContaining({ externalId: 'counted', version: 1 }) }]);
  });

  test('joins the tier that starts at 0, as of the day of joining', async () => {
    const club = await server.workspace();
    await buildProgram(club, { effectiveAt: '2020-01-01T00:00:00Z' });
    const selection = `customer {
      points tier { name } tiers { since measure tier { name } }
      tierTransitions { nodes { type reason fromTier { name } toTier { name } measure occurredAt recordedAt late } } }`;
    const { customer } = await club.succeed('customerUpsert', { externalId: 'member', joinedAt: '2024-03-01T08:00:00Z' }, selection);
    expect(customer).toEqual({
      points: 0,
      tier: { name: 'Basic' },
      tiers: [{ since: '2024-03-01T08:00:00.000Z', measure: 0, tier: { name: 'Basic' } }],
      tierTransitions: {
        nodes: [
          {
            type: 'JOINED',
            reason: 'CUSTOMER_JOINED',
            fromTier: null,
            toTier: { name: 'Basic' },
            measure: 0,
            occurredAt: '2024-03-01T08:00:00.000Z',
            recordedAt: NOW,
            late: false,
          },
        ],
      },
    });
  });

  test('may have joined this very millisecond', async () => {
    expect((await upsert(client, { externalId: 'now', joinedAt: NOW })).customer.joinedAt).toBe(NOW);
  });

  const fullOf = (bytes: number) => ({ text: 'x'.repeat(bytes - '{"text":""}'.length) });
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));

  test.each<[string, Record<string, unknown>]>([
    ['a name of 200 characters', { name: 'x'.repeat(200) }],
    ['a name of 200 emoji, which are 400 UTF-16 units', { name: '🏅'.repeat(200) }],
    ['an e-mail address of 320 characters', { email: `${'x'.repeat(308)}@example.org` }],
    ['50 keys', { metadata: keys(50) }],
    ['exactly 10 KiB', { metadata: fullOf(10_240) }],
    ['an idempotency key of 255 characters', { idempotencyKey: 'k'.repeat(255) }],
  ])('takes %s', async (what, input) => {
    const answer = await upsert(client, { externalId: `takes ${what}`, ...input });
    expect(problemsOf(answer)).toEqual([]);
    const { idempotencyKey: _, ...kept } = input;
    expect(await read(client, { externalId: `takes ${what}` })).toMatchObject(kept);
  });

  test.each([
    ['of 200 characters', 'x'.repeat(200)],
    ['of 200 emoji', '🏅'.repeat(200)],
    ['with spaces around it', ' padded '],
    ['with special characters', 'Straße/42?#&'],
  ])('takes and finds an external id %s', async (_, externalId) => {
    const { customer } = await upsert(client, { externalId });
    expect(customer.externalId).toBe(externalId);
    expect((await read(client, { externalId })).id).toBe(customer.id);
  });

  test('external ids that differ in case only are two customers', async () => {
    const [lower, upper] = [await buildCustomer(client, 'case'), await buildCustomer(client, 'CASE')];
    expect(lower).not.toBe(upper);
    expect((await read(client, { externalId: 'CASE' })).id).toBe(upper);
  });

  const REFUSED: [string, Record<string, unknown>, string[]][] = [
    ['an empty external id', { externalId: '' }, ['INVALID_EXTERNAL_ID externalId']],
    ['a blank external id', { externalId: ' \t' }, ['INVALID_EXTERNAL_ID externalId']],
    ['an external id of 201 characters', { externalId: 'x'.repeat(201) }, ['INVALID_EXTERNAL_ID externalId']],
    ['an external id with NUL', { externalId: 'a\u0000b' }, ['INVALID_EXTERNAL_ID externalId']],
    ['half a character', { externalId: 'a\ud83c' }, ['INVALID_EXTERNAL_ID externalId']],
    ['an empty name', { name: '' }, ['INVALID_NAME name']],
    ['a blank name', { name: '  \n' }, ['INVALID_NAME name']],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, ['INVALID_NAME name']],
    ['a name of 201 emoji', { name: '🏅'.repeat(201) }, ['INVALID_NAME name']],
    ['an empty e-mail address', { email: '' }, ['INVALID_EMAIL email']],
    ['an e-mail address without @', { email: 'zoe.example.org' }, ['INVALID_EMAIL email']],
    ['an e-mail address with two @', { email: 'zoe@home@example.org' }, ['INVALID_EMAIL email']],
    ['an e-mail address with a space', { email: 'zoe @example.org' }, ['INVALID_EMAIL email']],
    ['an e-mail address without a name', { email: '@example.org' }, ['INVALID_EMAIL email']],
    ['an e-mail address without a host', { email: 'zoe@' }, ['INVALID_EMAIL email']],
    ['an e-mail address of 321 characters', { email: `${'x'.repeat(309)}@example.org` }, ['INVALID_EMAIL email']],
    ['51 keys', { metadata: keys(51) }, ['INVALID_METADATA metadata']],
    ['10 KiB and a byte', { metadata: fullOf(10_241) }, ['INVALID_METADATA metadata']],
    ['10 KiB of characters that are more bytes', { metadata: { text: 'é'.repeat(6_000) } }, ['INVALID_METADATA metadata']],
    ['NUL deep in metadata', { metadata: { a: [{ b: 'x\u0000' }] } }, ['INVALID_METADATA metadata']],
    ['joining a millisecond from now', { joinedAt: '2026-05-17T12:00:00.001Z' }, ['DATE_IN_FUTURE joinedAt']],
    ['an empty idempotency key', { idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    ['an idempotency key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    ['a version of someone new', { version: 1 }, ['VERSION_CONFLICT version']],
    [
      'everything wrong at once',
      { externalId: '', name: '', email: 'x', metadata: keys(51), joinedAt: LATER, idempotencyKey: '' },
      [
        'INVALID_EXTERNAL_ID externalId',
        'INVALID_NAME name',
        'INVALID_EMAIL email',
        'INVALID_METADATA metadata',
        'DATE_IN_FUTURE joinedAt',
        'INVALID_IDEMPOTENCY_KEY idempotencyKey',
      ],
    ],
  ];

  test.each(REFUSED)('refuses %s and changes nothing', async (_, input, problems) => {
    const answer = await unchanged(server, () => upsert(client, { externalId: 'refused', ...input }));
    expect({ ...answer, userErrors: problemsOf(answer) }).toEqual({ customer: null, created: false, userErrors: problems });
    expect(await read(client, { externalId: 'refused' })).toBeNull();
  });

  test.each<[string, Record<string, unknown>]>([
    ['metadata that is no object', { metadata: ['a'] }],
    ['a date that is none', { joinedAt: '2026-02-30T00:00:00Z' }],
    ['a number as a name', { name: 7 }],
    ['no external id', { externalId: null }],
  ])('a document with %s is malformed', async (_, input) => {
    const answer = await unchanged(server, () =>
      client.send('mutation($input: CustomerUpsertInput!) { customerUpsert(input: $input) { created } }', {
        input: { externalId: 'malformed', ...input },
      }),
    );
    expect(answer.data).toBeNull();
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('changing', () => {
  let client: ApiClient;
  beforeAll(async () => {
    client = await server.workspace();
  });

  const GIVEN = { name: 'Zoë', email: 'zoe@example.org', metadata: { a: 1, b: { c: [2], d: null } } };

  test('changes the given fields, leaves the others, and keeps when the customer joined', async () => {
    const { customer: before } = await upsert(client, { externalId: 'partly', joinedAt: '2020-01-01T00:00:00Z', ...GIVEN });
    server.setNow(LATER);
    const { customer, created } = await upsert(client, { externalId: 'partly', name: 'Zoé', joinedAt: '2021-01-01T00:00:00Z' });
    expect(created).toBe(false);
    expect(customer).toEqual({ ...before, name: 'Zoé', updatedAt: LATER, version: 2 });
    expect(customer.joinedAt).toBe('2020-01-01T00:00:00.000Z');
    expect(await read(client, { externalId: 'partly' })).toEqual(customer);
  });

  test('null clears a field', async () => {
    const { customer: before } = await upsert(client, { externalId: 'cleared', ...GIVEN });
    server.setNow(LATER);
    const { customer } = await upsert(client, { externalId: 'cleared', name: null, email: null, metadata: null });
    expect(customer).toEqual({ ...before, name: null, email: null, metadata: {}, updatedAt: LATER, version: 2 });
    expect(await read(client, { externalId: 'cleared' })).toEqual(customer);
  });

  test('metadata is replaced as a whole, never merged', async () => {
    await upsert(client, { externalId: 'replaced', ...GIVEN });
    expect((await upsert(client, { externalId: 'replaced', metadata: { b: 3 } })).customer.metadata).toEqual({ b: 3 });
  });

  test.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['what is there already', GIVEN],
    ['the same metadata in another order', { metadata: { b: { d: null, c: [2] }, a: 1 } }],
    ['another day of joining', { joinedAt: '2001-01-01T00:00:00Z' }],
  ])('given %s, nothing changes and the version stays', async (what, input) => {
    const { customer: before } = await upsert(client, { externalId: `same ${what}`, ...GIVEN });
    server.setNow(LATER);
    const again = await unchanged(server, () => upsert(client, { externalId: `same ${what}`, ...input }));
    expect(again).toEqual({ customer: before, created: false, userErrors: [] });
  });

  test.each<[string, Record<string, unknown>]>([
    ['null for a missing key', { a: 1, b: { c: [2] } }],
    ['a text for a number', { a: '1', b: { c: [2], d: null } }],
    ['another order in a list', { a: 1, b: { c: [2, 2], d: null } }],
  ])('metadata with %s is a change', async (what, metadata) => {
    await upsert(client, { externalId: `differs ${what}`, ...GIVEN });
    const { customer } = await upsert(client, { externalId: `differs ${what}`, metadata });
    expect([customer.version, customer.metadata]).toEqual([2, metadata]);
  });

  test('writes one event and no second customer', async () => {
    await upsert(client, { externalId: 'told', ...GIVEN });
    expect(await gains(() => upsert(client, { externalId: 'told', name: 'Zoe' }))).toEqual({ events: 1 });
  });

  test('goes through with the version that the caller saw, and is refused with any other', async () => {
    await upsert(client, { externalId: 'versioned', ...GIVEN });
    const second = await upsert(client, { externalId: 'versioned', name: 'Second', version: 1 });
    expect(second.customer.version).toBe(2);
    for (const version of [1, 3, 0, -1]) {
      const answer = await unchanged(server, () => upsert(client, { externalId: 'versioned', name: 'Third', version }));
      expect(problemsOf(answer)).toEqual(['VERSION_CONFLICT version']);
      expect([answer.customer, answer.created]).toEqual([null, false]);
    }
    expect(await read(client, { externalId: 'versioned' })).toEqual(second.customer);
    expect((await upsert(client, { externalId: 'versioned', name: 'Third', version: 2 })).customer.version).toBe(3);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ name: '' }, 'INVALID_NAME name'],
    [{ email: 'x' }, 'INVALID_EMAIL email'],
    [{ metadata: { a: '\u0000' } }, 'INVALID_METADATA metadata'],
    [{ joinedAt: LATER }, 'DATE_IN_FUTURE joinedAt'],
    [{ idempotencyKey: ' ' }, 'INVALID_IDEMPOTENCY_KEY idempotencyKey'],
  ])('%j is refused for a known customer too, and nothing of the rest is taken', async (input, problem) => {
    await upsert(client, { externalId: 'known', ...GIVEN });
    const answer = await unchanged(server, () => upsert(client, { externalId: 'known', name: 'New', email: 'new@example.org', ...input }));
    expect(problemsOf(answer)).toEqual([problem]);
    expect(await read(client, { externalId: 'known' })).toMatchObject({ ...GIVEN, version: 1 });
  });
});

describe('repeating with an idempotency key', () => {
  let client: ApiClient;
  beforeEach(async () => {
    client = await server.workspace();
  });
  const FIRST = { externalId: 'once', name: 'Zoë', idempotencyKey: 'key-1' };

  test('the same input answers as the first call did, and changes nothing', async () => {
    const first = await upsert(client, FIRST);
    server.setNow(LATER);
    const again = await unchanged(server, () => upsert(client, FIRST));
    expect(first.created).toBe(true);
    expect(again).toEqual(first);
  });

  test('the key of a change says again that nobody was created', async () => {
    await upsert(client, { externalId: 'once' });
    const change = await upsert(client, FIRST);
    expect([change.created, change.customer.version]).toEqual([false, 2]);
    expect(await unchanged(server, () => upsert(client, FIRST))).toEqual(change);
  });

  test('the key of a call that changed nothing is claimed all the same', async () => {
    await upsert(client, { externalId: 'once', name: 'Zoë' });
    expect(await gains(() => upsert(client, FIRST))).toEqual({ idempotency_keys: 1 });
    expect(problemsOf(await upsert(client, { ...FIRST, name: 'Other' }))).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  test('a late repetition does not undo a change that came between', async () => {
    await upsert(client, FIRST);
    await upsert(client, { externalId: 'once', name: 'Between' });
    const again = await unchanged(server, () => upsert(client, FIRST));
    expect([again.created, again.customer.externalId]).toEqual([true, 'once']);
    expect((await read(client, { externalId: 'once' })).name).toBe('Between');
  });

  test.each<[string, Record<string, unknown>]>([
    ['name', { name: 'Zoé' }],
    ['customer', { externalId: 'twice' }],
    ['field', { email: 'zoe@example.org' }],
    ['cleared field', { email: null }],
    ['version', { version: 1 }],
    ['metadata', { metadata: {} }],
    ['joining', { joinedAt: '2020-01-01T00:00:00Z' }],
  ])('another %s is refused', async (_, change) => {
    const { customer } = await upsert(client, FIRST);
    const answer = await unchanged(server, () => upsert(client, { ...FIRST, ...change }));
    expect({ ...answer, userErrors: problemsOf(answer) }).toEqual({
      customer: null,
      created: false,
      userErrors: ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey'],
    });
    expect(await read(client, { externalId: 'once' })).toEqual(customer);
  });

  test('a refused call does not claim its key', async () => {
    expect(problemsOf(await upsert(client, { ...FIRST, name: '' }))).toEqual(['INVALID_NAME name']);
    expect(problemsOf(await upsert(client, { ...FIRST, version: 4 }))).toEqual(['VERSION_CONFLICT version']);
    expect((await upsert(client, FIRST)).created).toBe(true);
  });

  test('the key is kept 7 days, then it is usable for something else', async () => {
    await upsert(client, FIRST);
    server.setNow('2026-05-24T11:59:59.999Z');
    expect(problemsOf(await upsert(client, { ...FIRST, name: 'Other' }))).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
    server.setNow('2026-05-24T12:00:00.000Z');
    expect((await upsert(client, { ...FIRST, name: 'Other' })).customer.name).toBe('Other');
    expect(problemsOf(await upsert(client, FIRST))).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  test('a key belongs to its workspace', async () => {
    const other = await server.workspace();
    await upsert(client, FIRST);
    const answer = await upsert(other, { ...FIRST, name: 'Other' });
    expect([answer.created, answer.customer.name]).toEqual([true, 'Other']);
  });

  test('a key is for one kind of call: an upsert cannot repeat a purchase', async () => {
    await buildProgram(client, { effectiveAt: '2020-01-01T00:00:00Z' });
    await buildCustomer(client, 'once');
    expect((await earn(client, 'once', '10.00', { idempotencyKey: 'key-1' })).userErrors).toEqual([]);
    const answer = await unchanged(server, () => upsert(client, FIRST));
    expect(problemsOf(answer)).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });
});

describe('reading one', () => {
  let client: ApiClient;
  let id: string;
  beforeAll(async () => {
    client = await server.workspace();
    id = await buildCustomer(client, 'reader', { name: 'Zoë' });
  });

  test('by id and by external id', async () => {
    const byId = await read(client, { id });
    expect(byId).toMatchObject({ id, externalId: 'reader', name: 'Zoë' });
    expect(await read(client, { externalId: 'reader' })).toEqual(byId);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an unknown id', { id: UNKNOWN_ID }],
    ['an id of another kind', { id: UNKNOWN_ID.replace('cust', 'txn') }],
    ['an id without a kind', { id: UNKNOWN_ID.slice(5) }],
    ['a malformed id', { id: "cust_'; DROP TABLE customers; --" }],
    ['an empty id', { id: '' }],
    ['an unknown external id', { externalId: 'nobody' }],
    ['an external id in another case', { externalId: 'READER' }],
    ['an empty external id', { externalId: '' }],
    ['an external id that is too long', { externalId: 'x'.repeat(201) }],
    ['an external id with NUL', { externalId: 'reader\u0000' }],
  ])('%s is nobody', async (_, by) => {
    expect(await read(client, by)).toBeNull();
  });

  test.each<[string, Record<string, unknown>]>([
    ['neither', {}],
    ['both', { id: UNKNOWN_ID, externalId: 'reader' }],
    ['null', { id: null }],
  ])('naming %s is malformed', async (_, by) => {
    const answer = await client.send('query($by: CustomerReference!) { customer(by: $by) { id } }', { by });
    expect(answer.data).toBeNull();
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  test('a customer without purchases has no points and no cards, on any card definition', async () => {
    const data = await client.run(
      `query($by: CustomerReference!) { customer(by: $by) {
        points unknown: points(cardDefinitionId: "cdef_01h2xcejqtf2nbrexx3vqjhp41") malformed: points(cardDefinitionId: "?")
        tier { id } tierOf: tier(tierStructureId: "?") { id } tiers { measure } cards { id }
        ledgerEntries { nodes { id } } tierTransitions { nodes { id } } } }`,
      { by: { id } },
    );
    expect(data.customer).toEqual({
      points: 0,
      unknown: 0,
      malformed: 0,
      tier: null,
      tierOf: null,
      tiers: [],
      cards: [],
      ledgerEntries: { nodes: [] },
      tierTransitions: { nodes: [] },
    });
  });
});

describe('paging', () => {
  let client: ApiClient;
  const NEWEST_FIRST = ['c7', 'c6', 'c5', 'c4', 'c3', 'c2', 'c1'];
  beforeAll(async () => {
    client = await server.workspace();
    for (const name of NEWEST_FIRST.toReversed()) await buildCustomer(client, name);
    // A change moves nobody.
    await buildCustomer(client, 'c2', { name: 'Changed' });
  });

  const page = async (args: Record<string, unknown>, of = client) => {
    const { customers } = await of.run(
      `query($first: Int, $after: String, $last: Int, $before: String) {
        customers(first: $first, after: $after, last: $last, before: $before) {
          totalCount edges { cursor node { externalId } } nodes { externalId }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      args,
    );
    const names = customers.nodes.map(({ externalId }: { externalId: string }) => externalId);
    expect(customers.edges.map(({ node }: { node: { externalId: string } }) => node.externalId)).toEqual(names);
    expect(customers.pageInfo.startCursor).toBe(customers.edges.at(0)?.cursor ?? null);
    expect(customers.pageInfo.endCursor).toBe(customers.edges.at(-1)?.cursor ?? null);
    return { names, ...customers.pageInfo, totalCount: customers.totalCount };
  };

  test('all on one page, newest first', async () => {
    expect(await page({})).toMatchObject({ names: NEWEST_FIRST, totalCount: 7, hasNextPage: false, hasPreviousPage: false });
  });

  test('forward, page by page', async () => {
    const first = await page({ first: 3 });
    expect(first).toMatchObject({ names: ['c7', 'c6', 'c5'], totalCount: 7, hasNextPage: true });
    const second = await page({ first: 3, after: first.endCursor });
    expect(second).toMatchObject({ names: ['c4', 'c3', 'c2'], totalCount: 7, hasNextPage: true });
    const third = await page({ first: 3, after: second.endCursor });
    expect(third).toMatchObject({ names: ['c1'], totalCount: 7, hasNextPage: false });
    expect(await page({ first: 3, after: third.endCursor })).toMatchObject({ names: [], hasNextPage: false, startCursor: null, endCursor: null });
  });

  test('backward, page by page', async () => {
    const last = await page({ last: 3 });
    expect(last).toMatchObject({ names: ['c3', 'c2', 'c1'], totalCount: 7, hasPreviousPage: true });
    const middle = await page({ last: 3, before: last.startCursor });
    expect(middle).toMatchObject({ names: ['c6', 'c5', 'c4'], hasPreviousPage: true });
    const front = await page({ last: 3, before: middle.startCursor });
    expect(front).toMatchObject({ names: ['c7'], hasPreviousPage: false });
  });

  test('between two cursors', async () => {
    const all = await client.run('{ customers { edges { cursor } } }');
    const cursors = all.customers.edges.map(({ cursor }: { cursor: string }) => cursor);
    expect((await page({ after: cursors[1], before: cursors[5] })).names).toEqual(['c5', 'c4', 'c3']);
    expect((await page({ first: 2, after: cursors[1], before: cursors[5] })).names).toEqual(['c5', 'c4']);
    expect((await page({ last: 2, after: cursors[1], before: cursors[5] })).names).toEqual(['c4', 'c3']);
  });

  test('a page holds 25 unless told otherwise, and at most 100', async () => {
    const crowd = await server.workspace();
    await Promise.all(Array.from({ length: 101 }, (_, index) => buildCustomer(crowd, `crowd-${index}`)));
    expect(await page({}, crowd)).toMatchObject({ names: { length: 25 }, totalCount: 101, hasNextPage: true });
    const hundred = await page({ first: 100 }, crowd);
    expect(hundred).toMatchObject({ names: { length: 100 }, hasNextPage: true });
    const rest = await page({ first: 100, after: hundred.endCursor }, crowd);
    expect(new Set([...hundred.names, ...rest.names]).size).toBe(101);
  });

  test('a customer who joins between two pages shifts nobody', async () => {
    const shop = await server.workspace();
    for (const name of ['a', 'b', 'c', 'd']) await buildCustomer(shop, name);
    const first = await page({ first: 2 }, shop);
    await buildCustomer(shop, 'e');
    expect([first.names, (await page({ first: 2, after: first.endCursor }, shop)).names]).toEqual([['d', 'c'], ['b', 'a']]);
  });

  test.each<[Record<string, unknown>, string, string]>([
    [{ first: 0 }, 'INVALID_PAGE', 'first'],
    [{ first: -1 }, 'INVALID_PAGE', 'first'],
    [{ first: 101 }, 'INVALID_PAGE', 'first'],
    [{ last: 0 }, 'INVALID_PAGE', 'last'],
    [{ last: 101 }, 'INVALID_PAGE', 'last'],
    [{ first: 1, last: 1 }, 'INVALID_PAGE', 'first'],
    [{ after: 'nonsense' }, 'INVALID_CURSOR', 'after'],
    [{ after: '' }, 'INVALID_CURSOR', 'after'],
    [{ last: 1, before: Buffer.from('["id","1"]').toString('base64url') }, 'INVALID_CURSOR', 'before'],
  ])('%j is refused', async (args, code, field) => {
    const document = `query($first: Int, $after: String, $last: Int, $before: String) {
      customers(first: $first, after: $after, last: $last, before: $before) { nodes { id } } }`;
    const answer = await client.send(document, args);
    expect(answer.data).toBeNull();
    expect(answer.errors.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([[code, [field]]]);
  });

  test('a cursor of another workspace shows nothing of it', async () => {
    const stranger = await server.workspace();
    await buildCustomer(stranger, 'stranger');
    const { endCursor: newest } = await page({ first: 1 });
    expect(await page({ first: 5, after: newest }, stranger)).toMatchObject({ names: [], totalCount: 1 });
    expect(await page({ last: 5, before: newest }, stranger)).toMatchObject({ names: ['stranger'], totalCount: 1 });
  });
});

describe('two workspaces', () => {
  let cafe: ApiClient;
  let bookshop: ApiClient;
  beforeAll(async () => {
    cafe = await server.workspace({ name: 'Café Aurora' });
    bookshop = await server.workspace({ name: 'Kiwi Books' });
    for (const client of [cafe, bookshop]) await buildProgram(client, { effectiveAt: '2020-01-01T00:00:00Z' });
  });

  test('the same external id is two customers who know nothing of each other', async () => {
    const inCafe = await upsert(cafe, { externalId: 'shared', name: 'Of the café' });
    const inBookshop = await upsert(bookshop, { externalId: 'shared', name: 'Of the bookshop' });
    expect([inCafe.created, inBookshop.created]).toEqual([true, true]);
    expect(inCafe.customer.id).not.toBe(inBookshop.customer.id);
    await upsert(cafe, { externalId: 'shared', email: 'cafe@example.org' });
    expect((await earn(cafe, 'shared', '120.00')).customer).toMatchObject({ points: 120, tier: { name: 'Silver' } });
    expect(await read(bookshop, { externalId: 'shared' })).toEqual(inBookshop.customer);
    const selection = 'customers { totalCount nodes { externalId name points tier { name } } }';
    expect(await bookshop.run(`{ ${selection} }`)).toEqual({
      customers: { totalCount: 1, nodes: [{ externalId: 'shared', name: 'Of the bookshop', points: 0, tier: { name: 'Basic' } }] },
    });
    expect(await cafe.run(`{ ${selection} }`)).toEqual({
      customers: { totalCount: 1, nodes: [{ externalId: 'shared', name: 'Of the café', points: 120, tier: { name: 'Silver' } }] },
    });
  });

  test("another workspace's customer is nobody, whoever asks and however", async () => {
    const id = await buildCustomer(cafe, 'only-here');
    expect(await read(bookshop, { id })).toBeNull();
    expect(await read(bookshop, { externalId: 'only-here' })).toBeNull();
    expect((await bookshop.run('query($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
    const stolen = await unchanged(server, () => bookshop.mutate('earn', { customer: { id }, amount: '1.00', currency: 'USD' }, 'customer { id }'));
    const unknown = await bookshop.mutate('earn', { customer: { id: UNKNOWN_ID }, amount: '1.00', currency: 'USD' }, 'customer { id }');
    expect(problemsOf(stolen)).toEqual(['CUSTOMER_NOT_FOUND customer']);
    expect(stolen).toEqual(unknown);
  });
});
