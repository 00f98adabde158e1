/** Points that one customer gives to another. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { foretold, operate, recorded, refused } from '../support/operations.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const NOW = '2026-05-17T12:00:00.000Z';
const LATER = '2026-06-10T12:00:00.000Z';

let server: TestServer;
let client: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  server.setNow(NOW);
  client = await server.workspace();
  const card = { expiration: { rolling: { period: { value: 12, unit: 'MONTH' } } } };
  await buildProgram(client, { effectiveAt: '2020-01-01T00:00:00Z', card });
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(NOW));

const joined = (externalId: string) => buildCustomer(client, externalId, { joinedAt: '2025-01-01T00:00:00Z' });

describe('a transfer', () => {
  test('moves points with their expiry, and tells of both customers in one round trip', async () => {
    await joined('zoe');
    await joined('ben');
    await earn(client, 'zoe', '60.00', { occurredAt: '2025-06-01T10:00:00Z' });
    await earn(client, 'zoe', '100.00', { occurredAt: '2025-07-01T10:00:00Z' });
    await earn(client, 'ben', '70.00', { occurredAt: '2025-07-01T20:00:00Z' });
    const input = { from: { externalId: 'zoe' }, to: { externalId: 'ben' }, points: 80, reason: 'Gift' };
    const answer = await foretold(server, client, 'pointsTransfer', input);
    const { id } = answer.transfer;
    const entry = { id: expect.stringMatching(/^lent_/), pending: false, occurredAt: NOW, recordedAt: NOW, expiresAt: null, transaction: null };
    const transition = { id: expect.stringMatching(/^tran_/), reason: 'POINTS_TRANSFERRED', occurredAt: NOW, recordedAt: NOW, late: false };
    const [basic, silver] = [{ name: 'Basic' }, { name: 'Silver' }];
    expect(answer).toEqual({
      from: { externalId: 'zoe', points: 80, tier: basic, cards: [{ balance: 80, pendingBalance: 0, lots: [{ points: 80, expiresOn: '2026-07-01' }] }] },
      to: {
        externalId: 'ben',
        points: 150,
        tier: silver,
        cards: [{ balance: 150, pendingBalance: 0, lots: [{ points: 60, expiresOn: '2026-06-01' }, { points: 90, expiresOn: '2026-07-01' }] }],
      },
      transfer: {
        id: expect.stringMatching(/^xfer_[0-9a-z]{26}$/),
        customer: { externalId: 'zoe' },
        source: 'default',
        reference: null,
        reason: 'Gift',
        metadata: {},
        occurredAt: NOW,
        recordedAt: NOW,
        cardDefinition: { name: 'Points' },
        from: { externalId: 'zoe' },
        to: { externalId: 'ben' },
        points: 80,
        allocations: [
          { points: 60, expiresOn: '2026-06-01', expiresAt: '2026-06-02T00:00:00.000Z' },
          { points: 20, expiresOn: '2026-07-01', expiresAt: '2026-07-02T00:00:00.000Z' },
        ],
      },
      ledgerEntries: [
        { ...entry, type: 'TRANSFER_OUT', points: -80, sequence: 3, balanceAfter: 80, customer: { externalId: 'zoe', points: 80 }, card: { balance: 80 }, operation: { __typename: 'Transfer', id } },
        { ...entry, type: 'TRANSFER_IN', points: 80, sequence: 2, balanceAfter: 150, customer: { externalId: 'ben', points: 150 }, card: { balance: 150 }, operation: { __typename: 'Transfer', id } },
      ],
      tierTransitions: [
        { ...transition, type: 'DOWNGRADED', fromTier: silver, toTier: basic, measure: 80, customer: { externalId: 'zoe' } },
        { ...transition, type: 'UPGRADED', fromTier: basic, toTier: silver, measure: 150, customer: { externalId: 'ben' } },
      ],
      duplicate: false,
      userErrors: [],
    });
    expect((await standingOf(client, 'ben')).points).toBe(150);
  });

  test('to a customer who never had points opens a card', async () => {
    await joined('giver');
    await buildCustomer(client, 'newcomer');
    await earn(client, 'giver', '10.00');
    const answer = await foretold(server, client, 'pointsTransfer', { from: { externalId: 'giver' }, to: { externalId: 'newcomer' }, points: 10 });
    expect([answer.from.points, answer.to.points]).toEqual([0, 10]);
    expect(answer.ledgerEntries.map(({ sequence, card }: Record<string, unknown>) => [sequence, card])).toEqual([[2, { balance: 0 }], [1, { balance: 10 }]]);
  });

  test('of more than there is is refused with what the giver has', async () => {
    await joined('poor');
    await joined('rich');
    await earn(client, 'poor', '10.00');
    await earn(client, 'rich', '1000.00');
    const [error] = await refused(server, client, 'pointsTransfer', { from: { externalId: 'poor' }, to: { externalId: 'rich' }, points: 11 });
    expect(error).toEqual({ code: 'INSUFFICIENT_POINTS', message: 'There are 10 points available.', field: ['input', 'points'], available: 10 });
  });

  test('is told with what became true meanwhile for either customer, and the same when it is repeated', async () => {
    for (const name of ['left', 'right']) {
      await joined(name);
      await earn(client, name, '30.00', { occurredAt: '2025-06-01T10:00:00Z' });
      await earn(client, name, '40.00', { occurredAt: '2025-08-01T10:00:00Z' });
    }
    server.setNow(LATER);
    const input = { from: { externalId: 'left' }, to: { externalId: 'right' }, points: 25, reference: 'both' };
    const first = await foretold(server, client, 'pointsTransfer', input);
    const told = ({ ledgerEntries }: { ledgerEntries: Record<string, Record<string, unknown>>[] }) =>
      ledgerEntries.map(({ customer, type, points, balanceAfter }) => [customer?.['externalId'], type, points, balanceAfter]);
    expect(told(first)).toEqual([
      ['left', 'EXPIRATION', -30, 40],
      ['left', 'TRANSFER_OUT', -25, 15],
      ['right', 'EXPIRATION', -30, 40],
      ['right', 'TRANSFER_IN', 25, 65],
    ]);
    const again = await operate(client, 'pointsTransfer', input);
    expect([again.duplicate, again.transfer, told(again)]).toEqual([true, first.transfer, told(first)]);
    expect([again.from, again.to]).toEqual([first.from, first.to]);
  });

  test('writes events for both customers, each with its own', async () => {
    await joined('sends');
    await joined('gets');
    await earn(client, 'sends', '10.00');
    await recorded(client, 'pointsTransfer', { from: { externalId: 'sends' }, to: { externalId: 'gets' }, points: 10 });
    const { rows } = await server.database.pool.query(
      `SELECT c.external_id, e.type, coalesce(o.type, l.type) AS row FROM events e JOIN customers c ON c.id = e.customer_id
       LEFT JOIN operations o ON o.id::text = e.data ->> 'operationId' AND o.customer_id = c.id
       LEFT JOIN ledger_entries l ON l.id::text = e.data ->> 'ledgerEntryId' AND l.customer_id = c.id
       WHERE c.external_id IN ('sends', 'gets') ORDER BY e.id DESC LIMIT 6`,
    );
    expect(rows.reverse().map(Object.values)).toEqual([
      ['sends', 'transfer.sent', 'TRANSFER_OUT'],
      ['gets', 'transfer.received', 'TRANSFER_IN'],
      ['sends', 'points.transferred_out', 'TRANSFER_OUT'],
      ['sends', 'card.emptied', 'TRANSFER_OUT'],
      ['gets', 'card.created', 'TRANSFER_IN'],
      ['gets', 'points.transferred_in', 'TRANSFER_IN'],
    ]);
  });
});
