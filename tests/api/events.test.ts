import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import { keepEventLog } from '../../src/commands/event-log.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import { fromPublicId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { createKey } from '../support/keys.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { RestClient } from '../support/rest.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

/** The event log as it is read: what events say, in which order, page by page. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const schemas = JSON.parse(readFileSync(new URL('../../src/generated/event-schemas.json', import.meta.url), 'utf8')) as Record<string, object>;
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
formatsPlugin.default(ajv);

const EVENTS = `query($filter: EventFilter, $first: Int, $after: String, $last: Int, $before: String) {
  events(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id type name customerId sequence cause { requestId command apiKeyId } occurredAt recordedAt dataJson data { __typename } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface EventNode {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly customerId: string | null;
  readonly sequence: number | null;
  readonly cause: { readonly requestId: string; readonly command: string; readonly apiKeyId: string | null };
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly dataJson: Record<string, unknown>;
  readonly data: { readonly __typename: string };
}

async function page(client: ApiClient, variables: Record<string, unknown> = {}) {
  const { events } = await client.run(EVENTS, variables);
  return {
    nodes: events.edges.map(({ node }: { node: EventNode }) => node) as EventNode[],
    cursors: events.edges.map(({ cursor }: { cursor: string }) => cursor) as string[],
    pageInfo: events.pageInfo as { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null },
  };
}

async function logOf(client: ApiClient, filter: Record<string, unknown> = {}): Promise<EventNode[]> {
  const nodes: EventNode[] = [];
  for (let after: string | null = null; ; ) {
    const read = await page(client, { filter, first: 100, after });
    nodes.push(...read.nodes);
    if (!read.pageInfo.hasNextPage) return nodes;
    after = read.pageInfo.endCursor;
  }
}

const names = (events: readonly EventNode[]) => events.map(({ name }) => name);

/** As REST has it, which is how its schema describes it. */
async function wireLogOf(client: ApiClient): Promise<Record<string, unknown>[]> {
  const { body } = await new RestClient(server.url, client.key).send('GET', '/v3/events?limit=100');
  return body.data as Record<string, unknown>[];
}

async function cafe(clock?: string): Promise<ApiClient> {
  const client = await server.workspace({ name: 'Café', ...(clock === undefined ? {} : { clock }) });
  await buildProgram(client);
  await buildCustomer(client, 'ada', { name: 'Ada', email: 'ada@example.com', metadata: { city: 'Lodz' } });
  return client;
}

const CLOCK = '2026-05-17T12:00:00.000Z';

