/** Points given and taken by hand. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { foretold, recorded, refused } from '../support/operations.ts';
import { buildCardDefinition, buildCustomer, buildProgram, buildStructure, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const NOW = '2026-05-17T12:00:00.000Z';

let server: TestServer;
let client: ApiClient;
let cardDefinitionId: string;

beforeAll(async () => {
  server = await startTestServer();
  server.setNow(NOW);
  client = await server.workspace({ timeZone: 'Europe/Warsaw' });
  const card = { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } } };
  ({ cardDefinitionId } = await buildProgram(client, { effectiveAt: '2020-01-01T00:00:00Z', card }));
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(NOW));

describe('an adjustment', () => {
  test('gives to a customer who never had points, as the card says they expire', async () => {
    await buildCustomer(client, 'zoe');
    const answer = await foretold(server, client, 'pointsAdjust', { customer: { externalId: 'zoe' }, points: 120, reason: 'Welcome', cardDefinitionId });
    const cards = [{ balance: 120, pendingBalance: 0, lots: [{ points: 120, expiresOn: '2026-06-17' }] }];
    expect(answer).toEqual({
      customer: { externalId: 'zoe', points: 120, tier: { name: 'Silver' }, cards },
      adjustment: {
        id: expect.stringMatching(/^adj_[0-9a-z]{26}$/),
        customer: { externalId: 'zoe' },
        source: 'default',
        reference: null,
        reason: 'Welcome',
        metadata: {},
        occurredAt: NOW,
        recordedAt: NOW,
        cardDefinition: { name: 'Points' },
        points: 120,
        qualifying: false,
      },
      ledgerEntries: [
        {
          id: expect.stringMatching(/^lent_/),
          type: 'ADJUSTMENT',
          points: 120,
          pending: false,
          sequence: 1,
          balanceAfter: 120,
          occurredAt: NOW,
          recordedAt: NOW,
          expiresAt: '2026-06-17T22:00:00.000Z',
          customer: { externalId: 'zoe', points: 120 },
          card: { balance: 120 },
          operation: { __typename: 'Adjustment', id: answer.adjustment.id },
          transaction: null,
        },
      ],
      tierTransitions: [
        {
          id: expect.stringMatching(/^tran_/),
          type: 'UPGRADED',
          reason: 'POINTS_ADJUSTED',
          fromTier: { name: 'Basic' },
          toTier: { name: 'Silver' },
          measure: 120,
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

  test('takes down to nothing and no further', async () => {
    await buildCustomer(client, 'taken');
    await earn(client, 'taken', '50.00');
    const customer = { externalId: 'taken' };
    const [error] = await refused(server, client, 'pointsAdjust', { customer, points: -51, reason: 'Too much' });
    expect(error).toEqual({ code: 'INSUFFICIENT_POINTS', message: 'There are 50 points available.', field: ['input', 'points'], available: 50 });
    const answer = await foretold(server, client, 'pointsAdjust', { customer, points: -50, reason: 'All' });
    expect([answer.adjustment.points, answer.customer.points, answer.ledgerEntries[0].expiresAt]).toEqual([-50, 0, null]);
    expect((await standingOf(client, 'taken')).cards[0].lots).toEqual([]);
  });

  test('on another card leaves the first alone', async () => {
    const miles = await buildCardDefinition(client, { name: 'Miles' });
    await buildCustomer(client, 'two-cards');
    await earn(client, 'two-cards', '10.00');
    const answer = await foretold(server, client, 'pointsAdjust', { customer: { externalId: 'two-cards' }, points: 7, reason: 'Miles', cardDefinitionId: miles });
    expect([answer.adjustment.cardDefinition.name, answer.customer.points, answer.ledgerEntries[0].card.balance]).toEqual(['Miles', 10, 7]);
    await client.succeed('cardDefinitionDeactivate', { id: miles }, 'cardDefinition { status }');
    // What was collected on a card that is not given any more can still be spent.
    const spent = await recorded(client, 'spend', { customer: { externalId: 'two-cards' }, points: 7, cardDefinitionId: miles });
    expect([spent.customer.points, spent.ledgerEntries[0].balanceAfter]).toEqual([10, 0]);
  });

  test('counts as earned only where it says so', async () => {
    const miles = await buildCardDefinition(client, { name: 'Status miles' });
    const pointEarned = { period: { value: 1, unit: 'YEAR' }, type: 'IMMEDIATELY' };
    await buildStructure(client, miles, { name: 'Status', type: 'POINT_EARNED', pointEarned, tiers: { Member: 0, Star: 100 } });
    await buildCustomer(client, 'counted');
    const adjust = async (points: number, qualifying: boolean) => {
      const { adjustment } = await foretold(server, client, 'pointsAdjust', { customer: { externalId: 'counted' }, points, qualifying, reason: 'Flight', cardDefinitionId: miles });
      const { tiers } = await standingOf(client, 'counted');
      const { measure, tier } = tiers.find(({ tierStructure }: { tierStructure: { name: string } }) => tierStructure.name === 'Status');
      return [adjustment.qualifying, measure, tier.name];
    };
    expect(await adjust(150, false)).toEqual([false, 0, 'Member']);
    expect(await adjust(100, true)).toEqual([true, 100, 'Star']);
    expect(await adjust(-1, false)).toEqual([false, 100, 'Star']);
    expect(await adjust(-1, true)).toEqual([true, 99, 'Member']);
  });

  test('writes an event for what was done and for its entry', async () => {
    await buildCustomer(client, 'events');
    await recorded(client, 'pointsAdjust', { customer: { externalId: 'events' }, points: 5, reason: 'Event' });
    const { rows } = await server.database.pool.query(
      `SELECT type FROM events WHERE customer_id = (SELECT id FROM customers WHERE external_id = 'events') ORDER BY id DESC LIMIT 3`,
    );
    expect(rows.map(({ type }) => type)).toEqual(['points.adjusted', 'card.created', 'adjustment.created']);
  });
});

test('without any card in force there is nothing to adjust or spend', async () => {
  const bare = await server.workspace();
  await buildCustomer(bare, 'ada');
  const adjusted = await refused(server, bare, 'pointsAdjust', { customer: { externalId: 'ada' }, points: 5, reason: 'Gift' });
  const spent = await refused(server, bare, 'spend', { customer: { externalId: 'ada' }, points: 5 });
  expect([...adjusted, ...spent].map(({ code, field }) => [code, field])).toEqual(Array(2).fill(['INVALID_CARD_DEFINITION', ['input', 'cardDefinitionId']]));
});
