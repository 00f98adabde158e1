import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import type { ProgramPlan } from '../support/program.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/** Where a customer stands, what can be reached from there and what is at risk, on a clock that is moved; no job runs. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => server.setNow('2026-07-20T12:00:00Z'));

const PROGRESS = `query($externalId: String) { customer(by: { externalId: $externalId }) { tiers {
  tier { name } since expiresAt graceEndsAt revision measure windowStartsAt windowEndsAt
  deferred { tier { name } effectiveAt }
  opportunities { tier { name } missingPoints validUntil }
  risk { type at on fromTier { name } toTier { name } pointsToStay windowStartsAt windowEndsAt }
} } }`;

async function progressOf(client: ApiClient, externalId = 'ada') {
  const [standing] = (await client.run(PROGRESS, { externalId })).customer.tiers;
  return standing;
}

/** A workspace with the program and the customer `ada`, as of the server's clock. */
async function program(plan: ProgramPlan): Promise<ApiClient> {
  const client = await server.workspace();
  await buildProgram(client, plan);
  await buildCustomer(client, 'ada');
  return client;
}

const MONTH = { value: 1, unit: 'MONTH' };
const YEAR = { value: 1, unit: 'YEAR' };
const EARNED_IN_A_YEAR = { type: 'POINT_EARNED', pointEarned: { period: YEAR, type: 'IMMEDIATELY', window: 'CALENDAR' } } as const;

describe('a tier by the balance', () => {
  test('is at risk on the day on which the points that carry it expire', async () => {
    const client = await program({ card: { expiration: { rolling: { period: MONTH } } } });
    await earn(client, 'ada', '120.00');
    expect(await progressOf(client)).toEqual({
      tier: { name: 'Silver' },
      since: '2026-07-20T12:00:00.000Z',
      expiresAt: null,
      graceEndsAt: null,
      revision: 1,
      measure: 120,
      windowStartsAt: null,
      windowEndsAt: null,
      deferred: null,
      opportunities: [
        { tier: { name: 'Gold' }, missingPoints: 380, validUntil: null },
        { tier: { name: 'Platinum' }, missingPoints: 880, validUntil: null },
      ],
      risk: {
        type: 'DOWNGRADE',
        at: '2026-08-21T00:00:00.000Z',
        on: '2026-08-20',
        fromTier: { name: 'Silver' },
        toTier: { name: 'Basic' },
        pointsToStay: 100,
        windowStartsAt: null,
        windowEndsAt: null,
      },
    });
    server.setNow('2026-08-20T23:59:59.999Z');
    expect((await progressOf(client)).tier).toEqual({ name: 'Silver' });
    server.setNow('2026-08-21T00:00:00Z');
    expect(await progressOf(client)).toMatchObject({ tier: { name: 'Basic' }, measure: 0, risk: null });
  });

  test('counts points that become active by themselves, which can lead up before it comes down', async () => {
    const client = await program({
      card: { expiration: { rolling: { period: MONTH } }, activation: { periodBased: { days: 10 } } },
    });
    await earn(client, 'ada', '520.00');
    expect(await progressOf(client)).toMatchObject({
      tier: { name: 'Basic' },
      measure: 0,
      risk: { type: 'DOWNGRADE', on: '2026-08-30', fromTier: { name: 'Gold' }, toTier: { name: 'Basic' }, pointsToStay: 500 },
    });
  });

  test('is left where the balance lands in a gap, which no points avert', async () => {
    const client = await program({
      card: { expiration: { noExpiration: true }, activation: { periodBased: { days: 10 } } },
      structure: { tiers: { Bronze: { minPoints: 0, maxPoints: 99 }, Gold: 200 } },
    });
    await earn(client, 'ada', '150.00');
    expect(await progressOf(client)).toMatchObject({
      tier: { name: 'Bronze' },
      opportunities: [{ tier: { name: 'Gold' }, missingPoints: 200 }],
      risk: { type: 'LEFT', on: '2026-07-29', fromTier: { name: 'Bronze' }, toTier: null, pointsToStay: null },
    });
  });

  test('is at no risk where nothing ever goes down, and none is held where none was reached', async () => {
    const client = await program({
      card: { expiration: { rolling: { period: MONTH } } },
      structure: { downgrade: { noDowngrade: true }, tiers: { Silver: 100 } },
    });
    expect(await progressOf(client)).toMatchObject({ tier: null, opportunities: [{ missingPoints: 100 }], risk: null });
    await earn(client, 'ada', '100.00');
    expect(await progressOf(client)).toMatchObject({ tier: { name: 'Silver' }, opportunities: [], risk: null });
  });
});

