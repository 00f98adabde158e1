import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, countRows, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/**
 * A coffee shop in New York, from November 2023 to April 2026. Points last twelve months, the tier follows the
 * balance, and a Pot earns half as much again. No job ever runs. In between lie five changes of the clocks and
 * a 29 February; purchases come at the hour that happens twice and right after the one that does not.
 */

let server: TestServer;
let shop: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  server.setNow('2023-11-01T00:00:00-04:00');
  shop = await server.workspace({ name: 'Corner Coffee', timeZone: 'America/New_York' });
  await buildProgram(shop, {
    card: { name: 'Beans', expiration: { rolling: { period: { value: 12, unit: 'MONTH' } } } },
    structure: { tiers: { Bean: 0, Cup: 60, Pot: 120 } },
    rule: { tierMultipliers: { Pot: '1.5' } },
  });
  await buildCustomer(shop, 'ada', { name: 'Ada', joinedAt: '2023-11-01T00:00:00-04:00' });
  await buildCustomer(shop, 'grace', { name: 'Grace', joinedAt: '2023-11-01T00:00:00-04:00' });
});
afterAll(() => server.stop());

/** When, for how much, for how many points; the balance after it. */
const PURCHASES: readonly [at: string, amount: string, points: number, balance: number][] = [
  // One o'clock comes twice on 5 November: one date, one lot.
  ['2023-11-05T01:30:00-04:00', '20.00', 20, 20],
  ['2023-11-05T01:30:00-05:00', '20.00', 20, 40],
  ['2023-12-15T12:00:00-05:00', '30.00', 30, 70],
  ['2024-01-31T18:00:00-05:00', '25.00', 25, 95],
  ['2024-02-29T09:00:00-05:00', '29.00', 29, 124],
  // Two o'clock does not come on 10 March. A Pot by now: 10.00 are 15 points, 14.50 are 21.75, which are 21.
  ['2024-03-10T03:30:00-04:00', '10.00', 15, 139],
  ['2024-04-30T08:15:00-04:00', '14.50', 21, 160],
  ['2024-09-01T09:00:00-04:00', '8.00', 12, 172],
  ['2024-11-03T01:15:00-04:00', '6.00', 9, 181],
  // A Cup again, in the last millisecond of the year.
  ['2024-12-31T23:59:59.999-05:00', '7.00', 7, 118],
  ['2025-03-09T01:59:59-05:00', '55.00', 55, 119],
  ['2025-03-09T03:00:00-04:00', '1.00', 1, 120],
  ['2025-12-24T17:00:00-05:00', '10.00', 10, 73],
  ['2026-02-14T10:00:00-05:00', '100.00', 100, 166],
];

/** What Ada reads on the first of each month, at its first instant: what ended with the day before is gone. */
const MONTHS: readonly [at: string, points: number, tier: string, lots: number][] = [
  ['2023-12-01T00:00:00-05:00', 40, 'Bean', 1],
  ['2024-01-01T00:00:00-05:00', 70, 'Cup', 2],
  ['2024-02-01T00:00:00-05:00', 95, 'Cup', 3],
  ['2024-03-01T00:00:00-05:00', 124, 'Pot', 4],
  ['2024-04-01T00:00:00-04:00', 139, 'Pot', 5],
  ['2024-05-01T00:00:00-04:00', 160, 'Pot', 6],
  ['2024-06-01T00:00:00-04:00', 160, 'Pot', 6],
  ['2024-07-01T00:00:00-04:00', 160, 'Pot', 6],
  ['2024-08-01T00:00:00-04:00', 160, 'Pot', 6],
  ['2024-09-01T00:00:00-04:00', 160, 'Pot', 6],
  ['2024-10-01T00:00:00-04:00', 172, 'Pot', 7],
  ['2024-11-01T00:00:00-04:00', 172, 'Pot', 7],
  ['2024-12-01T00:00:00-05:00', 141, 'Pot', 7],
  ['2025-01-01T00:00:00-05:00', 118, 'Cup', 7],
  ['2025-02-01T00:00:00-05:00', 93, 'Cup', 6],
  ['2025-03-01T00:00:00-05:00', 64, 'Cup', 5],
  ['2025-04-01T00:00:00-04:00', 105, 'Cup', 5],
  ['2025-05-01T00:00:00-04:00', 84, 'Cup', 4],
  ['2025-06-01T00:00:00-04:00', 84, 'Cup', 4],
  ['2025-07-01T00:00:00-04:00', 84, 'Cup', 4],
  ['2025-08-01T00:00:00-04:00', 84, 'Cup', 4],
  ['2025-09-01T00:00:00-04:00', 84, 'Cup', 4],
  ['2025-10-01T00:00:00-04:00', 72, 'Cup', 3],
  ['2025-11-01T00:00:00-04:00', 72, 'Cup', 3],
  ['2025-12-01T00:00:00-05:00', 63, 'Cup', 2],
  ['2026-01-01T00:00:00-05:00', 66, 'Cup', 2],
  ['2026-02-01T00:00:00-05:00', 66, 'Cup', 2],
  ['2026-03-01T00:00:00-05:00', 166, 'Pot', 3],
  ['2026-04-01T00:00:00-04:00', 110, 'Cup', 2],
];

