/** Spending points and giving them back: from which lots they come, to which they return, what is told of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { foretold, operate, recorded, refused } from '../support/operations.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf } from '../support/unchanged.ts';

const NOW = '2026-05-17T12:00:00.000Z';
const LATER = '2026-06-15T12:00:00.000Z';
const POINTS_MAX = 2n ** 63n - 1n;

let server: TestServer;
let client: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  server.setNow(NOW);
  client = await server.workspace({ timeZone: 'Europe/Warsaw' });
  const card = { expiration: { rolling: { period: { value: 12, unit: 'MONTH' } } } };
  await buildProgram(client, { effectiveAt: '2020-01-01T00:00:00Z', card });
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(NOW));

/** A customer with 60 points until 1 June and 100 until 1 July. */
async function withTwoLots(externalId: string) {
  await buildCustomer(client, externalId, { joinedAt: '2025-01-01T00:00:00Z' });
  await earn(client, externalId, '100.00', { occurredAt: '2025-07-01T10:00:00Z' });
  await earn(client, externalId, '60.00', { occurredAt: '2025-06-01T10:00:00Z' });
  return { externalId };
}

const lotsOf = async (externalId: string) =>
  (await standingOf(client, externalId)).cards[0].lots.map(({ points, expiresOn }: Record<string, unknown>) => [points, expiresOn]);

describe('spending', () => {
  test('takes from the lots that expire first, and tells everything in one round trip', async () => {
    const customer = await withTwoLots('zoe');
    const input = { customer, points: 80, source: 'pos', reference: 'S-1', reason: 'Free coffee', metadata: { till: 3 } };
    const answer = await foretold(server, client, 'spend', input);
    const told = { externalId: 'zoe', points: 80, tier: { name: 'Basic' } };
    expect(answer).toEqual({
      customer: { ...told, cards: [{ balance: 80, pendingBalance: 0, lots: [{ points: 80, expiresOn: '2026-07-01' }] }] },
      spend: {
        id: expect.stringMatching(/^spnd_[0-9a-z]{26}$/),
        customer: { externalId: 'zoe' },
        source: 'pos',
        reference: 'S-1',
        reason: 'Free coffee',
        metadata: { till: 3 },
        occurredAt: NOW,
        recordedAt: NOW,
        cardDefinition: { name: 'Points' },
        points: 80,
        allocations: [
          { points: 60, expiresOn: '2026-06-01', expiresAt: '2026-06-01T22:00:00.000Z' },
          { points: 20, expiresOn: '2026-07-01', expiresAt: '2026-07-01T22:00:00.000Z' },
        ],
        reversedPoints: 0,
        reversals: { nodes: [] },
      },
      ledgerEntries: [
        {
          id: expect.stringMatching(/^lent_/),
          type: 'SPEND',
          points: -80,
          pending: false,
          sequence: 3,
          balanceAfter: 80,
          occurredAt: NOW,
          recordedAt: NOW,
          expiresAt: null,
          customer: { externalId: 'zoe', points: 80 },
          card: { balance: 80 },
          operation: { __typename: 'Spend', id: answer.spend.id },
          transaction: null,
        },
      ],
      tierTransitions: [
        {
          id: expect.stringMatching(/^tran_/),
          type: 'DOWNGRADED',
          reason: 'POINTS_SPENT',
          fromTier: { name: 'Silver' },
          toTier: { name: 'Basic' },
          measure: 80,
          occurredAt: NOW,
          recordedAt: NOW,
          late: false,
          customer: { externalId: 'zoe' },
        },
      ],
      duplicate: false,
      userErrors: [],
    });
    expect(await lotsOf('zoe')).toEqual([[80, '2026-07-01']]);
  });

  test('all that there is leaves nothing, and one point more than there is is refused with what there is', async () => {
    const customer = await withTwoLots('all');
    const [error, ...others] = await refused(server, client, 'spend', { customer, points: 161 });
    expect([error, others]).toEqual([
      { code: 'INSUFFICIENT_POINTS', message: 'There are 160 points available.', field: ['input', 'points'], available: 160 },
      [],
    ]);
    expect((await recorded(client, 'spend', { customer, points: 160 })).customer.points).toBe(0);
    expect((await refused(server, client, 'spend', { customer, points: 1 }))[0]).toMatchObject({ available: 0 });
  });

  test('with other reasons to be refused says nothing of what there is', async () => {
    const customer = await withTwoLots('other-reasons');
    const errors = await refused(server, client, 'spend', { customer, points: 0, reason: '' });
    expect(errors.map(({ code, available }) => [code, available])).toEqual([['INVALID_POINTS', null], ['INVALID_REASON', null]]);
  });

  test('finds nothing of what has expired, whether or not that was recorded', async () => {
    const customer = await withTwoLots('expired');
    server.setNow(LATER);
    expect((await refused(server, client, 'spend', { customer, points: 101 }))[0]).toMatchObject({ available: 100 });
    const answer = await foretold(server, client, 'spend', { customer, points: 30 });
    const entries = answer.ledgerEntries.map((entry: Record<string, unknown>) => [entry['type'], entry['points'], entry['balanceAfter'], entry['occurredAt'], entry['operation']]);
    expect(entries).toEqual([
      ['EXPIRATION', -60, 100, '2026-06-01T22:00:00.000Z', null],
      ['SPEND', -30, 70, LATER, { __typename: 'Spend', id: answer.spend.id }],
    ]);
    expect(answer.spend.allocations).toEqual([{ points: 30, expiresOn: '2026-07-01', expiresAt: '2026-07-01T22:00:00.000Z' }]);
    // A repeated call is told of the same entries, those of the expiry included.
    const again = { customer, points: 30, reference: 'expired-again' };
    const first = await recorded(client, 'spend', again);
    expect((await operate(client, 'spend', again)).ledgerEntries.map(({ id }: { id: string }) => id)).toEqual(first.ledgerEntries.map(({ id }: { id: string }) => id));
  });

  test('writes an event for what was done and for each entry, which point at what they tell of', async () => {
    const customer = await withTwoLots('events');
    const { spend } = await recorded(client, 'spend', { customer, points: 80 });
    const { spendReversal } = await recorded(client, 'spendReverse', { spend: { id: spend.id } });
    expect(spendReversal.points).toBe(80);
    const { rows } = await server.database.pool.query(
      `SELECT e.type, o.type AS operation, l.type AS entry, t.type AS transition FROM events e
       LEFT JOIN operations o ON o.id::text = e.data ->> 'operationId'
       LEFT JOIN ledger_entries l ON l.id::text = e.data ->> 'ledgerEntryId'
       LEFT JOIN tier_transitions t ON t.id::text = e.data ->> 'tierTransitionId'
       WHERE e.customer_id = (SELECT id FROM customers WHERE external_id = 'events') ORDER BY e.id DESC LIMIT 6`,
    );
    expect(rows.reverse().map(Object.values)).toEqual([
      ['spend.created', 'SPEND', null, null],
      ['points.spent', null, 'SPEND', null],
      ['customer.tier.downgraded', null, null, 'DOWNGRADED'],
      ['spend.reversed', 'SPEND_REVERSAL', null, null],
      ['points.returned', null, 'SPEND_REVERSAL', null],
      ['customer.tier.upgraded', null, null, 'UPGRADED'],
    ]);
  });
});