describe('a tier by what was earned', () => {
  test('with an expiry on certain days: what is missing must be earned in the window that will be judged', async () => {
    server.setNow('2026-03-10T12:00:00Z');
    const client = await program({
      structure: {
        ...EARNED_IN_A_YEAR,
        expiration: { calendarExpiration: { calendarDates: [{ day: 31, month: 12 }] } },
        tiers: { Basic: 0, Gold: 800 },
      },
    });
    await earn(client, 'ada', '900.00');
    const risk = {
      type: 'DOWNGRADE',
      at: '2028-01-01T00:00:00.000Z',
      on: '2027-12-31',
      fromTier: { name: 'Gold' },
      toTier: { name: 'Basic' },
      pointsToStay: 800,
      windowStartsAt: '2027-01-01T00:00:00.000Z',
      windowEndsAt: '2028-01-01T00:00:00.000Z',
    };
    // 2026 was good enough already: it is the next year that decides.
    expect(await progressOf(client)).toMatchObject({ tier: { name: 'Gold' }, windowEndsAt: '2027-01-01T00:00:00.000Z', risk });
    server.setNow('2027-06-01T00:00:00Z');
    await earn(client, 'ada', '300.00');
    expect(await progressOf(client)).toMatchObject({ tier: { name: 'Gold' }, measure: 300, risk: { ...risk, pointsToStay: 500 } });
    await earn(client, 'ada', '500.00');
    expect(await progressOf(client)).toMatchObject({ measure: 800, risk: { pointsToStay: 800, on: '2028-12-31', windowStartsAt: '2028-01-01T00:00:00.000Z' } });
  });

  test('that is always judged falls when its window rolls, which no points avert', async () => {
    const client = await program({ structure: { ...EARNED_IN_A_YEAR, tiers: { Basic: 0, Gold: 800 } } });
    await earn(client, 'ada', '900.00');
    expect((await progressOf(client)).risk).toMatchObject({ on: '2026-12-31', pointsToStay: null, windowStartsAt: '2027-01-01T00:00:00.000Z' });
  });

  test('of the period that has not ended is deferred, from the start of the next one', async () => {
    server.setNow('2026-03-10T12:00:00Z');
    const client = await program({
      structure: {
        type: 'POINT_EARNED',
        pointEarned: { period: MONTH, type: 'NEXT_TRACKING_PERIOD', window: 'CALENDAR' },
        tiers: { Basic: 0, Silver: 100, Gold: 500 },
      },
    });
    await earn(client, 'ada', '130.00');
    expect(await progressOf(client)).toMatchObject({
      tier: { name: 'Basic' },
      measure: 130,
      deferred: { tier: { name: 'Silver' }, effectiveAt: '2026-04-01T00:00:00.000Z' },
      opportunities: [{ tier: { name: 'Gold' }, missingPoints: 370, validUntil: '2026-04-01T00:00:00.000Z' }],
      risk: { fromTier: { name: 'Silver' }, toTier: { name: 'Basic' }, at: '2026-05-01T00:00:00.000Z', pointsToStay: 100 },
    });
    server.setNow('2026-04-01T00:00:00Z');
    expect(await progressOf(client)).toMatchObject({ tier: { name: 'Silver' }, measure: 0, deferred: null });
  });

  test('in a trailing window has no bounds to name', async () => {
    const client = await program({
      structure: {
        type: 'POINT_EARNED',
        pointEarned: { period: { value: 12, unit: 'MONTH' }, type: 'IMMEDIATELY', window: 'TRAILING' },
        tiers: { Basic: 0, Silver: 100, Gold: 500 },
      },
    });
    await earn(client, 'ada', '120.00');
    expect(await progressOf(client)).toMatchObject({
      tier: { name: 'Silver' },
      measure: 120,
      windowStartsAt: null,
      windowEndsAt: null,
      opportunities: [{ tier: { name: 'Gold' }, missingPoints: 380, validUntil: null }],
      risk: { at: '2027-07-20T00:00:00.000Z', on: '2027-07-19', pointsToStay: 100, windowStartsAt: null, windowEndsAt: null },
    });
  });

  test('keeps to the workspace\'s days', async () => {
    const client = await server.workspace({ timeZone: 'America/Los_Angeles' });
    await buildProgram(client, { structure: { ...EARNED_IN_A_YEAR, tiers: { Basic: 0, Gold: 800 } } });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '900.00');
    expect((await progressOf(client)).risk).toMatchObject({ at: '2027-01-01T08:00:00.000Z', on: '2026-12-31' });
  });
});