test('Ada comes for 29 months, and every month her points and her tier are what they must be', async () => {
  const days = [
    ...PURCHASES.map((purchase) => ({ at: purchase[0], purchase, month: null })),
    ...MONTHS.map((month) => ({ at: month[0], month, purchase: null })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const { at, purchase, month } of days) {
    server.setNow(at);
    if (purchase !== null) {
      const [, amount, points, balance] = purchase;
      const { awards, customer, userErrors } = await earn(shop, 'ada', amount);
      expect({ at, userErrors, points: awards[0]?.points, balance: customer?.points }).toEqual({ at, userErrors: [], points, balance });
    } else {
      const [, points, tier, lots] = month;
      const rows = await countRows(server.database);
      const seen = await standingOf(shop, 'ada');
      expect({ at, points: seen.points, tier: seen.tier.name, lots: seen.cards[0].lots.length }).toEqual({ at, points, tier, lots });
      expect(seen.cards[0].lots.reduce((sum: number, lot: { points: number }) => sum + lot.points, 0)).toBe(points);
      expect(await countRows(server.database)).toEqual(rows);
    }
  }
});

test('one last coffee writes down all that had become true, when it did', async () => {
  server.setNow('2026-04-01T08:00:00-04:00');
  await earn(shop, 'ada', '1.00');
  const { points, ledgerEntries, tierTransitions } = await standingOf(shop, 'ada');
  expect(points).toBe(111);

  const entries = ledgerEntries.nodes.toReversed();
  expect(entries.map(({ sequence }: { sequence: number }) => sequence)).toEqual(entries.map((_: unknown, index: number) => index + 1));
  const expired = entries.filter(({ type }: { type: string }) => type === 'EXPIRATION');
  expect(expired.map((entry: { points: number; occurredAt: string }) => [entry.points, entry.occurredAt])).toEqual([
    [-40, '2024-11-06T05:00:00.000Z'],
    [-30, '2024-12-16T05:00:00.000Z'],
    [-25, '2025-02-01T05:00:00.000Z'],
    [-29, '2025-03-01T05:00:00.000Z'],
    [-15, '2025-03-11T04:00:00.000Z'],
    [-21, '2025-05-01T04:00:00.000Z'],
    [-12, '2025-09-02T04:00:00.000Z'],
    [-9, '2025-11-04T05:00:00.000Z'],
    [-7, '2026-01-01T05:00:00.000Z'],
    [-56, '2026-03-10T04:00:00.000Z'],
  ]);
  expect(entries.at(-1)).toMatchObject({ type: 'EARN', points: 1, balanceAfter: 111 });

  type Transition = { type: string; toTier: { name: string }; measure: number; occurredAt: string };
  const transitions = tierTransitions.nodes.toReversed() as Transition[];
  expect(transitions.map(({ type, toTier, measure, occurredAt }) => [type, toTier.name, measure, occurredAt])).toEqual([
    ['JOINED', 'Bean', 0, '2023-11-01T04:00:00.000Z'],
    ['UPGRADED', 'Cup', 70, '2023-12-15T17:00:00.000Z'],
    ['UPGRADED', 'Pot', 124, '2024-02-29T14:00:00.000Z'],
    ['DOWNGRADED', 'Cup', 111, '2024-12-16T05:00:00.000Z'],
    ['UPGRADED', 'Pot', 120, '2025-03-09T07:00:00.000Z'],
    ['DOWNGRADED', 'Cup', 105, '2025-03-11T04:00:00.000Z'],
    ['UPGRADED', 'Pot', 166, '2026-02-14T15:00:00.000Z'],
    ['DOWNGRADED', 'Cup', 110, '2026-03-10T04:00:00.000Z'],
  ]);
});

test('Grace came on 29 February 2024 and never again: what she sees is right years later, though nothing was written', async () => {
  const { database } = server;
  server.setNow('2026-04-02T08:00:00-04:00');
  // The receipt was found in a drawer, two years late: credited then, expired then, a Cup for a year.
  const late = await earn(shop, 'grace', '60.00', { occurredAt: '2024-02-29T23:30:00-05:00', reference: 'drawer' });
  expect(late.customer.points).toBe(0);
  expect(late.tierTransitions.map(({ type, occurredAt }: { type: string; occurredAt: string }) => [type, occurredAt])).toEqual([
    ['UPGRADED', '2024-03-01T04:30:00.000Z'],
    ['DOWNGRADED', '2025-03-01T05:00:00.000Z'],
  ]);
  const rows = await countRows(database);
  server.setNow('2036-01-01T00:00:00-05:00');
  expect(await standingOf(shop, 'grace')).toMatchObject({ points: 0, tier: { name: 'Bean' }, cards: [{ balance: 0, lots: [] }] });
  expect(await standingOf(shop, 'ada')).toMatchObject({ points: 0, tier: { name: 'Bean' } });
  expect(await countRows(database)).toEqual(rows);
});