describe('giving back', () => {
  test('returns to the lots, those taken last first, and expires at once what came too late', async () => {
    const customer = await withTwoLots('back');
    const { spend } = await recorded(client, 'spend', { customer, points: 80, reference: 'back' });
    const first = await foretold(server, client, 'spendReverse', { spend: { id: spend.id }, points: 30, reason: 'Cold coffee' });
    expect(first.spendReversal).toEqual({
      id: expect.stringMatching(/^srev_[0-9a-z]{26}$/),
      customer: { externalId: 'back' },
      source: 'default',
      reference: null,
      reason: 'Cold coffee',
      metadata: {},
      occurredAt: NOW,
      recordedAt: NOW,
      cardDefinition: { name: 'Points' },
      spend: { id: spend.id, reversedPoints: 30 },
      points: 30,
      available: 30,
      expired: 0,
    });
    expect(first.customer.cards).toEqual([
      { balance: 110, pendingBalance: 0, lots: [{ points: 10, expiresOn: '2026-06-01' }, { points: 100, expiresOn: '2026-07-01' }] },
    ]);

    server.setNow(LATER);
    const rest = await foretold(server, client, 'spendReverse', { spend: { reference: { reference: 'back' } } });
    expect(rest.spendReversal).toMatchObject({ points: 50, available: 0, expired: 50, spend: { reversedPoints: 80 } });
    const entries = rest.ledgerEntries.map((entry: Record<string, unknown>) => [entry['type'], entry['points'], entry['balanceAfter'], entry['occurredAt']]);
    expect(entries).toEqual([
      ['EXPIRATION', -10, 100, '2026-06-01T22:00:00.000Z'],
      ['SPEND_REVERSAL', 50, 150, LATER],
      ['EXPIRATION', -50, 100, LATER],
    ]);
    expect(rest.customer.points).toBe(100);
    expect(await lotsOf('back')).toEqual([[100, '2026-07-01']]);

    const { node } = await client.run(
      `query($id: ID!) { node(id: $id) { ... on Spend { reversedPoints points
        reversals(first: 1) { nodes { points } pageInfo { hasNextPage endCursor } } all: reversals { nodes { points expired } } } } }`,
      { id: spend.id },
    );
    expect(node).toMatchObject({
      points: 80,
      reversedPoints: 80,
      reversals: { nodes: [{ points: 50 }], pageInfo: { hasNextPage: true } },
      all: { nodes: [{ points: 50, expired: 50 }, { points: 30, expired: 0 }] },
    });
    expect(problemsOf({ userErrors: await refused(server, client, 'spendReverse', { spend: { id: spend.id } }) })).toEqual(['ALREADY_REVERSED spend']);
    expect(problemsOf({ userErrors: await refused(server, client, 'spendReverse', { spend: { id: spend.id }, points: 1 }) })).toEqual(['ALREADY_REVERSED spend']);
  });

  test('more than is left is refused', async () => {
    const customer = await withTwoLots('left');
    const { spend } = await recorded(client, 'spend', { customer, points: 80 });
    await recorded(client, 'spendReverse', { spend: { id: spend.id }, points: 50 });
    const [error] = await refused(server, client, 'spendReverse', { spend: { id: spend.id }, points: 31 });
    expect(error).toEqual({ code: 'REVERSAL_EXCEEDS_SPEND', message: 'Of the spend, 30 points are left to reverse.', field: ['input', 'points'] });
    expect((await recorded(client, 'spendReverse', { spend: { id: spend.id }, points: 30 })).spendReversal.points).toBe(30);
  });

  test('what would leave the range of points is refused', async () => {
    await buildCustomer(client, 'full');
    const customer = { externalId: 'full' };
    await recorded(client, 'pointsAdjust', { customer, points: String(POINTS_MAX), reason: 'All' });
    const { spend } = await recorded(client, 'spend', { customer, points: 10 });
    await recorded(client, 'pointsAdjust', { customer, points: 1, reason: 'One' });
    const [error] = await refused(server, client, 'spendReverse', { spend: { id: spend.id } });
    expect(error).toMatchObject({ code: 'POINTS_OUT_OF_RANGE', field: ['input', 'points'] });
    expect((await recorded(client, 'spendReverse', { spend: { id: spend.id }, points: 9 })).customer.points).toBe(String(POINTS_MAX));
  });
});