describe('what happened', () => {
  test('is told in the order in which it was written, with number and cause', async () => {
    const client = await cafe(CLOCK);
    const before = await logOf(client);
    await earn(client, 'ada', '152.40', { reference: 'ord_1' });
    await client.succeed('spend', { customer: { externalId: 'ada' }, points: 60, reference: 'spend_1' }, 'spend { id }');
    const told = (await logOf(client)).slice(before.length);
    expect(names(told)).toEqual([
      'transaction.created',
      'card.created',
      'points.earned',
      'customer.tier.upgraded',
      'spend.created',
      'points.spent',
      'customer.tier.downgraded',
    ]);
    const numbered = before.filter(({ customerId }) => customerId !== null).length;
    expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => numbered + index + 1));
    expect(told.map(({ cause }) => cause.command)).toEqual(['earn', 'earn', 'earn', 'earn', 'spend', 'spend', 'spend']);
    expect(new Set(told.map(({ cause }) => cause.requestId)).size).toBe(2);
    const keys = (await client.run('{ apiKeys { nodes { id } } }')).apiKeys.nodes;
    expect(new Set(told.map(({ cause }) => cause.apiKeyId))).toEqual(new Set([keys[0].id]));
    expect(new Set(told.map(({ occurredAt }) => occurredAt))).toEqual(new Set([CLOCK]));
  });

  test('is said in the words of the contract', async () => {
    const client = await cafe(CLOCK);
    const { customer, transaction } = await earn(client, 'ada', '152.40', { reference: 'ord_1' });
    const [purchase, opened, points, upgraded] = (await logOf(client, { customerId: customer.id })).slice(-4);
    expect(purchase?.dataJson).toEqual({
      transaction_id: transaction.id,
      customer_id: customer.id,
      source: 'default',
      reference: 'ord_1',
      amount: '152.40',
      currency: 'USD',
      location: null,
      points: 152,
      effective_at: CLOCK,
    });
    expect([opened?.name, opened?.dataJson]).toEqual(['card.created', points?.dataJson]);
    expect(points?.dataJson).toMatchObject({ entry_type: 'EARN', points: 152, balance_after: 152, pending: false, transaction_id: transaction.id });
    expect(upgraded?.dataJson).toMatchObject({
      customer_id: customer.id,
      from_tier: 'Basic',
      to_tier: 'Silver',
      reason: 'POINTS_EARNED',
      measure: 152,
      retraction: false,
      effective_at: CLOCK,
    });
  });

  test('says what was so then: a tier that was renamed since has the name that it had', async () => {
    const client = await server.workspace({ name: 'Renamed' });
    const { tierStructureId } = await buildProgram(client, { structure: { tiers: { Basic: 0, Silver: 100 } } });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '150.00');
    const rules = { tierStructureId, tiers: [{ name: 'Bronze', minPoints: 0 }, { name: 'Argent', minPoints: 100 }] };
    await client.succeed('tierRulesPublish', rules, 'tierStructure { id }');
    const [upgraded] = await logOf(client, { types: ['CUSTOMER_TIER_UPGRADED'] });
    expect(upgraded?.dataJson).toMatchObject({ from_tier: 'Basic', to_tier: 'Silver' });
  });

  test('has typed data in GraphQL', async () => {
    const client = await cafe(CLOCK);
    await earn(client, 'ada', '152.40');
    const { events } = await client.run(
      `{ events(filter: { types: [POINTS_EARNED, CUSTOMER_CREATED, TIER_CREATED] }, last: 3) { nodes { type data {
        ... on PointsEventData { points balanceAfter effectiveAt expiresAt }
        ... on CustomerEventData { externalId name email metadata changedFields }
        ... on ConfigurationEventData { changedFields after }
      } } } }`,
    );
    expect(events.nodes).toEqual([
      { type: 'TIER_CREATED', data: { changedFields: expect.arrayContaining(['minPoints', 'name']), after: expect.objectContaining({ name: 'Platinum' }) } },
      { type: 'CUSTOMER_CREATED', data: { externalId: 'ada', name: 'Ada', email: 'ada@example.com', metadata: { city: 'Lodz' }, changedFields: [] } },
      { type: 'POINTS_EARNED', data: { points: 152, balanceAfter: 152, effectiveAt: CLOCK, expiresAt: null } },
    ]);
  });

  test('has on the wire what the JSON Schema of its type says', async () => {
    const client = await cafe();
    await buildCustomer(client, 'bob');
    const { transaction } = await earn(client, 'ada', '152.40', { location: 'loc_1' });
    await client.succeed('refund', { transaction: { id: transaction.id }, amount: '2.40' }, 'refund { id }');
    const { spend } = await client.succeed('spend', { customer: { externalId: 'ada' }, points: 10 }, 'spend { id }');
    await client.succeed('spendReverse', { spend: { id: spend.id } }, 'spendReversal { id }');
    await client.succeed('pointsAdjust', { customer: { externalId: 'ada' }, points: 5, reason: 'Sorry' }, 'adjustment { id }');
    const transfer = { from: { externalId: 'ada' }, to: { externalId: 'bob' }, points: 7 };
    await client.succeed('pointsTransfer', transfer, 'transfer { id }');
    await client.succeed('activityRecord', { customer: { externalId: 'ada' }, type: 'visit' }, 'activity { id }');
    await client.succeed('customerUpsert', { externalId: 'ada', name: 'Ada L.' }, 'customer { id }');
    const events = await wireLogOf(client);
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThan(20);
    for (const event of events) {
      const validate = ajv.getSchema(`https://voilatier.com/schemas/events/${String(event['type'])}.json`) ?? ajv.compile(schemas[String(event['type'])] ?? {});
      expect([event['type'], validate(event), validate.errors]).toEqual([event['type'], true, null]);
    }
  });
});

