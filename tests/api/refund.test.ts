/** Refunds: what a purchase earned is taken back for the money that is given back, however it is sliced. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { foretold, operate, recorded, refused } from '../support/operations.ts';
import type { ProgramPlan } from '../support/program.ts';
import { buildCustomer, buildProgram, buildRule, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf } from '../support/unchanged.ts';

const NOW = '2026-05-17T12:00:00.000Z';
const EFFECTIVE = { effectiveAt: '2020-01-01T00:00:00Z' };

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(NOW));

async function shopWith(plan: ProgramPlan): Promise<ApiClient> {
  server.setNow(NOW);
  const client = await server.workspace();
  await buildProgram(client, { ...EFFECTIVE, ...plan });
  return client;
}

/** A customer with one purchase, whose reference is the customer's own id. */
async function buyer(client: ApiClient, externalId: string, amount: string, more: Record<string, unknown> = {}) {
  await buildCustomer(client, externalId, { joinedAt: '2025-01-01T00:00:00Z' });
  const { transaction } = await earn(client, externalId, amount, { reference: externalId, ...more });
  return { transaction: { id: transaction.id as string } };
}

const spent = (client: ApiClient, externalId: string, points: number) => recorded(client, 'spend', { customer: { externalId }, points });

describe('a refund', () => {
  let client: ApiClient;
  beforeAll(async () => {
    client = await shopWith({});
  });

  test('takes back in part, and tells everything in one round trip', async () => {
    const { transaction } = await buyer(client, 'zoe', '100.00');
    const answer = await foretold(server, client, 'refund', { transaction, amount: '75', reason: 'Returned' });
    expect(answer).toEqual({
      customer: { externalId: 'zoe', points: 25, tier: { name: 'Basic' }, cards: [{ balance: 25, pendingBalance: 0, lots: [{ points: 25, expiresOn: null }] }] },
      refund: {
        id: expect.stringMatching(/^rfnd_[0-9a-z]{26}$/),
        customer: { externalId: 'zoe' },
        source: 'default',
        reference: null,
        reason: 'Returned',
        metadata: {},
        occurredAt: NOW,
        recordedAt: NOW,
        transaction,
        amount: '75.00',
        currency: 'USD',
        lines: [],
        deductions: [{ earnRuleVersion: { number: 1 }, cardDefinition: { name: 'Points' }, points: 75 }],
        revokedPoints: 75,
        cancelledPendingPoints: 0,
        expiredPoints: 0,
        shortfall: 0,
      },
      ledgerEntries: [
        {
          id: expect.stringMatching(/^lent_/),
          type: 'REFUND',
          points: -75,
          pending: false,
          sequence: 2,
          balanceAfter: 25,
          occurredAt: NOW,
          recordedAt: NOW,
          expiresAt: null,
          customer: { externalId: 'zoe', points: 25 },
          card: { balance: 25 },
          operation: { __typename: 'Refund', id: answer.refund.id },
          transaction: { reference: 'zoe' },
        },
      ],
      tierTransitions: [
        {
          id: expect.stringMatching(/^tran_/),
          type: 'DOWNGRADED',
          reason: 'POINTS_REFUNDED',
          fromTier: { name: 'Silver' },
          toTier: { name: 'Basic' },
          measure: 25,
          occurredAt: NOW,
          recordedAt: NOW,
          late: false,
          customer: { externalId: 'zoe' },
        },
      ],
      duplicate: false,
      userErrors: [],
    });
  });

  test('without amount and lines gives back all that is left, once', async () => {
    const { transaction } = await buyer(client, 'all', '100.00');
    await recorded(client, 'refund', { transaction, amount: '0.01' });
    const { refund, customer } = await foretold(server, client, 'refund', { transaction });
    expect([refund.amount, refund.revokedPoints, customer.points]).toEqual(['99.99', 99, 0]);
    const [error] = await refused(server, client, 'refund', { transaction });
    expect(error).toEqual({ code: 'REFUND_EXCEEDS_TRANSACTION', message: 'Of the purchase, 0.00 USD are left to refund.', field: ['input', 'transaction'] });
    expect(problemsOf({ userErrors: await refused(server, client, 'refund', { transaction, amount: '0.01' }) })).toEqual(['REFUND_EXCEEDS_TRANSACTION amount']);
  });

  test('of lines is limited by each of them, and says which they were', async () => {
    const { transaction } = await buyer(client, 'lines', '30.00', { lines: [{ amount: '20.00' }, { amount: '10.00' }] });
    const { refund } = await foretold(server, client, 'refund', { transaction, lines: [{ index: 1, amount: '4' }, { index: 0, amount: '5.5' }] });
    expect([refund.amount, refund.lines, refund.revokedPoints]).toEqual(['9.50', [{ index: 1, amount: '4.00' }, { index: 0, amount: '5.50' }], 10]);
    const [error] = await refused(server, client, 'refund', { transaction, lines: [{ index: 0, amount: '14.50' }, { index: 1, amount: '6.01' }] });
    expect(error?.code).toBe('REFUND_EXCEEDS_TRANSACTION');
    const [line] = await refused(server, client, 'refund', { transaction, lines: [{ index: 1, amount: '6.01' }] });
    expect([line?.message, line?.field]).toEqual(['Of the line, 6.00 USD are left to refund.', ['input', 'lines', '0', 'amount']]);
    const rest = await recorded(client, 'refund', { transaction, lines: [{ index: 0, amount: '14.50' }, { index: 1, amount: '6.00' }] });
    expect([rest.refund.amount, rest.customer.points]).toEqual(['20.50', 0]);
  });

  test('of a purchase that earned nothing, or a part of too little money, is a refund that takes nothing', async () => {
    const { transaction } = await buyer(client, 'little', '0.99');
    const { refund, ledgerEntries } = await foretold(server, client, 'refund', { transaction });
    expect([refund.amount, refund.deductions, refund.revokedPoints, ledgerEntries]).toEqual(['0.99', [], 0, []]);
    const none = await buyer(client, 'none', '0.00');
    expect(problemsOf({ userErrors: await refused(server, client, 'refund', none) })).toEqual(['REFUND_EXCEEDS_TRANSACTION transaction']);
  });

  test('is listed with its purchase, newest first, page by page', async () => {
    const { transaction } = await buyer(client, 'listed', '100.00');
    for (const amount of ['1.00', '2.00', '3.00']) await recorded(client, 'refund', { transaction, amount });
    const { transaction: found } = await client.run(
      `{ transaction(by: { reference: { reference: "listed" } }) {
        refunds(first: 2) { nodes { amount transaction { id } } pageInfo { hasNextPage } } last: refunds(last: 1) { edges { node { amount revokedPoints } } } } }`,
    );
    expect(found).toEqual({
      refunds: { nodes: [{ amount: '3.00', transaction }, { amount: '2.00', transaction }], pageInfo: { hasNextPage: true } },
      last: { edges: [{ node: { amount: '1.00', revokedPoints: 1 } }] },
    });
  });

  test('writes an event for the refund and for each entry', async () => {
    const { transaction } = await buyer(client, 'events', '10.00');
    await recorded(client, 'refund', { transaction });
    const { rows } = await server.database.pool.query(
      `SELECT type FROM events WHERE customer_id = (SELECT id FROM customers WHERE external_id = 'events') ORDER BY id DESC LIMIT 4`,
    );
    expect(rows.map(({ type }) => type)).toEqual(['card.emptied', 'points.revoked', 'transaction.refunded', 'refund.created']);
    const { transaction: other } = await buyer(client, 'some', '10.00');
    await recorded(client, 'refund', { transaction: other, amount: '4.00' });
    await recorded(client, 'refund', { transaction: other });
    const { events } = await client.run('{ events(filter: { patterns: ["transaction.*"] }, last: 2) { nodes { name dataJson } } }');
    expect(events.nodes.map(({ name, dataJson }: { name: string; dataJson: Record<string, unknown> }) => [name, dataJson['refunded_amount']])).toEqual([
      ['transaction.partially_refunded', '4.00'],
      ['transaction.refunded', '6.00'],
    ]);
  });
});