test("a customer's operations are listed newest first, page by page, a transfer with both customers", async () => {
  const customer = await withTwoLots('listed');
  await buildCustomer(client, 'receiver');
  const { spend } = await recorded(client, 'spend', { customer, points: 10 });
  const { spendReversal } = await recorded(client, 'spendReverse', { spend: { id: spend.id } });
  const { adjustment } = await recorded(client, 'pointsAdjust', { customer, points: 4, reason: 'Sorry' });
  const { transfer } = await recorded(client, 'pointsTransfer', { from: customer, to: { externalId: 'receiver' }, points: 5 });
  const { activity } = await recorded(client, 'activityRecord', { customer, type: 'visit' });
  const list = async (externalId: string, args: Record<string, unknown>) =>
    (
      await client.run(
        `query($externalId: String!, $first: Int, $after: String) { customer(by: { externalId: $externalId }) {
          operations(first: $first, after: $after) { edges { cursor node { __typename id reason customer { externalId } } } nodes { id } pageInfo { hasNextPage endCursor } } } }`,
        { externalId, ...args },
      )
    ).customer.operations;
  const all = await list('listed', {});
  expect(all.nodes).toEqual([activity, transfer, adjustment, spendReversal, spend].map(({ id }) => ({ id })));
  expect(all.edges.map(({ node }: { node: { __typename: string } }) => node.__typename)).toEqual(['CustomerActivity', 'Transfer', 'Adjustment', 'SpendReversal', 'Spend']);
  expect(all.edges[2].node).toEqual({ __typename: 'Adjustment', id: adjustment.id, reason: 'Sorry', customer: { externalId: 'listed' } });
  const pages = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await list('listed', { first: 2, after });
    pages.push(page.nodes.map(({ id }: { id: string }) => id));
    [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
  }
  expect(pages).toEqual([[activity.id, transfer.id], [adjustment.id, spendReversal.id], [spend.id]]);
  const received = await list('receiver', {});
  expect(received.edges.map(({ node }: { node: unknown }) => node)).toEqual([{ __typename: 'Transfer', id: transfer.id, reason: null, customer: { externalId: 'listed' } }]);
});