describe('a page', () => {
  test('of any size shows every event once, forward and backward, and from any event or cursor on', async () => {
    const client = await cafe();
    for (const amount of ['10.00', '20.00', '300.00']) await earn(client, 'ada', amount);
    const all = await logOf(client);
    for (const first of [1, 2, 7]) {
      const seen: EventNode[] = [];
      for (let after: string | null = null; ; ) {
        const read = await page(client, { first, after });
        seen.push(...read.nodes);
        expect(read.pageInfo.hasPreviousPage).toBe(after !== null);
        after = read.pageInfo.endCursor;
        if (!read.pageInfo.hasNextPage) break;
      }
      expect(seen).toEqual(all);
      const back: EventNode[] = [];
      for (let before: string | null = null; ; ) {
        const read = await page(client, { last: first, before });
        back.unshift(...read.nodes);
        before = read.pageInfo.startCursor;
        if (!read.pageInfo.hasPreviousPage) break;
      }
      expect(back).toEqual(all);
    }
    const { cursors } = await page(client, { first: 100 });
    for (const [index, event] of all.entries()) {
      const rest = all.slice(index + 1);
      expect((await page(client, { first: 100, after: event.id })).nodes).toEqual(rest);
      expect((await page(client, { first: 100, after: cursors[index] })).nodes).toEqual(rest);
      expect((await page(client, { last: 100, before: event.id })).nodes).toEqual(all.slice(0, index));
    }
  });

  test('at the end says from where to go on', async () => {
    const client = await cafe();
    const { pageInfo } = await page(client, { first: 100 });
    expect(await page(client, { after: pageInfo.endCursor })).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false } });
    await earn(client, 'ada', '10.00');
    expect(names((await page(client, { after: pageInfo.endCursor })).nodes)).toEqual(['transaction.created', 'card.created', 'points.earned']);
  });

  test('of a filter that nothing passes goes through the log all the same', async () => {
    const client = await cafe();
    const { nodes, pageInfo } = await page(client, { filter: { types: ['PASS_ISSUED'] } });
    expect(nodes).toEqual([]);
    expect(pageInfo.hasNextPage).toBe(false);
    await earn(client, 'ada', '10.00');
    expect(names((await page(client, { after: pageInfo.endCursor })).nodes)).toEqual(['transaction.created', 'card.created', 'points.earned']);
  });
});