test('ten refunds of 9.99 take as much as one of 99.90', async () => {
  const client = await shopWith({ rule: { rates: [{ currency: 'USD', value: '1', every: '10.00' }] } });
  const { transaction } = await buyer(client, 'sliced', '100.00');
  const taken = [];
  for (let slice = 0; slice < 10; slice += 1) taken.push((await recorded(client, 'refund', { transaction, amount: '9.99' })).refund.revokedPoints);
  expect(taken).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  const whole = await buyer(client, 'whole', '100.00');
  expect((await recorded(client, 'refund', { ...whole, amount: '99.90' })).refund.revokedPoints).toBe(10);
});

test('each rule and each card gives back its own', async () => {
  const client = await shopWith({ structure: null });
  const { cardDefinition } = await client.succeed('cardDefinitionCreate', { name: 'Miles' }, 'cardDefinition { id }');
  await client.succeed('cardDefinitionActivate', { id: cardDefinition.id }, 'cardDefinition { status }');
  await buildRule(client, cardDefinition.id, {}, { name: 'Miles', rates: [{ currency: 'USD', value: '3', every: '1.00' }] }, EFFECTIVE.effectiveAt);
  const { transaction } = await buyer(client, 'both', '10.00');
  const { refund, ledgerEntries } = await foretold(server, client, 'refund', { transaction, amount: '4.00' });
  expect(refund.deductions.map(({ cardDefinition: card, points }: { cardDefinition: { name: string }; points: number }) => [card.name, points])).toEqual([['Points', 4], ['Miles', 12]]);
  expect([refund.revokedPoints, ledgerEntries.map(({ points }: { points: number }) => points)]).toEqual([16, [-4, -12]]);
});

