import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/**
 * An airline in Berlin, from January 2024 to January 2027. Miles never expire; status is what was earned in the
 * calendar year, lasts a year from when it was reached, and goes down a level at a time.
 */

const TIME_ZONE = 'Europe/Berlin';

let server: TestServer;
let airline: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function found(): Promise<void> {
  server.setNow('2024-01-01T00:00:00+01:00');
  airline = await server.workspace({ name: 'Air', timeZone: TIME_ZONE });
  await buildProgram(airline, {
    card: { name: 'Miles' },
    structure: {
      type: 'POINT_EARNED',
      pointEarned: { period: { value: 1, unit: 'YEAR' } },
      expiration: { rollingExpiration: { period: { value: 1, unit: 'YEAR' } } },
      downgrade: { singleLevel: {} },
      tiers: { Blue: 0, Silver: 400, Gold: 800, Platinum: 1600 },
    },
    rule: { rates: [{ currency: 'EUR', value: '1', every: '1.00' }], tierMultipliers: { Silver: '1.25', Gold: '1.5', Platinum: '2' } },
  });
  server.setNow('2024-01-15T12:00:00+01:00');
  await buildCustomer(airline, 'amelia');
}

/** When, for how much, for how many miles: 1.25 as many in Silver, 1.5 in Gold. */
const FLIGHTS: readonly [at: string, amount: string, miles: number][] = [
  ['2024-02-29T10:00:00+01:00', '400.00', 400],
  ['2024-06-10T07:30:00+02:00', '320.00', 400],
  // In UTC it is still 2024 when the next year's begin; here it is not.
  ['2024-12-31T23:30:00+01:00', '100.00', 150],
  // The day has 23 hours; the night of 26 October has the same hour twice, and this is the second time.
  ['2025-03-30T03:30:00+02:00', '200.00', 300],
  ['2025-10-26T02:30:00+01:00', '100.00', 125],
  ['2026-05-01T12:00:00+02:00', '80.00', 100],
  ['2026-09-01T12:00:00+02:00', '300.00', 300],
];

const BLUE_2025 = ['Blue', '2025-01-15T23:00:00.000Z'] as const;
const SILVER_2025 = ['Silver', '2025-02-28T23:00:00.000Z'] as const;
const GOLD_2025 = ['Gold', '2025-06-10T22:00:00.000Z'] as const;
const SILVER_2026 = ['Silver', '2026-06-10T22:00:00.000Z'] as const;
const BLUE_2027 = ['Blue', '2027-06-10T22:00:00.000Z'] as const;
const SILVER_2027 = ['Silver', '2027-09-01T22:00:00.000Z'] as const;

/** What Amelia reads at the first instant of each month: miles, miles of the year, status, and when it ends. */
const MONTHS: readonly [at: string, miles: number, ofTheYear: number, tier: string, expiresAt: string][] = [
  ['2024-02-01T00:00:00+01:00', 0, 0, ...BLUE_2025],
  ['2024-03-01T00:00:00+01:00', 400, 400, ...SILVER_2025],
  ['2024-04-01T00:00:00+02:00', 400, 400, ...SILVER_2025],
  ['2024-05-01T00:00:00+02:00', 400, 400, ...SILVER_2025],
  ['2024-06-01T00:00:00+02:00', 400, 400, ...SILVER_2025],
  ['2024-07-01T00:00:00+02:00', 800, 800, ...GOLD_2025],
  ['2024-08-01T00:00:00+02:00', 800, 800, ...GOLD_2025],
  ['2024-09-01T00:00:00+02:00', 800, 800, ...GOLD_2025],
  ['2024-10-01T00:00:00+02:00', 800, 800, ...GOLD_2025],
  ['2024-11-01T00:00:00+01:00', 800, 800, ...GOLD_2025],
  ['2024-12-01T00:00:00+01:00', 800, 800, ...GOLD_2025],
  ['2025-01-01T00:00:00+01:00', 950, 0, ...GOLD_2025],
  ['2025-02-01T00:00:00+01:00', 950, 0, ...GOLD_2025],
  ['2025-03-01T00:00:00+01:00', 950, 0, ...GOLD_2025],
  ['2025-04-01T00:00:00+02:00', 1250, 300, ...GOLD_2025],
  ['2025-05-01T00:00:00+02:00', 1250, 300, ...GOLD_2025],
  ['2025-06-01T00:00:00+02:00', 1250, 300, ...GOLD_2025],
  ['2025-07-01T00:00:00+02:00', 1250, 300, ...SILVER_2026],
  ['2025-08-01T00:00:00+02:00', 1250, 300, ...SILVER_2026],
  ['2025-09-01T00:00:00+02:00', 1250, 300, ...SILVER_2026],
  ['2025-10-01T00:00:00+02:00', 1250, 300, ...SILVER_2026],
  ['2025-11-01T00:00:00+01:00', 1375, 425, ...SILVER_2026],
  ['2025-12-01T00:00:00+01:00', 1375, 425, ...SILVER_2026],
  ['2026-01-01T00:00:00+01:00', 1375, 0, ...SILVER_2026],
  ['2026-02-01T00:00:00+01:00', 1375, 0, ...SILVER_2026],
  ['2026-03-01T00:00:00+01:00', 1375, 0, ...SILVER_2026],
  ['2026-04-01T00:00:00+02:00', 1375, 0, ...SILVER_2026],
  ['2026-05-01T00:00:00+02:00', 1375, 0, ...SILVER_2026],
  ['2026-06-01T00:00:00+02:00', 1475, 100, ...SILVER_2026],
  ['2026-07-01T00:00:00+02:00', 1475, 100, ...BLUE_2027],
  ['2026-08-01T00:00:00+02:00', 1475, 100, ...BLUE_2027],
  ['2026-09-01T00:00:00+02:00', 1475, 100, ...BLUE_2027],
  ['2026-10-01T00:00:00+02:00', 1775, 400, ...SILVER_2027],
  ['2026-11-01T00:00:00+01:00', 1775, 400, ...SILVER_2027],
  ['2026-12-01T00:00:00+01:00', 1775, 400, ...SILVER_2027],
  ['2027-01-01T00:00:00+01:00', 1775, 0, ...SILVER_2027],
];

