/** Custom activities: they move no points and push sliding expiries back, late ones as if they had come in time. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { foretold, recorded } from '../support/operations.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const NOW = '2026-05-17T12:00:00.000Z';

let server: TestServer;
let client: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  server.setNow(NOW);
  client = await server.workspace();
  const sliding = { period: { value: 1, unit: 'MONTH' }, earningActivity: true, spendingActivity: true, customActivity: true, customActivityTypes: ['visit'] };
  await buildProgram(client, { effectiveAt: '2020-01-01T00:00:00Z', card: { expiration: { sliding } } });
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(NOW));

const lastDayOf = async (externalId: string) => (await standingOf(client, externalId)).cards[0].lots[0]?.expiresOn;

test('an activity is told in one round trip, and pushes back what slides with it', async () => {
  await buildCustomer(client, 'zoe');
  await earn(client, 'zoe', '10.00');
  server.setNow('2026-06-01T09:00:00Z');
  const occurredAt = '2026-06-01T09:00:00.000Z';
  const input = { customer: { externalId: 'zoe' }, type: 'visit', reference: 'V-1', source: 'door', reason: 'Came by', metadata: { shop: 4 } };
  const answer = await foretold(server, client, 'activityRecord', input);
  expect(answer).toEqual({
    customer: { externalId: 'zoe', points: 10, tier: { name: 'Basic' }, cards: [{ balance: 10, pendingBalance: 0, lots: [{ points: 10, expiresOn: '2026-07-01' }] }] },
    activity: {
      id: expect.stringMatching(/^cact_[0-9a-z]{26}$/),
      customer: { externalId: 'zoe' },
      source: 'door',
      reference: 'V-1',
      reason: 'Came by',
      metadata: { shop: 4 },
      occurredAt,
      recordedAt: occurredAt,
      type: 'visit',
    },
    ledgerEntries: [],
    tierTransitions: [],
    duplicate: false,
    userErrors: [],
  });
  expect(await lastDayOf('zoe')).toBe('2026-07-01');
});

test('an activity of another type pushes nothing back', async () => {
  await buildCustomer(client, 'other');
  await earn(client, 'other', '10.00');
  server.setNow('2026-06-01T09:00:00Z');
  await recorded(client, 'activityRecord', { customer: { externalId: 'other' }, type: 'review' });
  expect(await lastDayOf('other')).toBe('2026-06-17');
});

test('a late activity saves points that had expired without it, and tells so', async () => {
  await buildCustomer(client, 'late');
  await earn(client, 'late', '100.00');
  server.setNow('2026-07-01T12:00:00Z');
  // Recorded as expired on 18 June by the next purchase.
  expect((await earn(client, 'late', '1.00')).customer).toMatchObject({ points: 1, tier: { name: 'Basic' } });
  const input = { customer: { externalId: 'late' }, type: 'visit', occurredAt: '2026-06-10T10:00:00Z' };
  const answer = await foretold(server, client, 'activityRecord', input);
  expect(answer.activity).toMatchObject({ occurredAt: '2026-06-10T10:00:00.000Z', recordedAt: '2026-07-01T12:00:00.000Z' });
  expect(answer.customer).toMatchObject({ points: 101, tier: { name: 'Silver' } });
  const entries = answer.ledgerEntries.map(({ type, points, balanceAfter, occurredAt }: Record<string, unknown>) => [type, points, balanceAfter, occurredAt]);
  expect(entries).toEqual([['EXPIRATION', 100, 101, '2026-06-18T00:00:00.000Z']]);
  expect(answer.tierTransitions.length).toBeGreaterThan(0);
  expect(answer.tierTransitions.every(({ late }: { late: boolean }) => late)).toBe(true);
  expect((await standingOf(client, 'late')).points).toBe(101);
});

test('writes one event', async () => {
  await buildCustomer(client, 'events');
  await recorded(client, 'activityRecord', { customer: { externalId: 'events' }, type: 'visit' });
  const { rows } = await server.database.pool.query(
    `SELECT e.type, o.type AS operation FROM events e LEFT JOIN operations o ON o.id::text = e.data ->> 'operationId'
     WHERE e.customer_id = (SELECT id FROM customers WHERE external_id = 'events') ORDER BY e.id DESC LIMIT 2`,
  );
  expect(rows.map(Object.values)).toEqual([['customer.activity.recorded', 'ACTIVITY'], ['customer.tier.joined', null]]);
});