describe('points that are pending', () => {
  test('are cancelled, and active ones are left alone', async () => {
    const client = await shopWith({ card: { activation: { periodBased: { days: 30 } } } });
    const { transaction } = await buyer(client, 'waiting', '100.00');
    await recorded(client, 'pointsAdjust', { customer: { externalId: 'waiting' }, points: 40, reason: 'Active' });
    const { refund, customer, ledgerEntries } = await foretold(server, client, 'refund', { transaction, amount: '60.00' });
    expect([refund.cancelledPendingPoints, refund.revokedPoints, refund.shortfall]).toEqual([60, 0, 0]);
    expect(customer.cards).toEqual([{ balance: 40, pendingBalance: 40, lots: [{ points: 40, expiresOn: null }] }]);
    expect(ledgerEntries.map(({ points, pending }: Record<string, unknown>) => [points, pending])).toEqual([[-60, true]]);
    const { rows } = await server.database.pool.query(`SELECT type FROM events WHERE type LIKE 'points.pending%'`);
    expect(rows).toHaveLength(1);
  });
});

describe('points that were spent', () => {
  test.each([
    ['REVOKE_TO_ZERO', { revokedPoints: 20, shortfall: 80 }, 0, 100],
    ['REVOKE_BELOW_ZERO', { revokedPoints: 100, shortfall: 0 }, -80, 20],
    ['REVOKE_FROM_PENDING', { revokedPoints: 0, shortfall: 100 }, 20, 120],
  ] as const)('with %s', async (refundPolicy, told, points, pointsAfterEarning) => {
    const client = await shopWith({ card: { refundPolicy } });
    const { transaction } = await buyer(client, 'spender', '100.00');
    await spent(client, 'spender', 80);
    const { refund, customer } = await foretold(server, client, 'refund', { transaction });
    expect(refund).toMatchObject({ ...told, cancelledPendingPoints: 0, expiredPoints: 0 });
    expect(customer.points).toBe(points);
    if (points < 0) {
      const [error] = await refused(server, client, 'spend', { customer: { externalId: 'spender' }, points: 1 });
      expect(error).toMatchObject({ code: 'INSUFFICIENT_POINTS', available: 0 });
    }
    expect((await earn(client, 'spender', '100.00')).customer.points).toBe(pointsAfterEarning);
  });

  test('cannot be owed beyond the range of points', async () => {
    const rates = [{ currency: 'USD', value: '900000', every: '0.10' }];
    const client = await shopWith({ card: { refundPolicy: 'REVOKE_BELOW_ZERO' }, structure: null, rule: { rates } });
    const first = await buyer(client, 'owing', '1000000000000.00');
    const customer = { externalId: 'owing' };
    await recorded(client, 'spend', { customer, points: '9000000000000000000' });
    const { transaction } = await earn(client, 'owing', '1000000000000.00');
    await recorded(client, 'spend', { customer, points: '9000000000000000000' });
    expect((await recorded(client, 'refund', first)).customer.points).toBe('-9000000000000000000');
    const [error] = await refused(server, client, 'refund', { transaction: { id: transaction.id } });
    expect(error).toMatchObject({ code: 'POINTS_OUT_OF_RANGE', field: ['input', 'amount'] });
  });
});

test('points that have expired are nothing to take', async () => {
  const client = await shopWith({ card: { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } } } });
  const { transaction } = await buyer(client, 'late', '100.00');
  server.setNow('2026-06-20T12:00:00Z');
  const { refund, customer, ledgerEntries } = await foretold(server, client, 'refund', { transaction });
  expect(refund).toMatchObject({ revokedPoints: 0, expiredPoints: 100, shortfall: 0 });
  expect([customer.points, ledgerEntries.map(({ type }: { type: string }) => type)]).toEqual([0, ['EXPIRATION']]);
});

test('an entry award is clawed back once, and told with the refund', async () => {
  const structure = {
    type: 'POINT_EARNED' as const,
    pointEarned: { period: { value: 1, unit: 'YEAR' }, type: 'IMMEDIATELY' },
    entryAwardOnRefund: 'CLAWBACK' as const,
    tiers: { Basic: 0, Silver: { minPoints: 100, entryAward: { points: 15 } } },
  };
  const client = await shopWith({ structure });
  await buyer(client, 'awarded', '60.00');
  const { transaction, customer: before } = await earn(client, 'awarded', '50.00');
  expect(before).toMatchObject({ points: 125, tier: { name: 'Silver' } });
  const { customer, refund, ledgerEntries } = await foretold(server, client, 'refund', { transaction: { id: transaction.id } });
  expect(customer).toMatchObject({ points: 60, tier: { name: 'Basic' } });
  expect(refund.revokedPoints).toBe(50);
  const entries = ledgerEntries.map(({ type, points, operation }: Record<string, unknown>) => [type, points, operation]);
  const operation = { __typename: 'Refund', id: refund.id };
  expect(entries).toEqual([['REFUND', -50, operation], ['ENTRY_AWARD_CLAWBACK', -15, operation]]);
  expect((await operate(client, 'refund', { transaction: { reference: { reference: 'awarded' } } })).ledgerEntries).toHaveLength(1);
});