describe('a filter', () => {
  test('takes types, patterns, and a customer', async () => {
    const client = await cafe();
    await buildCustomer(client, 'bob');
    await earn(client, 'ada', '152.40');
    const all = await logOf(client);
    const expectOnly = async (filter: Record<string, unknown>, keep: (event: EventNode) => boolean) => {
      const kept = all.filter(keep);
      expect(kept.length).toBeGreaterThan(0);
      expect(await logOf(client, filter)).toEqual(kept);
    };
    await expectOnly({ types: ['POINTS_EARNED'] }, ({ name }) => name === 'points.earned');
    await expectOnly({ patterns: ['customer.*'] }, ({ name }) => name.startsWith('customer.'));
    await expectOnly({ patterns: ['customer.tier.*', 'tier.created'] }, ({ name }) => name.startsWith('customer.tier.') || name === 'tier.created');
    await expectOnly({ types: ['POINTS_EARNED'], patterns: ['transaction.*'] }, ({ name }) => /^(points\.earned|transaction)/.test(name));
    await expectOnly({ patterns: ['*'] }, () => true);
    const ada = all.find(({ name }) => name === 'points.earned')?.customerId ?? '';
    await expectOnly({ customerId: ada }, ({ customerId }) => customerId === ada);
    expect(await logOf(client, { customerId: 'cust_01h2xcejqtf2nbrexx3vqjhp41' })).toEqual([]);
    expect(await logOf(client, { customerId: 'nonsense' })).toEqual([]);
  });

  test.each([
    ['no types', { types: [] }, ['filter', 'types']],
    ['no patterns', { patterns: [] }, ['filter', 'patterns']],
    ['too many patterns', { patterns: Array.from({ length: 21 }, () => '*') }, ['filter', 'patterns']],
    ['a pattern that names nothing', { patterns: ['customer.*', 'customers.*'] }, ['filter', 'patterns', '1']],
    ['a star in the middle', { patterns: ['customer.*.upgraded'] }, ['filter', 'patterns', '0']],
    ['half a name', { patterns: ['cust*'] }, ['filter', 'patterns', '0']],
    ['a pattern that is too long', { patterns: [`${'a'.repeat(99)}.*`] }, ['filter', 'patterns', '0']],
  ])('with %s is refused', async (_, filter, field) => {
    const { errors } = await (await cafe()).send(EVENTS, { filter });
    expect(errors.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([['INVALID_FILTER', field]]);
  });
});

test('events about API keys are shown to administrators alone', async () => {
  const client = await cafe();
  const reader = (await createKey(client, 'READ')).client;
  const all = await logOf(client);
  expect(names(all).filter((name) => name.startsWith('api_key.'))).toEqual(['api_key.created', 'api_key.created']);
  expect(await logOf(reader)).toEqual(all.filter(({ name }) => !name.startsWith('api_key.')));
  expect(await logOf(reader, { types: ['API_KEY_CREATED', 'CUSTOMER_CREATED'] })).toEqual(all.filter(({ name }) => name === 'customer.created'));
  const aboutKey = all.find(({ name }) => name === 'api_key.created')?.id;
  const NODE = 'query($id: ID!) { node(id: $id) { id } }';
  expect((await client.run(NODE, { id: aboutKey })).node).toEqual({ id: aboutKey });
  expect((await reader.run(NODE, { id: aboutKey })).node).toBeNull();
});

describe('a place that is not there', () => {
  const refusal = async (client: ApiClient, after: string, field = 'after') => {
    const { errors } = await client.send(EVENTS, field === 'after' ? { after } : { last: 1, before: after });
    return errors.map(({ extensions }) => [extensions.code, extensions.field]);
  };

  test('is refused, another workspace’s as one that never was', async () => {
    const client = await cafe();
    const [foreign] = await logOf(await cafe());
    for (const after of [foreign?.id ?? '', 'evt_01h2xcejqtf2nbrexx3vqjhp41']) {
      expect(await refusal(client, after)).toEqual([['EVENTS_REMOVED', ['after']]]);
      expect(await refusal(client, after, 'before')).toEqual([['EVENTS_REMOVED', ['before']]]);
    }
    for (const after of ['', 'x', 'cust_01h2xcejqtf2nbrexx3vqjhp41', 'a'.repeat(3_000)]) {
      expect(await refusal(client, after)).toEqual([['INVALID_CURSOR', ['after']]]);
    }
  });

  test('because its events were old is told, and what is kept has no gap', async () => {
    const client = await cafe();
    const all = await logOf(client);
    const { cursors } = await page(client, { first: 100 });
    const workspaceId = fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
    const DAY_MS = 86_400_000;
    const keep = (days: number) => keepEventLog(new CommandRunner({ database: server.database, clock: () => Date.now() + days * DAY_MS }), workspaceId);
    expect(await keep(89)).toBe(0);
    expect(await logOf(client)).toEqual(all);
    // All but what is written from here on is then 90 days old.
    await server.database.pool.query('UPDATE event_batches SET written_at_us = written_at_us - 91 * 86400000000 WHERE workspace_id = $1', [workspaceId]);
    await earn(client, 'ada', '10.00');
    const { rows: batches } = await server.database.pool.query('SELECT count(*)::int AS count FROM event_batches WHERE workspace_id = $1', [workspaceId]);
    expect(await keep(0)).toBe(batches[0].count - 1);
    const kept = await logOf(client);
    expect(names(kept)).toEqual(['transaction.created', 'card.created', 'points.earned']);
    const { rows } = await server.database.pool.query('SELECT count(*)::int AS count FROM events WHERE workspace_id = $1', [workspaceId]);
    expect(rows).toEqual([{ count: 3 }]);
    expect(await refusal(client, all[0]?.id ?? '')).toEqual([['EVENTS_REMOVED', ['after']]]);
    expect(await refusal(client, cursors[0] ?? '')).toEqual([['EVENTS_REMOVED', ['after']]]);
    expect((await page(client, { last: 100 })).nodes).toEqual(kept);
  });

  test('because the database was set back is told, though its position is given anew', async () => {
    const client = await cafe();
    await earn(client, 'ada', '10.00');
    const { pageInfo } = await page(client, { last: 1 });
    const workspaceId = fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
    // As after a restore of what was there before the purchase.
    await server.database.pool.query(
      `WITH lost AS (DELETE FROM event_batches WHERE workspace_id = $1 AND position = (SELECT last_position FROM event_logs WHERE workspace_id = $1) RETURNING 1)
       UPDATE event_logs SET last_position = last_position - 1 WHERE workspace_id = $1`,
      [workspaceId],
    );
    expect(await refusal(client, pageInfo.endCursor ?? '')).toEqual([['EVENTS_REMOVED', ['after']]]);
    await earn(client, 'ada', '20.00');
    await logOf(client);
    expect(await refusal(client, pageInfo.endCursor ?? '')).toEqual([['EVENTS_REMOVED', ['after']]]);
  });
});