describe('a grace', () => {
  test('is shown while it runs, and the risk is its end', async () => {
    const client = await program({
      card: { expiration: { rolling: { period: { value: 5, unit: 'DAY' } } } },
      structure: { downgrade: { multiLevel: { gracePeriod: { ...MONTH, roundUp: false } } } },
    });
    await earn(client, 'ada', '120.00');
    const risk = { on: '2026-08-26', fromTier: { name: 'Silver' }, toTier: { name: 'Basic' }, pointsToStay: 100 };
    // The points are gone on 26 July; the grace that begins then lasts through 26 August.
    expect(await progressOf(client)).toMatchObject({ graceEndsAt: null, risk });
    server.setNow('2026-07-26T00:00:00Z');
    expect(await progressOf(client)).toMatchObject({ tier: { name: 'Silver' }, measure: 0, graceEndsAt: '2026-08-27T00:00:00.000Z', risk });
    await earn(client, 'ada', '100.00');
    expect(await progressOf(client)).toMatchObject({ tier: { name: 'Silver' }, graceEndsAt: null, risk: { on: '2026-09-01' } });
  });
});

describe('progress in the answer of a purchase', () => {
  test('is as of the purchase, also of one that is not recorded', async () => {
    const client = await program({ card: { expiration: { rolling: { period: MONTH } } } });
    const input = { customer: { externalId: 'ada' }, amount: '120.00', currency: 'USD', dryRun: true };
    const selection = 'customer { tiers { tier { name } opportunities { missingPoints } risk { on pointsToStay } } }';
    const expected = [{ tier: { name: 'Silver' }, opportunities: [{ missingPoints: 380 }, { missingPoints: 880 }], risk: { on: '2026-08-20', pointsToStay: 100 } }];
    expect((await client.mutate('earn', input, selection)).customer.tiers).toEqual(expected);
    expect(await progressOf(client)).toMatchObject({ tier: { name: 'Basic' }, risk: null });
    expect((await client.mutate('earn', { ...input, dryRun: false }, selection)).customer.tiers).toEqual(expected);
  });

  test('names the revision that judges', async () => {
    const client = await server.workspace();
    const { tierStructureId } = await buildProgram(client);
    await buildCustomer(client, 'ada');
    const { tierStructure: draft } = await client.succeed('tierStructureRevise', { id: tierStructureId }, 'tierStructure { id }');
    await client.succeed('tierStructurePublish', { id: draft.id, rollout: 'NEXT_JUDGEMENT' }, 'tierStructure { revision { number } }');
    expect(await progressOf(client)).toMatchObject({ revision: 2 });
  });
});