type Transition = { type: string; toTier: { name: string }; measure: number; occurredAt: string; late: boolean; retraction: boolean };

async function transitionsOf(): Promise<Transition[]> {
  return (await standingOf(airline, 'amelia')).tierTransitions.nodes.toReversed() as Transition[];
}

async function fly([at, amount, miles]: (typeof FLIGHTS)[number]): Promise<void> {
  server.setNow(at);
  const { awards, userErrors } = await earn(airline, 'amelia', amount, { currency: 'EUR' });
  expect({ at, userErrors, miles: awards[0]?.points }).toEqual({ at, userErrors: [], miles });
}

test('Amelia flies for three years, and every month her status is what it must be', async () => {
  await found();
  const days = [
    ...FLIGHTS.map((flight) => ({ at: flight[0], flight, month: null })),
    ...MONTHS.map((month) => ({ at: month[0], month, flight: null })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const { at, flight, month } of days) {
    if (flight !== null) {
      await fly(flight);
    } else {
      server.setNow(at);
      const [, points, measure, tier, expiresAt] = month;
      const seen = await standingOf(airline, 'amelia');
      const [membership] = seen.tiers;
      expect({ at, points: seen.points, measure: membership.measure, tier: seen.tier.name, expiresAt: membership.expiresAt }).toEqual({
        at,
        points,
        measure,
        tier,
        expiresAt,
      });
    }
  }
  const transitions = await transitionsOf();
  expect(transitions.map(({ type, toTier, measure, occurredAt }) => [type, toTier.name, measure, occurredAt])).toEqual([
    ['JOINED', 'Blue', 0, '2024-01-15T11:00:00.000Z'],
    ['UPGRADED', 'Silver', 400, '2024-02-29T09:00:00.000Z'],
    ['UPGRADED', 'Gold', 800, '2024-06-10T05:30:00.000Z'],
    // Judged by the year that holds the last day of the status: 300 do not even keep Silver, but it is one level at a time.
    ['DOWNGRADED', 'Silver', 300, '2025-06-10T22:00:00.000Z'],
    ['DOWNGRADED', 'Blue', 100, '2026-06-10T22:00:00.000Z'],
    ['UPGRADED', 'Silver', 400, '2026-09-01T10:00:00.000Z'],
  ]);
  expect(transitions.some(({ late, retraction }) => late || retraction)).toBe(false);
});

test('a partner reports a flight half a year late: Gold is kept as of then, and miles that were given stay as they were', async () => {
  await found();
  for (const flight of FLIGHTS.slice(0, 5)) await fly(flight);
  server.setNow('2026-01-20T09:00:00+01:00');
  expect((await standingOf(airline, 'amelia')).tier.name).toBe('Silver');

  // Gold when she flew: 400.00 are 600 miles, and with them 900 in 2025 by 10 June.
  const late = await earn(airline, 'amelia', '400.00', { currency: 'EUR', occurredAt: '2025-06-01T12:00:00+02:00' });
  expect(late.awards).toMatchObject([{ points: 600, multiplier: '1.5' }]);
  expect(late.customer).toMatchObject({ points: 1975, tier: { name: 'Gold' } });
  expect(late.tierTransitions).toMatchObject([
    { type: 'DOWNGRADED', toTier: { name: 'Silver' }, measure: 300, occurredAt: '2025-06-10T22:00:00.000Z', late: true, retraction: true },
    { type: 'PROLONGED', toTier: { name: 'Gold' }, measure: 900, occurredAt: '2025-06-10T22:00:00.000Z', late: true, retraction: false },
  ]);
  const { ledgerEntries, tiers } = await standingOf(airline, 'amelia');
  expect(ledgerEntries.nodes.map(({ points }: { points: number }) => points)).toEqual([600, 125, 300, 150, 400, 400]);
  expect(tiers).toMatchObject([{ tier: { name: 'Gold' }, since: '2025-06-10T22:00:00.000Z', expiresAt: '2026-06-10T22:00:00.000Z', measure: 0 }]);

  // As Gold, 80.00 are 120 miles now; in June she goes down to Silver, not to Blue.
  await fly(['2026-05-01T12:00:00+02:00', '80.00', 120]);
  server.setNow('2026-06-10T23:59:59.999+02:00');
  expect((await standingOf(airline, 'amelia')).tier.name).toBe('Gold');
  server.setNow('2026-06-11T00:00:00+02:00');
  expect((await standingOf(airline, 'amelia')).tiers).toMatchObject([
    { tier: { name: 'Silver' }, since: '2026-06-10T22:00:00.000Z', expiresAt: '2027-06-10T22:00:00.000Z' },
  ]);
  expect((await transitionsOf()).filter(({ retraction }) => retraction)).toHaveLength(1);
});
